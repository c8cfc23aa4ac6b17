import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, shareBrowser } from '../support/page.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

const samples = join(import.meta.dirname, '../../resources/samples/Prints')
let workspace: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  program = await startProgram(['open', samples, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

const countOf = (page: Page) => page.getByRole('button', { name: /^Artworks/ }).textContent()
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })

test('by keyboard: two pictures are selected, A proposes a work, it is confirmed, made, changed, and taken back', async () => {
  const page = await openPage(program.address)
  // In an order that nothing changes which still comes in.
  await page
    .getByText(/^7 pictures$/)
    .first()
    .waitFor()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowRight')
  await page.getByText('2 selected').first().waitFor()
  await page.keyboard.press('a')
  await page.getByRole('heading', { name: 'Make an artwork' }).waitFor()
  const pictures = page.getByRole('region', { name: 'Pictures' })
  await expect
    .poll(() => pictures.getByRole('combobox').evaluateAll(all => all.map(each => (each as HTMLSelectElement).value)))
    .toEqual(['main', 'detail'])

  // What is proposed says who says it; Y confirms one after the other.
  await field(page, 'Title').waitFor()
  await expect.poll(() => field(page, 'Title').inputValue()).not.toBe('')
  const proposed = page.getByRole('button', { name: /^Confirm .+, / })
  // What makes it is one command of the palette.
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find a command' }).fill('make artwork')
  const commands = page.getByRole('listbox', { name: 'Commands' }).getByRole('option')
  await expect.poll(() => commands.allTextContents()).toEqual([expect.stringMatching(/^ArtworkMake the artwork/)])
  // The first empties the field.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect.poll(() => commands.count()).toBe(0)
  const before = await proposed.count()
  expect(before).toBeGreaterThan(0)
  await page.keyboard.press('y')
  await expect.poll(() => proposed.count()).toBe(before - 1)
  await page.keyboard.press('Shift+Y')
  await expect.poll(() => proposed.count()).toBe(0)

  // What cannot be read is said in its place, and nothing is made of it.
  await field(page, 'Title').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Night ferry')
  await field(page, 'Year').fill('2019-21')
  await field(page, 'Dimensions').fill('large')
  await page.keyboard.press('Enter')
  await page.getByText('“large” is no length.').waitFor()
  await field(page, 'Dimensions').fill('12 1/2 x 9 in')
  await field(page, 'Price').fill('€ 1.200')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Night ferry' }).waitFor()
  await expect.poll(() => field(page, 'Dimensions').inputValue()).toBe('12 1/2 × 9 in')
  await expect.poll(() => field(page, 'Price').inputValue()).toBe('1,200 EUR')
  await expect.poll(() => field(page, 'Year').inputValue()).toBe('2019–21')
  await expect.poll(() => field(page, 'Inventory no.').inputValue()).toBe('2019-001')
  await expect.poll(() => countOf(page)).toBe('Artworks1')

  // Changed in its place, and taken back.
  const proposedEdition = await field(page, 'Edition').inputValue()
  await field(page, 'Edition').fill('11/10')
  await page.keyboard.press('Enter')
  await page.getByText('Copy 11 is beyond an edition of 10.').waitFor()
  await field(page, 'Edition').fill('3/10 + 2 ap')
  await page.keyboard.press('Enter')
  await expect.poll(() => field(page, 'Edition').inputValue()).toBe('3 of 10 + 2 AP')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect.poll(() => field(page, 'Edition').inputValue()).toBe(proposedEdition)

  // Pictures are ordered by keyboard, and it stays with the one that moves.
  const [first] = await pictures.getByRole('button', { name: /, 1 of 2$/ }).all()
  await first?.focus()
  const moved = (await first?.getAttribute('data-picture')) ?? ''
  await page.keyboard.press('Alt+ArrowRight')
  const now = pictures.getByRole('button', { name: /, 2 of 2$/ })
  await expect.poll(() => now.getAttribute('data-picture')).toBe(moved)
  await expect.poll(() => now.evaluate(element => element === document.activeElement)).toBe(true)

  // Undone to the beginning: no work is left, and both pictures are.
  await page.keyboard.press('Control+z')
  await page.getByText(/^Undone: Order the pictures/).waitFor()
  await page.keyboard.press('Control+z')
  await page.getByText('This artwork is not there any more.').waitFor()
  await expect.poll(() => countOf(page)).toBe('Artworks0')
})

/** By keyboard: tiles are not in the order of the document. */
async function chooseFirst(page: Page): Promise<void> {
  const pictures = page.getByRole('listbox', { name: 'Pictures' })
  await pictures.getByRole('option').first().waitFor()
  await pictures.focus()
  await page.keyboard.press('Home')
}

