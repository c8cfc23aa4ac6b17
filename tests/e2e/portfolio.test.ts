/** A portfolio as it is opened from a disk: what a keyboard, weak eyes and a slow network need of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newVisitor, openPage, shareBrowser } from '../support/page.ts'
import { filesIn, plainPictures, portfolioOptions, portfolioWork, worksOf, writeAll } from '../support/portfolio.ts'

shareBrowser()

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burg-ink-portfolio-'))
  const said = {
    statement: 'Painted\nat dusk.\n\nTwice.',
    provenance: 'Private collection',
    series: 'Barns',
    seriesId: 1,
  }
  const works = [
    portfolioWork({
      ...said,
      pictures: [
        [10, 'main'],
        [20, 'detail'],
        [30, 'installation'],
      ],
    }),
    portfolioWork({ id: 2, inventoryNumber: '2', title: '<b>Meadow</b> & "river"', pictures: [[40, 'main']] }),
    portfolioWork({ id: 3, inventoryNumber: '3', title: 'Unseen', pictures: [] }),
  ]
  const options = {
    about: 'Paints.',
    contact: 'ada@example.com',
    shows: { status: true, prices: true, provenance: true },
  }
  await writeAll(worksOf(...works), plainPictures().picture, portfolioOptions(folder, options))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const addressOf = (file: string) => pathToFileURL(join(folder, file)).href

async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    // What it would fetch, the page's policy refuses.
    (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'], preload: false }),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target} – ${node.failureSummary}`))
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, and no page is wider than its window: ${colorScheme}`, async () => {
    const visitor = await newVisitor()
    const page = await openPage(addressOf('index.html'), { visitor })
    await page.emulateMedia({ colorScheme })
    const pages = (await filesIn(folder)).filter(name => name.endsWith('.html'))
    expect(pages).toHaveLength(6)
    for (const file of pages) {
      await page.goto(addressOf(file))
      expect({ file, faults: await faultsOf(page) }).toEqual({ file, faults: [] })
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
          .toBeLessThanOrEqual(0)
      }
    }
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    expect(ground).toBe(colorScheme === 'light' ? 'rgb(253, 253, 252)' : 'rgb(22, 22, 21)')
  })
}

test('from work to work by the arrow keys, and into the page by the skip link', async () => {
  const page = await openPage(addressOf('index.html'))
  await page.keyboard.press('Tab')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Red barn, 2019', level: 1 }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: '<b>Meadow</b> & "river", 2019', level: 1 }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: 'Unseen, 2019', level: 1 }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('link', { name: 'Next: Unseen' }).waitFor()
})

test('pictures are shown in their proportion, in a size that fits, and nothing moves as they come', async () => {
  const page = await openPage(addressOf('works/2019-001.html'))
  const boxes = (of: Page) =>
    of.evaluate(() => [...document.images].map(image => JSON.stringify(image.getBoundingClientRect().toJSON())))
  const visitor = await newVisitor()
  const without = await openPage('about:blank', { visitor, expected: /ERR_FAILED|asked/ })
  await without.route(/\.jpg$/, route => route.abort())
  await without.goto(addressOf('works/2019-001.html'))
  const before = await boxes(without)
  await page.evaluate(() => {
    for (const image of document.images) image.loading = 'eager'
    return Promise.all([...document.images].map(image => image.decode()))
  })
  await expect.poll(() => boxes(page)).toEqual(before)
  const shown = await page.evaluate(() =>
    [...document.images].map(({ clientWidth, clientHeight, naturalWidth, naturalHeight, currentSrc }) => ({
      isWhole: Math.abs(clientWidth / clientHeight - 4 / 3) < 0.02 && naturalWidth > naturalHeight,
      isSharp: Number(/-(\d+)x\d+\.jpg$/.exec(currentSrc)?.[1]) >= clientWidth,
    })),
  )
  expect(shown).toEqual(shown.map(() => ({ isWhole: true, isSharp: true })))
  expect(shown).toHaveLength(3)
})
