/** Every screen by axe, in both themes: what a screen reader, a keyboard and weak eyes need of it. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newVisitor, openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'
import { shownScreens, showScreen } from '../support/screens.ts'

shareBrowser()

let workspace: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  program = await startProgram(['open', '--samples', '--library', `${workspace}/library`])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target} – ${node.failureSummary}`))
}

async function openSamples(theme: 'dark' | 'light') {
  const visitor = await newVisitor()
  await visitor.addInitScript(name => {
    localStorage.setItem('burg-ink.theme', JSON.stringify(name))
    localStorage.setItem('burg-ink.welcomed', 'true')
  }, theme)
  const page = await openPage(program.address, { visitor })
  await expect.poll(() => shownPictures(page)).toBeGreaterThan(3)
  return page
}

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing on any screen: ${theme}`, { timeout: 180_000 }, async () => {
    const page = await openSamples(theme)
    const faults: Record<string, string[]> = {}
    for (const screen of shownScreens) {
      await showScreen(page, `${program.origin}/`, screen)
      const found = await faultsOf(page)
      if (found.length > 0) faults[screen.name] = found
    }
    expect(faults).toEqual({})
  })
}

test('axe sees what is wrong', async () => {
  const page = await openSamples('dark')
  await page.evaluate(() => document.body.append(document.createElement('button'), document.createElement('img')))
  expect((await faultsOf(page)).map(fault => fault.split(':')[0])).toEqual(
    expect.arrayContaining(['button-name', 'image-alt']),
  )
})