test('works are listed, found, and led to from their picture and their series', async () => {
  const page = await openPage(program.address)
  await chooseFirst(page)
  await page.keyboard.press('a')
  await page.getByRole('heading', { name: 'Make an artwork' }).waitFor()
  await field(page, 'Title').fill('Low tide')
  await field(page, 'Series').fill('Coast')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'All of “Coast”' }).click()
  await page.getByRole('heading', { name: 'Coast' }).waitFor()
  await page.getByRole('button', { name: /^Low tide/ }).waitFor()
  const find = page.getByRole('searchbox', { name: 'Find artworks' })
  // A pause after the space does not lose it.
  await find.fill('high ')
  await page.getByText('No artwork is like that').waitFor()
  await find.pressSequentially('tide')
  expect(await find.inputValue()).toBe('high tide')
  await find.fill('tide')
  await page.getByRole('button', { name: /^Low tide/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.goto(`${program.origin}/#/library`)
  await chooseFirst(page)
  const artwork = page.getByRole('complementary', { name: 'Inspector' }).getByRole('region', { name: 'Artwork' })
  await artwork.getByRole('button', { name: /^Low tide/ }).click()
  await page.getByRole('heading', { name: 'Low tide' }).waitFor()
})

/** A work of one picture. Its page is shown. */
async function makeWork(page: Page, place: number, fields: Record<string, string>): Promise<void> {
  await page.goto(`${program.origin}/#/library`)
  const pictures = page.getByRole('listbox', { name: 'Pictures' })
  await pictures.getByRole('option').nth(place).waitFor()
  await pictures.focus()
  await page.keyboard.press('Home')
  for (let i = 0; i < place; i++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('a')
  await page.getByRole('heading', { name: 'Make an artwork' }).waitFor()
  for (const [name, text] of Object.entries(fields)) await field(page, name).fill(text)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Its pictures in the library' }).waitFor()
}

const isFocused = (page: Page, name: string) =>
  page.getByLabel(name, { exact: true }).evaluate(element => element === document.activeElement)

test('copies of an edition by keyboard: listed, sold, written on, taken away, and back', async () => {
  const page = await openPage(program.address)
  await makeWork(page, 2, { Title: 'Harbour', Price: '300 EUR', Edition: '2 + 1 AP' })
  await page.keyboard.press('c')
  await page.keyboard.press('Enter')
  await expect.poll(() => isFocused(page, 'Status of 1/2')).toBe(true)
  await page.keyboard.press('3')
  await page.getByText('1 of 2 sold').waitFor()
  await expect.poll(() => page.getByLabel('Since of 1/2').inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/)
  // Enter goes down the column, and what cannot be read is said in its place.
  await page.keyboard.press('Enter')
  await expect.poll(() => isFocused(page, 'Status of 2/2')).toBe(true)
  await page.getByLabel('Price of 2/2').focus()
  await page.keyboard.type('a lot')
  await page.getByText('2/2: “a lot” is no price.').waitFor()
  await page.getByLabel('Price of 2/2').fill('250 chf')
  await page.keyboard.press('Enter')
  await expect.poll(() => isFocused(page, 'Price of AP 1/1')).toBe(true)
  await expect.poll(() => page.getByLabel('Price of 2/2').inputValue()).toBe('250 CHF')
  await page.getByLabel('Buyer of 1/2').fill('A. Rossi')
  await page.keyboard.press('Tab')
  await page.getByText('Changed 1/2 of “Harbour”.').waitFor()
  // Delete takes the copy that has the keyboard, and the work stays.
  await page.getByLabel('Status of 2/2').focus()
  await page.keyboard.press('Delete')
  await expect.poll(() => isFocused(page, 'Status of AP 1/1')).toBe(true)
  await expect.poll(() => page.getByLabel('Status of 2/2').count()).toBe(0)
  await page.keyboard.press('Control+z')
  await expect.poll(() => page.getByLabel('Price of 2/2').inputValue()).toBe('250 CHF')
  // An edition is not written smaller than what is listed.
  await field(page, 'Edition').fill('unique')
  await page.keyboard.press('Enter')
  await page.getByText(/^Copies of this work are listed\./).waitFor()
  await page.goto(`${program.origin}/#/artworks?q=rossi`)
  await page.getByRole('button', { name: /^Harbour.*Available, 1 of 2 sold$/ }).waitFor()
})

test('works by keyboard: status, order in the series, from one to the next, deleted and back', async () => {
  const page = await openPage(program.address)
  await makeWork(page, 3, { Title: 'First', Series: 'Rivers', Year: '2001' })
  await makeWork(page, 4, { Title: 'Second', Series: 'Rivers', Year: '2002' })
  const titles = () => page.locator('.artwork-card-title').allTextContents()
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('title'))
  await page.getByRole('button', { name: 'All of “Rivers”' }).click()
  await expect.poll(titles).toEqual(['First, 2001', 'Second, 2002'])
  await page.getByRole('button', { name: /^First/ }).focus()
  await page.keyboard.press('2')
  await page.getByRole('button', { name: /^First.*Reserved$/ }).waitFor()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(titles).toEqual(['Second, 2002', 'First, 2001'])
  await expect.poll(focused).toBe('First, 2001')
  await page.keyboard.press('Delete')
  await expect.poll(titles).toEqual(['Second, 2002'])
  await expect.poll(focused).toBe('Second, 2002')
  await page.keyboard.press('Control+z')
  await expect.poll(titles).toEqual(['Second, 2002', 'First, 2001'])
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Second' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: 'First' }).waitFor()
  // Its pictures are found by it.
  await page.getByRole('button', { name: 'Its pictures in the library' }).click()
  await page
    .getByText(/^1 picture$/)
    .first()
    .waitFor()
  await expect.poll(() => page.getByRole('combobox', { name: 'Find pictures' }).inputValue()).toBe('artwork:2001-001')
})
