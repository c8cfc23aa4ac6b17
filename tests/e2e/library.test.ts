import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { namesShown, newVisitor, openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

let workspace: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  const studio = join(workspace, 'Studio')
  await mkdir(join(studio, 'Sea'), { recursive: true })
  await plain(300, 200, [220, 20, 30]).png().toFile(join(studio, 'red barn.png'))
  await plain(200, 300, [30, 160, 50]).webp({ lossless: true }).toFile(join(studio, 'green hill.webp'))
  await sharp(await plain(400, 400, [20, 60, 220]).png().toBuffer())
    .withExif({ IFD0: { Artist: 'Ada Painter', ImageDescription: 'A boat at rest' } })
    .jpeg({ quality: 95 })
    .toFile(join(studio, 'Sea', 'blue boat.jpg'))
  await copyFile(join(studio, 'Sea', 'blue boat.jpg'), join(studio, 'Sea', 'same boat.jpg'))
  await writeFile(join(studio, 'torn.jpg'), 'this is no picture')
  program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

async function openLibrary(hash = '') {
  const page = await openPage(program.address)
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
  if (hash) await page.goto(`${program.origin}/${hash}`)
  return page
}

test('the pictures of the folder appear, and the torn one with its reason', async () => {
  const page = await openLibrary()
  await expect.poll(() => shownPictures(page)).toBe(3)
  const torn = page.getByRole('option', { name: /^torn\.jpg, .* failed$/ })
  await torn.getByText('The file').waitFor()
  await page.getByRole('button', { name: '1 failed' }).waitFor()
  await page.getByRole('button', { name: /^Studio/ }).waitFor()
})

test('the address bar does not keep the token', async () => {
  const page = await openLibrary()
  expect(page.url()).not.toContain('token')
})

test('a word finds the pictures that have it, and clearing brings all back', async () => {
  const page = await openLibrary()
  await page.getByRole('combobox', { name: 'Find pictures' }).fill('boat')
  await expect.poll(() => namesShown(page)).toEqual(['blue boat.jpg'])
  await page.getByText('1 picture', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Clear', exact: true }).first().click()
  await expect.poll(async () => (await namesShown(page)).length).toBe(4)
})

test('words of the caption in a file are found too', async () => {
  const page = await openLibrary()
  await page.getByRole('combobox', { name: 'Find pictures' }).fill('rest')
  await expect.poll(() => namesShown(page)).toEqual(['blue boat.jpg'])
})

test('a word that nothing has says so', async () => {
  const page = await openLibrary()
  await page.getByRole('combobox', { name: 'Find pictures' }).fill('zeppelin')
  await page.getByRole('heading', { name: 'No picture matches' }).waitFor()
})

test('a colour filters, is named in a chip, and the chip takes it away', async () => {
  const page = await openLibrary()
  await page.getByRole('button', { name: 'Filter' }).click()
  await page
    .locator('section', { hasText: /^Colour/ })
    .getByRole('button', { name: 'green' })
    .click()
  await expect.poll(() => namesShown(page)).toEqual(['green hill.webp'])
  await page.keyboard.press('Escape')
  await page.getByTitle('Remove the filter green').click()
  await expect.poll(async () => (await namesShown(page)).length).toBe(4)
})

test('the inspector tells every fact of the picture chosen', async () => {
  const page = await openLibrary()
  await page.getByRole('option', { name: 'blue boat.jpg' }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('heading', { name: 'blue boat.jpg' }).waitFor()
  for (const fact of [
    '400 × 400 px',
    'Square',
    'JPEG',
    'Ada Painter',
    'A boat at rest',
    'Sea/same boat.jpg',
    'SHA-256',
  ]) {
    await inspector.getByText(fact).first().waitFor()
  }
  // Its picture is as large as the pane, and opens.
  const preview = inspector.getByRole('button', { name: 'See blue boat.jpg large' })
  const drawn = () => preview.locator('img').evaluate((image: HTMLImageElement) => image.complete && image.clientWidth)
  await expect.poll(drawn).toBeGreaterThan(150)
  await preview.click()
  await page.getByRole('dialog', { name: 'blue boat.jpg' }).waitFor()
  await page.keyboard.press('Escape')
  await inspector.getByRole('button', { name: 'Show all pictures with blue' }).first().click()
  await expect.poll(() => namesShown(page)).toEqual(['blue boat.jpg'])
})

test('sorting by name orders the pictures', async () => {
  const page = await openLibrary()
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('Name')
  await expect
    .poll(() => namesShown(page))
    .toEqual(['blue boat.jpg', 'green hill.webp', 'red barn.png', expect.stringMatching(/^torn\.jpg, .* failed$/)])
})

test('a reload shows what was shown, and the page behind it is one step back', async () => {
  const page = await openLibrary()
  await page.getByRole('combobox', { name: 'Find pictures' }).fill('barn')
  await expect.poll(() => namesShown(page)).toEqual(['red barn.png'])
  await page.reload()
  await expect.poll(() => namesShown(page)).toEqual(['red barn.png'])
  await expect.poll(() => page.getByRole('combobox', { name: 'Find pictures' }).inputValue()).toBe('barn')
  await page.goBack()
  await expect.poll(async () => (await namesShown(page)).length).toBe(4)
})

test('the keys alone find, move, open, close and go back', async () => {
  const page = await openLibrary()
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('Name')
  await expect.poll(() => namesShown(page).then(([first]) => first)).toBe('blue boat.jpg')
  await page.getByRole('listbox', { name: 'Pictures' }).focus()
  const chosen = page.getByRole('listbox', { name: 'Pictures' }).getByRole('option', { selected: true })
  await page.keyboard.press('Home')
  await expect.poll(() => chosen.getAttribute('aria-label')).toBe('blue boat.jpg')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => chosen.getAttribute('aria-label')).toBe('green hill.webp')

  await page.keyboard.press('Space')
  await page.getByRole('dialog', { name: 'green hill.webp' }).waitFor()
  await page.keyboard.press('ArrowRight')
  const open = page.getByRole('dialog', { name: 'red barn.png' })
  await open.waitFor()
  await expect
    .poll(() => open.locator('img').evaluateAll(all => all.map(image => (image as HTMLImageElement).naturalWidth)))
    .toContain(300)
  await page.keyboard.press('Escape')
  await open.waitFor({ state: 'detached' })
  await expect.poll(() => chosen.getAttribute('aria-label')).toBe('red barn.png')

  await page.keyboard.press('/')
  await page.keyboard.type('hill')
  await expect.poll(() => namesShown(page)).toEqual(['green hill.webp'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+Backspace')
  await expect.poll(async () => (await namesShown(page)).length).toBe(4)

  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Select all').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+A')
  await page.getByRole('heading', { name: 'Activity' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
})

test('a place that is asked for while a picture still closes is where the page ends', async () => {
  const page = await openLibrary()
  await page.getByRole('option', { name: 'red barn.png' }).dblclick()
  const open = page.getByRole('dialog', { name: 'red barn.png' })
  await open.waitFor()
  // Within one task: a browser takes a step back only after it.
  await page.evaluate(() => {
    const press = (key: string, modifiers = {}) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }))
    press('Escape')
    press('Escape')
    press('A', { shiftKey: true })
  })
  await page.getByRole('heading', { name: 'Activity' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
  expect(await open.count()).toBe(0)
})

test('a picture opened by its address alone is shown', async () => {
  const page = await openLibrary()
  await page.getByRole('option', { name: 'red barn.png' }).dblclick()
  await page.getByRole('dialog', { name: 'red barn.png' }).waitFor()
  await page.reload()
  await page.getByRole('dialog', { name: 'red barn.png' }).waitFor()
})

test('without the token there is a quiet screen that says what to do, and no picture', async () => {
  const page = await openPage(program.origin, { expected: /401/ })
  await page.getByRole('heading', { name: 'This page belongs to a running Burg Ink' }).waitFor()
  expect(await page.getByRole('option').count()).toBe(0)
})

test('a wrong token opens nothing', async () => {
  const page = await openPage(`${program.origin}/#token=guessed`, { expected: /401/ })
  await page.getByRole('heading', { name: 'This page belongs to a running Burg Ink' }).waitFor()
})

test('a browser let in once is let in again without the token', async () => {
  const visitor = await newVisitor()
  const first = await openPage(program.address, { visitor })
  await expect.poll(() => shownPictures(first)).toBe(3)
  const second = await openPage(program.origin, { visitor })
  await expect.poll(() => shownPictures(second)).toBe(3)
})

test('a page whose program cannot say what it is shows the pictures all the same', async () => {
  const visitor = await newVisitor()
  const refusal = { ok: false, error: { code: 'internal', message: 'Nobody knows.' } }
  let asked = 0
  await visitor.route('**/api/call/host.get', route => {
    asked += 1
    return route.fulfill({ json: refusal })
  })
  const page = await openPage(program.address, { visitor })
  await expect.poll(() => shownPictures(page)).toBe(3)
  // Asked by who needs it, and not again and again.
  expect(asked).toBeLessThan(10)
})
