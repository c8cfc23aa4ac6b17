import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { namesShown, openPage, shareBrowser } from '../support/page.ts'
import { discs, plain } from '../support/pictures.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

let workspace: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  const studio = join(workspace, 'Studio')
  await mkdir(studio)
  await plain(300, 200, [220, 20, 30]).png().toFile(join(studio, 'crimson barn.png'))
  await plain(300, 200, [30, 160, 50]).png().toFile(join(studio, 'meadow.png'))
  const landscape = await discs(640, 480, 7).flatten({ background: '#ffffff' }).png().toBuffer()
  await writeFile(join(studio, 'valley.png'), landscape)
  await sharp(landscape).resize(320).jpeg({ quality: 80 }).toFile(join(studio, 'valley small.jpg'))
  program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const tagsOf = (page: Page) => inspectorOf(page).getByRole('region', { name: 'Tags' })
const nextOf = (page: Page) => inspectorOf(page).getByRole('region', { name: 'Next suggestion' })

async function openPicture(name: string): Promise<Page> {
  const page = await openPage(program.address)
  await page.getByRole('option', { name, exact: true }).click()
  await inspectorOf(page).getByRole('heading', { name, exact: true }).waitFor()
  return page
}

test('suggestions are confirmed and rejected by a key each, and taken back', async () => {
  const page = await openPicture('crimson barn.png')
  const next = nextOf(page)
  // The description comes first, then tags.
  await next.getByText('Description from file and colours').waitFor()
  await page.keyboard.press('y')
  await page.getByRole('status').getByText('Confirmed “A landscape-format picture').waitFor()
  await next.getByText(/^Tag /).waitFor()
  const tag = (await next.locator('.next-suggestion-value').textContent()) ?? ''
  await page.keyboard.press('n')
  await page.getByRole('status').getByText(`Rejected “${tag}”.`).waitFor()
  await expect.poll(() => tagsOf(page).getByRole('button', { name: tag, exact: true }).count()).toBe(0)
  await page.keyboard.press('Control+z')
  await page.getByRole('status').getByText('Undone: Reject “').waitFor()
  await tagsOf(page)
    .getByRole('button', { name: `Confirm ${tag}`, exact: true })
    .waitFor()
  // What was confirmed before stays.
  await inspectorOf(page)
    .getByRole('button', { name: /^Description: A landscape-format picture/ })
    .waitFor()
  await expect.poll(() => next.getByText('Description').count()).toBe(0)
})

test('all suggestions are confirmed at once, and the notice takes that back', async () => {
  const page = await openPicture('meadow.png')
  await nextOf(page).getByText('Description from').waitFor()
  await page.keyboard.press('Shift+Y')
  await nextOf(page).getByText('Nothing is left to confirm.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await nextOf(page).getByText('Description from').waitFor()
})

test('a tag that is typed is there at once and finds its picture', async () => {
  const page = await openPicture('crimson barn.png')
  await page.keyboard.press('t')
  await page.keyboard.type('Harvest Home')
  await page.keyboard.press('Enter')
  await tagsOf(page).getByRole('button', { name: 'Remove harvest home' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('harvest')
  await expect.poll(() => namesShown(page)).toEqual(['crimson barn.png'])
})

test('a description is written in its place by keyboard, found, and still there after a reload', async () => {
  const page = await openPicture('meadow.png')
  await inspectorOf(page)
    .getByRole('button', { name: /^Description/ })
    .focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Grandfather’s hayfield')
  await page.keyboard.press('Enter')
  await page.getByText('Saved the description.').waitFor()
  await page.getByRole('combobox', { name: 'Find pictures' }).fill('hayfield')
  await expect.poll(() => namesShown(page)).toEqual(['meadow.png'])
  await page.reload()
  await page.getByRole('option', { name: 'meadow.png', exact: true }).click()
  await inspectorOf(page).getByRole('button', { name: 'Description: Grandfather’s hayfield. Edit' }).waitFor()
})

test('Esc leaves an edited text as it was', async () => {
  const page = await openPicture('valley.png')
  const mood = inspectorOf(page).getByRole('button', { name: 'Add Mood' })
  await mood.click()
  await page.keyboard.type('Gloomy')
  await page.keyboard.press('Escape')
  await mood.waitFor()
  await inspectorOf(page).getByRole('heading', { name: 'valley.png', exact: true }).waitFor()
})

test('a tag is given to all that are selected, and taken from them', async () => {
  const page = await openPicture('meadow.png')
  await page.keyboard.press('Control+a')
  await inspectorOf(page).getByText('4 selected').waitFor()
  await inspectorOf(page).getByRole('combobox', { name: 'Add a tag to all' }).waitFor()
  await page.keyboard.press('t')
  await page.keyboard.type('spring show')
  await page.keyboard.press('Enter')
  await page.getByText('Added “spring show” for 4 pictures.').waitFor()
  await page.goto(`${program.origin}/#/library?tag=spring+show`)
  await expect.poll(async () => (await namesShown(page)).length).toBe(4)
  await page.keyboard.press('Control+z')
  await page.getByText('Undone: Add tag “spring show” to 4 pictures.').waitFor()
  await expect.poll(async () => (await namesShown(page)).length).toBe(0)
})

test('a picture and its smaller copy are look-alikes, compared by arrow keys, and like each other in the inspector', async () => {
  const page = await openPicture('valley.png')
  await inspectorOf(page)
    .getByRole('button', { name: /^valley small\.jpg, \d+ % alike/ })
    .waitFor()
  await page.keyboard.press('Shift+L')
  const group = page.getByRole('region', { name: /^2 pictures like/ })
  await group.getByText('640 × 480 largest').waitFor()
  await group.getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  const loupe = page.getByRole('dialog')
  await loupe.getByText('1 of 2').waitFor()
  await page.keyboard.press('ArrowRight')
  await loupe.getByText('2 of 2').waitFor()
  await page.keyboard.press('Escape')
  await group.waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
})
