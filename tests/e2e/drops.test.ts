import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newVisitor, openPage, shareBrowser } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, removeWorkspace, startForTest } from '../support/program.ts'
import { createDrag, openEmptyLibrary, openWindow } from '../support/window.ts'

shareBrowser()

let workspace: string
const at = (...parts: string[]) => join(workspace, ...parts)
/** Where a window would say that these are. */
let paths: Record<string, string>
beforeAll(async () => {
  workspace = await makeWorkspace()
  await mkdir(at('Paris'))
  await mkdir(at('Rome'))
  await plain(120, 80, [230, 200, 30]).png().toFile(at('Paris', 'yellow.png'))
  await plain(80, 120, [120, 30, 160]).png().toFile(at('Rome', 'purple.png'))
  await plain(90, 90, [20, 160, 60]).png().toFile(at('green.png'))
  await writeFile(at('notes.txt'), 'No picture at all.')
  paths = Object.fromEntries(['Paris', 'Rome', 'green.png', 'notes.txt'].map(name => [name, at(name)]))
})
afterAll(() => removeWorkspace(workspace))

/** Files and other things that a page is told of, made in it: whether the page kept the drop from the browser. */
function dropMade(page: Page, selector: string, made: { files?: number; text?: string }): Promise<boolean> {
  return page.locator(selector).evaluate((target, { files = 0, text }) => {
    const dataTransfer = new DataTransfer()
    for (let i = 0; i < files; i++) dataTransfer.items.add(new File(['x'], `${i}.png`, { type: 'image/png' }))
    if (text !== undefined) dataTransfer.setData('text/uri-list', text)
    const fire = (type: string) =>
      target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    fire('dragenter')
    const isKept = !fire('dragover')
    return !fire('drop') && isKept
  }, made)
}

const overlay = (page: Page) => page.locator('.drop-overlay')

test('in a browser a drop is explained and leads to the import screen; the page stays', async () => {
  const program = await startForTest(['serve', '--library', at('browser')])
  const page = await openPage(program.address)
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
  const drag = await createDrag(page, [at('green.png')])
  await drag.enter()
  await overlay(page).getByRole('heading', { name: 'A browser does not say where files are' }).waitFor()
  await drag.drop()

  await page.getByRole('heading', { name: 'Import a folder' }).waitFor()
  await page.getByText('A browser does not say where dropped files are.').waitFor()
  expect(await overlay(page).count()).toBe(0)
  expect(page.url()).toBe(`${program.origin}/#/import`)
})

test('links and text are no files: the page keeps them off and stays, but text goes where text is typed', async () => {
  const program = await startForTest(['serve', '--library', at('links')])
  const page = await openPage(program.address)
  const path = page.getByRole('textbox', { name: 'Path of the folder' })
  await path.waitFor()
  expect(await dropMade(page, 'h1', { text: 'https://example.com' })).toBe(true)
  expect(await dropMade(page, '.text-field', { text: 'https://example.com' })).toBe(false)
  expect(await dropMade(page, '.text-field', { files: 1 })).toBe(true)
  expect(await overlay(page).count()).toBe(0)
})

test('what is dragged over a window is counted; leaving, a key or the pointer ends it, and nothing begins', async () => {
  const { page, call } = await openEmptyLibrary({ paths })
  const drag = await createDrag(page, [at('green.png'), at('Paris'), at('notes.txt')])
  await drag.enter()
  await overlay(page).getByRole('heading', { name: 'Drop to import 3 items' }).waitFor()
  await overlay(page).getByText('1 picture and 2 folders or other files.').waitFor()
  for (const end of [drag.leave, () => page.keyboard.press('Escape'), () => page.mouse.move(300, 300)]) {
    await drag.enter()
    await overlay(page).waitFor()
    await end()
    await overlay(page).waitFor({ state: 'detached' })
  }
  expect(await call('sync.list', { limit: 10 })).toEqual([])
})

test('dropped folders and pictures are imported where they are, also while the keys are shown', async () => {
  const { page, call } = await openEmptyLibrary({ paths })
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  const drag = await createDrag(page, [at('Paris'), at('Rome'), at('green.png')])
  await drag.enter()
  await overlay(page).getByRole('heading', { name: 'Drop to import 3 items' }).waitFor()
  await drag.drop()
  await page.getByText('Importing 2 folders and 1 file.').waitFor()
  await expect.poll(async () => (await call('library.overview', {})).counts.shown).toBe(3)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '3 pictures' }).waitFor()
})

test('what is refused is listed with its reason until it is closed', async () => {
  const { page } = await openWindow({ paths })
  const drag = await createDrag(page, [at('Paris'), at('notes.txt')])
  await drag.enter()
  await drag.drop()
  const report = page.getByRole('alert', { name: 'What was not imported' })
  await report.getByRole('heading', { name: 'Importing Paris. 1 item not taken.' }).waitFor()
  const refused = report.getByRole('listitem').filter({ hasText: 'notes.txt' })
  expect(((await refused.textContent()) ?? '').replace('notes.txt', '').trim()).not.toBe('')

  await report.getByRole('button', { name: 'Show activity' }).click()
  await page.getByRole('region', { name: 'Import of Paris' }).waitFor()
  expect(await report.count()).toBe(0)
  expect(page.url()).toMatch(/#\/activity\/\d+$/)
})

test('a list of what was refused is closed by Escape, before anything else is', async () => {
  const { page } = await openWindow({ paths, route: '#/settings' })
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  const drag = await createDrag(page, [at('notes.txt')])
  await drag.enter()
  await drag.drop()
  const report = page.getByRole('alert', { name: 'What was not imported' })
  await report.getByText(/^Nothing was imported\. notes\.txt: /).waitFor()
  await page.keyboard.press('Escape')
  await report.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
})

test('more than a thousand at once, and what is on no disk, are not taken, with what to do instead', async () => {
  const { page, call } = await openWindow({ paths })
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
  expect(await dropMade(page, 'h1', { files: 1001 })).toBe(true)
  await page.getByText(/^1,001 items at once are more than Burg Ink takes/).waitFor()
  await dropMade(page, 'h1', { files: 2 })
  await page.getByText('What was dropped is no file on this computer.').waitFor()
  expect(await call('sync.list', { limit: 10 })).toEqual([])
})

test('the promise of a drop does not move for those who asked for less motion', async () => {
  const visitor = await newVisitor()
  const program = await startForTest(['serve', '--library', at('still')])
  const page = await openPage(program.address, { visitor })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
  const drag = await createDrag(page, [at('green.png')])
  await drag.enter()
  await expect.poll(() => overlay(page).evaluate(each => getComputedStyle(each).animationDuration)).toBe('0s')
})
