import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, removeWorkspace, startForTest } from '../support/program.ts'

shareBrowser()

let workspace: string
let pictures: string
beforeAll(async () => {
  workspace = await makeWorkspace()
  pictures = join(workspace, 'Pictures')
  await mkdir(join(pictures, 'Inside'), { recursive: true })
  await plain(120, 80, [230, 200, 30]).png().toFile(join(pictures, 'yellow.png'))
  await plain(80, 120, [120, 30, 160])
    .png()
    .toFile(join(pictures, 'Inside', 'purple.png'))
})
afterAll(() => removeWorkspace(workspace))

let libraries = 0
const newLibrary = () => join(workspace, `library ${++libraries}`)

async function openEmpty() {
  const program = await startForTest(['open', '--library', newLibrary()])
  return openPage(program.address)
}

test('an empty library says what to do; a folder chosen there shows its pictures at once', async () => {
  const page = await openEmpty()
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
  const path = page.getByRole('textbox', { name: 'Path of the folder' })
  await expect.poll(() => path.inputValue()).not.toBe('')
  await path.fill(pictures)
  await path.press('Enter')
  await page.getByText('1 picture directly inside, 1 folder.').waitFor()
  await page.keyboard.press('Control+Enter')

  await expect
    .poll(() => page.getByRole('list', { name: 'Pictures that were imported just now' }).getByRole('img').count())
    .toBe(2)
  await page.getByRole('button', { name: 'Skip' }).click()
  await page.getByRole('button', { name: 'Show my pictures' }).click()
  await expect.poll(() => shownPictures(page)).toBe(2)
})

test('a folder that is not there is answered with a reason', async () => {
  const page = await openEmpty()
  const path = page.getByRole('textbox', { name: 'Path of the folder' })
  await expect.poll(() => path.inputValue()).not.toBe('')
  await path.fill(join(workspace, 'nowhere'))
  await page.getByRole('button', { name: 'Import this folder' }).click()
  await page.locator('.error-line').first().waitFor()
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
})

test('the steps can be skipped, and then the library says that it is empty, also after a reload', async () => {
  const page = await openEmpty()
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
  for (const _ of ['folder', 'copies', 'keys']) await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'No pictures yet' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'No pictures yet' }).waitFor()
})

test('a page that was open says when the program is gone, and is back when it is', async () => {
  const token = 'a-token-of-this-test-1234567890'
  const library = newLibrary()
  const program = await startForTest(['open', pictures, '--library', library], { BURG_INK_TOKEN: token })
  const page = await openPage(program.address, { expected: /ERR_/ })
  await expect.poll(() => shownPictures(page)).toBe(2)
  await program.stop()
  await page.getByText('Burg Ink does not answer').waitFor()

  const { port } = new URL(program.origin)
  await startForTest(['serve', '--port', port, '--library', library], { BURG_INK_TOKEN: token })
  await page.getByText('Burg Ink does not answer').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '2 pictures' }).waitFor()
})
