import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { namesShown, openPage, shareBrowser } from '../support/page.ts'
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
  await plain(400, 400, [20, 60, 220])
    .jpeg({ quality: 95 })
    .toFile(join(studio, 'Sea', 'blue boat.jpg'))
  program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

async function openLibrary(): Promise<Page> {
  const page = await openPage(program.address)
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
  await expect.poll(async () => (await namesShown(page)).length).toBe(3)
  return page
}

const box = (page: Page) => page.getByRole('combobox', { name: 'Find pictures' })
const offered = (page: Page) =>
  page.getByRole('listbox', { name: 'What can be looked for' }).getByRole('option').allTextContents()
const everything = ['blue boat.jpg', 'green hill.webp', 'red barn.png']
const sorted = async (page: Page) => (await namesShown(page)).toSorted()

test('a key and its value are completed by keyboard alone, and lead to the pictures', async () => {
  const page = await openLibrary()
  await page.keyboard.press('/')
  await page.keyboard.type('co')
  await expect.poll(() => offered(page)).toContain('color:A colour, or one near a swatch')
  await page.keyboard.press('Tab')
  await expect.poll(() => box(page).inputValue()).toBe('color:')
  // The colours that there are, with how many pictures have each.
  await expect.poll(() => offered(page)).toEqual(['red1', 'green1', 'blue1'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.getByRole('option', { name: 'green 1' }).getAttribute('aria-selected')).toBe('true')
  await expect.poll(() => box(page).getAttribute('aria-activedescendant')).toMatch(/-1$/)
  await page.keyboard.press('Enter')
  await expect.poll(() => box(page).inputValue()).toBe('color:green ')
  await expect.poll(() => namesShown(page)).toEqual(['green hill.webp'])
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('grid-scroller')
})

test('every letter is looked for at once, and what is typed stays as it is typed', async () => {
  const page = await openLibrary()
  await page.keyboard.press('/')
  await page.keyboard.type('red ')
  await expect.poll(() => namesShown(page)).toEqual(['red barn.png'])
  await expect.poll(() => page.url()).toMatch(/q=red$/)
  await page.keyboard.type('barn')
  await expect.poll(() => box(page).inputValue()).toBe('red barn')
  // One step back is before the search, not before its last letter.
  await page.keyboard.press('Escape')
  await page.goBack()
  await expect.poll(() => sorted(page)).toEqual(everything)
  await expect.poll(() => box(page).inputValue()).toBe('')
})

test('what cannot be read is said below the box, and the rest still counts', async () => {
  const page = await openLibrary()
  await page.keyboard.press('/')
  await page.keyboard.type('barn colr:red')
  await page.getByText('There is no “colr:”. Did you mean color:?').first().waitFor()
  await expect.poll(() => box(page).getAttribute('aria-invalid')).toBe('true')
  await expect.poll(() => namesShown(page)).toEqual(['red barn.png'])
  const chip = page.getByTitle('There is no “colr:”. Did you mean color:? Remove it')
  await expect.poll(() => chip.isVisible()).toBe(false)
  // Out of the box it is still to be seen, and can be taken away.
  await page.keyboard.press('Escape')
  await chip.click()
  await expect.poll(() => box(page).inputValue()).toBe('barn')
})

test('Esc closes what is offered before it leaves the box, and everything not wanted stays out', async () => {
  const page = await openLibrary()
  await page.keyboard.press('/')
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(async () => (await offered(page)).length).toBeGreaterThan(10)
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('listbox', { name: 'What can be looked for' }).count()).toBe(0)
  await expect.poll(() => box(page).evaluate(element => element === document.activeElement)).toBe(true)
  await page.keyboard.type('-type:jpeg -color:red')
  await expect.poll(() => namesShown(page)).toEqual(['green hill.webp'])
})

test('what is chosen in the filter panel stands in the box, and a swatch finds colours near it', async () => {
  const page = await openLibrary()
  await page.getByRole('button', { name: 'Filter' }).click()
  const dialog = page.getByRole('dialog', { name: 'Filter' })
  await dialog.getByRole('button', { name: 'webp' }).click()
  await expect.poll(() => box(page).inputValue()).toBe('type:webp')
  await expect.poll(() => namesShown(page)).toEqual(['green hill.webp'])
  await expect.poll(() => dialog.getByRole('button', { name: 'webp' }).getAttribute('aria-pressed')).toBe('true')
  await dialog.getByRole('button', { name: 'webp' }).click()
  await expect.poll(() => sorted(page)).toEqual(everything)
  await dialog.getByLabel('Near').fill('#2040d0')
  await expect.poll(() => box(page).inputValue()).toBe('color:#2040d0~10')
  await expect.poll(() => namesShown(page)).toEqual(['blue boat.jpg'])
  await dialog.getByLabel('Tolerance').fill('0')
  await expect.poll(() => box(page).inputValue()).toBe('color:#2040d0~0')
  await page.getByRole('heading', { name: 'No picture matches' }).waitFor()
})

test('a key leads to what is similar to a picture', async () => {
  const page = await openLibrary()
  await page.getByRole('option', { name: 'red barn.png' }).click()
  await page.keyboard.press('s')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^By (look|meaning)$/)
})
