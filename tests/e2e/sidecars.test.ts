import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, shareBrowser } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

let workspace: string
let studio: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  studio = join(workspace, 'Studio')
  await mkdir(studio)
  await plain(300, 200, [220, 20, 30]).png().toFile(join(studio, 'bridge.png'))
  await plain(300, 200, [30, 160, 50]).png().toFile(join(studio, 'meadow.png'))
  program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

test('sidecars are looked at, taken over and undone, by keyboard', async () => {
  const page = await openPage(program.address)
  const bridge = page.getByRole('option', { name: /^bridge\.png/ })
  await bridge.click()
  await page.keyboard.press('2')
  await copyFile(join(import.meta.dirname, '../support/sidecars/digikam.xmp'), join(studio, 'bridge.xmp'))
  await writeFile(join(studio, 'meadow.xmp'), '<x>')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('sidecars')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Read sidecars', level: 1 }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('1 sidecar read, 1 cannot be read, something new for 1 picture.').waitFor()
  await page.getByRole('list', { name: 'Not read' }).getByText('meadow.xmp').waitFor()
  const examples = page.getByRole('region', { name: 'What the sidecars say' })
  await examples.getByRole('row', { name: 'bridge.png Stars ★★ ★★★★' }).waitFor()
  await expect.poll(() => page.getByRole('radio', { name: /^Keep mine/ }).isChecked()).toBe(true)
  await page.getByRole('radio', { name: /^Take the file's/ }).check()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('region', { name: 'Sidecars' }).getByText('Changed 1 picture.').waitFor()

  await page.keyboard.press('Escape')
  await bridge.click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('button', { name: 'Title: Bridge in the morning. Edit' }).waitFor()
  await page.keyboard.press('Control+z')
  await inspector.getByRole('button', { name: 'Add Title' }).waitFor()
  await page.getByText('Undone: Read the sidecars of 1 picture.').waitFor()
})
