import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdCalls, openPage, shareBrowser } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

let workspace: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  const studio = join(workspace, 'Studio')
  await mkdir(studio)
  await plain(300, 200, [220, 20, 30]).png().toFile(join(studio, 'barn.png'))
  program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

async function openImportTable() {
  const page = await openPage(program.address)
  await page.getByRole('option', { name: 'barn.png', exact: true }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('import a table')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Import a table', level: 1 }).waitFor()
  return page
}

/** In the page: presses Escape the moment that the screen is there, before the browser draws it. */
function leaveAtOnce(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector('h1')?.textContent !== 'Import a table') return
    observer.disconnect()
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  })
  observer.observe(document.body, { childList: true, subtree: true })
}

test('keys of a screen that is loaded when it is asked for work from its first moment on', async () => {
  const page = await openPage(program.address)
  await page.getByRole('option', { name: 'barn.png', exact: true }).waitFor()
  await page.evaluate(leaveAtOnce)
  await page.evaluate(() => {
    location.hash = '#/import-table'
  })
  await page.getByRole('heading', { name: 'Import a table', level: 1 }).waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
})

test('while another table is on its way, nothing is done with the one that is shown', async () => {
  const page = await openImportTable()
  const chooser = page.getByLabel('File with the table')
  const fileOf = (rows: string) => ({
    name: 'works.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Title,Year\n${rows}\n`),
  })
  await chooser.setInputFiles(fileOf('Low tide,2024'))
  await page.getByText(/^works\.csv, /).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Import 1 work' }).waitFor()

  const letGo = await holdCalls(page, 'table.state')
  const read = page.waitForResponse('**/api/call/table.read')
  await chooser.setInputFiles(fileOf('Low tide,2024\nPier,2024'))
  await (await read).finished()
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve))))
  expect(await page.getByText(/^Reading /).count()).toBe(1)
  await page.keyboard.press('Control+Enter')
  letGo()
  await page.getByText(/^works\.csv, /).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Import 2 works' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('what is begun is begun once, however soon its key is pressed again', async () => {
  const page = await openImportTable()
  const buffer = Buffer.from('Title,Year\nGulls,2024\n')
  await page.getByLabel('File with the table').setInputFiles({ name: 'gulls.csv', mimeType: 'text/csv', buffer })
  await page.getByText(/^gulls\.csv, /).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Import 1 work' }).waitFor()

  const letGo = await holdCalls(page, 'table.state')
  const begun = page.waitForResponse('**/api/call/table.import')
  await page.keyboard.press('Control+Enter')
  await (await begun).finished()
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve))))
  await page.keyboard.press('Control+Enter')
  letGo()
  await page.getByText('Imported 1 work.').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.keyboard.press('Control+z')
  await page.getByText('Undone: Import 1 work from “gulls.csv”.').waitFor()
})

const rows = Array.from({ length: 3000 }, (_, i) => `W${i},Work ${i},${i === 1 ? 'soon' : 2020},barn.png`)

test('an inventory is mapped, previewed, imported and taken back, by keyboard', async () => {
  const file = join(workspace, 'inventory.csv')
  await writeFile(file, ['Number,What,Year,Image', ...rows].join('\n'))
  const page = await openImportTable()
  await page.getByLabel('File with the table').setInputFiles(file)
  await page.getByText(/^inventory\.csv, /).waitFor()
  await expect.poll(() => page.getByRole('combobox', { name: 'Number is' }).inputValue()).toBe('inventoryNumber')
  await page.getByRole('combobox', { name: 'What is' }).selectOption('Title')
  await page.keyboard.press('Control+Enter')

  const list = page.getByRole('region', { name: 'Rows of the table' })
  await list.getByText('W0 · Work 0').waitFor()
  await page.getByText('Nothing is written yet. 1 row will be left out, and says why.').waitFor()
  expect(await list.getByRole('listitem').count()).toBeLessThan(60)
  await list.focus()
  await page.keyboard.press('End')
  await list.getByText('W2999 · Work 2999').waitFor()
  await page.getByRole('button', { name: 'Refused 1' }).click()
  await list.getByText('Year: “soon” is no year. Write it such as 2019, c. 2019, or 2019–21.').waitFor()

  await page.getByRole('button', { name: 'Import 2,999 works' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Imported 2,999 works.').waitFor()
  await page.reload()
  await page.getByText('Imported 2,999 works.').waitFor()
  await page.keyboard.press('Control+z')
  await page.getByText('Undone: Import 2,999 works from “inventory.csv”.').waitFor()
  await page.getByRole('button', { name: 'Show the artworks' }).click()
  await page.getByRole('heading', { name: 'No artworks yet' }).waitFor()
})
