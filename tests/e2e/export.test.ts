import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdCalls, openPage, shareBrowser } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

let workspace: string
let studio: string
let out: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  studio = join(workspace, 'Studio')
  out = join(workspace, 'Out')
  await mkdir(studio)
  await mkdir(out)
  await plain(300, 200, [220, 20, 30]).png().toFile(join(studio, 'barn.png'))
  await plain(300, 200, [30, 160, 50]).png().toFile(join(studio, 'meadow.png'))
  program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

test('a selection leaves as a table, and sidecars beside the originals, by keyboard', async () => {
  const page = await openPage(program.address)
  await page.getByRole('option', { name: 'meadow.png', exact: true }).click()
  await page.keyboard.press('Control+e')
  await page.getByRole('heading', { name: 'Export', level: 1 }).waitFor()
  await expect.poll(() => page.getByRole('radio', { name: 'The selection: 1 picture' }).isChecked()).toBe(true)
  const path = page.getByRole('textbox', { name: 'Path of the folder' })
  await path.fill(join(out, 'nowhere'))
  await page.keyboard.press('Control+Enter')
  await page
    .getByRole('alert')
    .filter({ hasText: /There is no folder .*nowhere/ })
    .waitFor()
  await path.fill(out)
  await page.keyboard.press('Control+Enter')
  const told = page.getByText(/^Exported 1 picture to .*\.csv\.$/)
  await told.waitFor()
  // Below a form that is longer than the window.
  const windowHeight = page.viewportSize()?.height ?? 0
  await expect
    .poll(async () => told.boundingBox().then(box => (box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0)))
    .toBeLessThan(windowHeight)
  const [name = ''] = await readdir(out)
  expect((await readFile(join(out, name), 'utf8')).split('\r\n').map(line => line.split(',')[0])).toEqual([
    '\u{feff}file',
    'meadow.png',
    '',
  ])

  await page.getByRole('radio', { name: /^The whole library/ }).check()
  await page.getByRole('radio', { name: /^Sidecars/ }).check()
  await page.getByRole('radio', { name: /^Beside the originals/ }).check()
  await writeFile(join(studio, 'barn.xmp'), '<x:xmpmeta/>')
  await page.keyboard.press('Control+Enter')
  await page.getByText('1 sidecar written, 1 not written, beside the originals.').waitFor()
  await page.getByRole('list', { name: 'Not written' }).getByText('barn.png').waitFor()
  expect((await readdir(studio)).sort()).toEqual(['barn.png', 'barn.xmp', 'meadow.png', 'meadow.xmp'])
  expect(await readFile(join(studio, 'barn.xmp'), 'utf8')).toBe('<x:xmpmeta/>')
  await page.keyboard.press('Escape')
  await page.getByRole('option', { name: 'meadow.png', exact: true }).waitFor()
})

test('from the artworks, what leaves is the list or the work that was looked at', async () => {
  const page = await openPage(program.address)
  await page.getByRole('option', { name: 'meadow.png', exact: true }).click()
  await page.keyboard.press('a')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Meadow in May')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Meadow in May' }).waitFor()
  await page.keyboard.press('Control+e')
  await expect.poll(() => page.getByRole('radio', { name: 'Meadow in May' }).isChecked()).toBe(true)
  const works = join(workspace, 'Works')
  await mkdir(works)
  await page.getByRole('textbox', { name: 'Path of the folder' }).fill(works)
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Exported 1 artwork to .*\.csv\.$/).waitFor()
  const [name = ''] = await readdir(works)
  expect(await readFile(join(works, name), 'utf8')).toContain('Meadow in May')

  const site = join(workspace, 'Site')
  await mkdir(site)
  await page.getByRole('radio', { name: /^Table/ }).press('ArrowUp')
  await page.getByRole('textbox', { name: 'Path of the folder' }).fill(site)
  await page.keyboard.press('Control+Enter')
  await page
    .getByRole('alert')
    .filter({ hasText: /needs the name of the artist/ })
    .waitFor()
  await page.getByRole('textbox', { name: 'Artist' }).fill('Ada Burg')
  await page.keyboard.press('Control+Enter')
  await page.getByText(`A portfolio of 1 artwork is in ${site}.`).waitFor()
  expect(await readFile(join(site, 'index.html'), 'utf8')).toContain('Meadow in May')
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Meadow in May' }).waitFor()
})

test('what is typed before a folder is shown, or as it comes, is not replaced by it', async () => {
  for (const isTypedBefore of [true, false]) {
    const page = await openPage(program.address)
    const letThrough = await holdCalls(page, 'folder.browse')
    await page.getByRole('option', { name: 'meadow.png', exact: true }).waitFor()
    await page.keyboard.press('Control+e')
    const path = page.getByRole('textbox', { name: 'Path of the folder' })
    await path.focus()
    if (isTypedBefore) await path.fill(out)
    letThrough()
    await page.getByText(/directly inside/).waitFor()
    if (!isTypedBefore) await page.keyboard.insertText(out)
    expect(await path.inputValue()).toBe(out)
    await path.press('Enter')
    await page.getByRole('button', { name: `Up to ${basename(workspace)}` }).click()
    await expect.poll(() => path.inputValue()).toBe(workspace)
  }
})

test('a catalogue is made by keyboard, and the artist remembered', async () => {
  const page = await openPage(program.address)
  await page.getByRole('option', { name: 'barn.png', exact: true }).click()
  await page.keyboard.press('a')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Barn in June')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Barn in June' }).waitFor()
  await page.keyboard.press('Control+e')
  await page.getByRole('radio', { name: /^Catalogue/ }).check()
  const artist = page.getByRole('textbox', { name: 'Artist' })
  await artist.fill('Élise Nguyễn')
  const title = page.getByRole('textbox', { name: 'Title' })
  await title.fill('')
  await expect.poll(() => page.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true)
  await title.fill('Barns')
  await page.getByRole('checkbox', { name: /^Prices/ }).check()
  const prints = join(workspace, 'Prints')
  await mkdir(prints)
  await page.getByRole('textbox', { name: 'Path of the folder' }).fill(prints)
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Exported 1 artwork to .*\.pdf\.$/).waitFor()
  const [name = ''] = await readdir(prints)
  expect((await readFile(join(prints, name), 'latin1')).slice(0, 5)).toBe('%PDF-')

  await page.reload()
  await page.getByRole('radio', { name: /^Artworks/ }).check()
  await page.getByRole('radio', { name: /^Wall labels/ }).check()
  await expect.poll(() => artist.inputValue()).toBe('Élise Nguyễn')
})
