import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { namesShown, openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

let workspace: string
let program: Program
const sizes = [
  [600, 300],
  [300, 600],
  [400, 400],
  [900, 300],
] as const

beforeAll(async () => {
  workspace = await makeWorkspace()
  for (const [place, folder] of ['Hills', 'Sea'].entries()) {
    await mkdir(join(workspace, 'Studio', folder), { recursive: true })
    for (let i = 0; i < 12; i++) {
      const [width, height] = sizes[i % sizes.length] as (typeof sizes)[number]
      const name = `${folder.toLowerCase()} ${String(i + 1).padStart(2, '0')}.png`
      await plain(width, height, [40 + i * 15, 60 + place * 120, 90])
        .png()
        .toFile(join(workspace, 'Studio', folder, name))
    }
  }
  program = await startProgram(['open', join(workspace, 'Studio'), '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

async function openByName(query = ''): Promise<Page> {
  const page = await openPage(program.address)
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
  await page.goto(`${program.origin}/#/library?sort=name${query}`)
  const first = page.getByRole('listbox', { name: 'Pictures' }).locator('[aria-posinset="1"][aria-setsize="24"]')
  await expect.poll(() => first.getAttribute('aria-label')).toBe('hills 01.png')
  await page.getByRole('listbox', { name: 'Pictures' }).focus()
  return page
}

interface Place {
  name: string
  x: number
  y: number
  width: number
  height: number
}

const places = (page: Page): Promise<Place[]> =>
  page
    .getByRole('listbox', { name: 'Pictures' })
    .getByRole('option')
    .evaluateAll(cells =>
      cells
        .map(cell => {
          const { x, y, width, height } = cell.getBoundingClientRect()
          return { name: cell.ariaLabel ?? '', x, y, width, height }
        })
        .sort((a, b) => a.y - b.y || a.x - b.x),
    )

/** The first of them is twice as wide as high, and no longer a cell of equal sides. */
function untilJustified(page: Page): Promise<void> {
  return expect
    .poll(async () => {
      const [first] = await places(page)
      return first ? Math.round((first.width / first.height) * 10) : 0
    })
    .toBe(20)
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const id = document.querySelector('.grid-scroller')?.getAttribute('aria-activedescendant') ?? ''
    return document.getElementById(id)?.ariaLabel ?? ''
  })

test('justified rows keep the proportions of pictures, fill the width, and nothing moves when pictures arrive', async () => {
  const page = await openByName()
  await page.keyboard.press('j')
  const justified = page.getByRole('button', { name: 'Justified rows' })
  await expect.poll(() => justified.getAttribute('aria-pressed')).toBe('true')
  await untilJustified(page)
  const before = await places(page)
  for (const { name, width, height } of before) {
    const [w, h] = sizes[(Number(/\d+/.exec(name)?.[0]) - 1) % sizes.length] as (typeof sizes)[number]
    expect(Math.abs(width / height / (w / h) - 1), name).toBeLessThan(0.03)
  }
  const firstRow = before.filter(({ y }) => y === before[0]?.y)
  expect(new Set(firstRow.map(({ height }) => height)).size).toBe(1)
  const { x: left, width: inside } = await page
    .locator('.grid-canvas')
    .evaluate(canvas => canvas.getBoundingClientRect())
  const last = firstRow.at(-1) as Place
  expect(Math.abs(last.x + last.width - (left + inside - 12))).toBeLessThanOrEqual(2)

  // Kept for the next time, and from the first frame on where it will be.
  await page.reload()
  await expect
    .poll(() => page.getByRole('listbox', { name: 'Pictures' }).getByRole('option').count())
    .toBeGreaterThan(5)
  const early = await places(page)
  await expect.poll(() => shownPictures(page)).toBeGreaterThan(5)
  await expect.poll(() => places(page)).toEqual(early)
})

test('keys cross justified rows to what is nearest, and the focused picture stays when the layout changes', async () => {
  const page = await openByName()
  await page.keyboard.press('Home')
  await page.keyboard.press('j')
  await untilJustified(page)
  await page.keyboard.press('ArrowRight')
  const all = await places(page)
  const second = all[1] as Place
  const middle = ({ x, width }: Place): number => x + width / 2
  const below = all.filter(({ y }) => y === all.find(other => other.y > second.y)?.y)
  const nearest = below.toSorted(
    (a, b) => Math.abs(middle(a) - middle(second)) - Math.abs(middle(b) - middle(second)),
  )[0]
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => focused(page)).toBe(nearest?.name)
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => focused(page)).toBe(second.name)

  await page.keyboard.press('End')
  const isInView = async () => {
    const place = (await places(page)).find(({ name }) => name === 'sea 12.png')
    const view = await page.locator('.grid-scroller').boundingBox()
    return place && view ? place.y >= view.y && place.y + place.height <= view.y + view.height : false
  }
  await expect.poll(isInView).toBe(true)
  for (const key of ['j', '+', '+', '+', 'j', '-']) {
    await page.keyboard.press(key)
    await expect.poll(isInView, { message: key }).toBe(true)
    await expect.poll(() => focused(page)).toBe('sea 12.png')
  }
})

test('groups are chosen, walked through and selected by keys, and said', async () => {
  const page = await openByName()
  await page.getByRole('combobox', { name: 'Group' }).selectOption('By folder')
  const heading = page.getByRole('heading', { level: 2, name: /^Studio \/ / })
  await expect.poll(() => heading.textContent()).toBe('Studio / Hills')
  expect(page.url()).toContain('group=folder')
  await page.getByRole('listbox', { name: 'Pictures' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => focused(page)).toBe('sea 01.png')
  await page.getByRole('status').getByText('Studio / Sea, 12 pictures').waitFor({ state: 'attached' })
  await page.keyboard.press('Shift+G')
  await page.getByText('12 of 24 selected').waitFor()
  await page.keyboard.press('Shift+G')
  await page.getByText('24 pictures', { exact: true }).first().waitFor()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => focused(page)).toBe('hills 01.png')
  // The bar's button does the same, and says what it would do next.
  await page.getByRole('button', { name: 'Select all', exact: true }).press('Enter')
  await page.getByText('12 of 24 selected').waitFor()
  await page.getByRole('button', { name: 'Deselect', exact: true }).waitFor()
  // Among the pictures the same for the pointer.
  await page.locator('.grid-heading', { hasText: 'Sea' }).getByText('Select all').click()
  await page.getByText('24 of 24 selected').waitFor()
  await page.getByRole('combobox', { name: 'Find pictures' }).fill('sea ')
  await expect.poll(async () => (await namesShown(page)).length).toBe(12)
  await expect.poll(() => heading.textContent()).toBe('Studio / Sea')
})

test('a view keeps groups and layout', async () => {
  const page = await openByName('&group=year')
  await page.keyboard.press('j')
  const place = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name })
  await page.keyboard.press('Shift+v')
  await page.getByRole('textbox', { name: 'Name of this view' }).fill('Rows by year')
  await page.keyboard.press('Enter')
  await expect.poll(() => place(/^Rows by year$/).getAttribute('aria-current')).toBe('page')
  await page.getByRole('combobox', { name: 'Group' }).selectOption('No groups')
  await page.getByRole('button', { name: 'Justified rows' }).click()
  await expect.poll(() => place(/^Rows by year$/).getAttribute('aria-current')).toBeNull()
  await place(/^Rows by year$/).click()
  await expect.poll(() => page.getByRole('combobox', { name: 'Group' }).inputValue()).toBe('year')
  await expect
    .poll(() => page.getByRole('button', { name: 'Justified rows' }).getAttribute('aria-pressed'))
    .toBe('true')
})
