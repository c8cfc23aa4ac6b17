import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { hills, plain } from '../support/pictures.ts'
import { makeWorkspace, removeWorkspace, startForTest } from '../support/program.ts'

shareBrowser()

let workspace: string
let album: string
beforeAll(async () => {
  workspace = await makeWorkspace()
  album = join(workspace, 'Album')
  await mkdir(album)
  const big = await hills(1600, 1200, 3).jpeg({ quality: 90 }).toBuffer()
  // What follows the end of a JPEG is not looked at: each file is another one, and as much work.
  await Promise.all(
    Array.from({ length: albumSize }, (_, number) =>
      writeFile(join(album, `page ${number}.jpg`), Buffer.concat([big, Buffer.from(String(number))])),
    ),
  )
})
afterAll(() => removeWorkspace(workspace))

/** Enough that an import is still running when a person, or a test, gets to its buttons. */
const albumSize = 120

let libraries = 0
async function openActivity(folder: string, expected?: RegExp) {
  libraries += 1
  const library = join(workspace, `library ${libraries}`)
  const program = await startForTest(['open', folder, '--library', library])
  const page = await openPage(program.address, expected && { expected })
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
  await page.keyboard.press('Shift+A')
  await page.getByRole('heading', { name: 'Activity' }).waitFor()
  return { page, program, library }
}

const rowOf = (page: Page, path: string) =>
  page.getByRole('list', { name: 'Files' }).getByRole('listitem').filter({ hasText: path })

/** The button that shows only files of this outcome. */
const filterBy = (page: Page, outcome: string) =>
  page.getByRole('group', { name: 'Files by how they ended' }).getByRole('button', { name: outcome })

/** The number on it. */
async function countOf(page: Page, outcome: string): Promise<number> {
  const text = await filterBy(page, outcome).textContent()
  return Number(text?.replaceAll(/\D/g, ''))
}

test('every file is listed with how it ended and why, and a repaired one can be tried again', async () => {
  const folder = join(workspace, 'Mixed')
  await mkdir(folder)
  const good = await plain(100, 80, [200, 40, 40]).png().toBuffer()
  await writeFile(join(folder, 'good.png'), good)
  await copyFile(join(folder, 'good.png'), join(folder, 'same.png'))
  await writeFile(join(folder, 'torn.png'), 'no picture at all')
  await writeFile(join(folder, 'empty.jpg'), '')
  const { page } = await openActivity(folder)

  await page.getByText(/^4 files in/).waitFor()
  await rowOf(page, 'good.png')
    .getByText('Imported')
    .or(rowOf(page, 'same.png').getByText('Imported'))
    .first()
    .waitFor()
  await rowOf(page, 'torn.png').getByText('Failed').waitFor()
  await rowOf(page, 'torn.png').getByText('The file').waitFor()
  const counts = () => Promise.all(['Imported', 'Duplicate', 'Failed'].map(each => countOf(page, each)))
  await expect.poll(counts).toEqual([1, 1, 2])

  await filterBy(page, 'Failed').click()
  await expect.poll(() => page.getByRole('list', { name: 'Files' }).getByRole('listitem').count()).toBe(2)

  await plain(90, 90, [30, 60, 200]).png().toFile(join(folder, 'torn.png'))
  await rowOf(page, 'torn.png').getByRole('button', { name: 'Retry' }).click()
  await expect.poll(() => countOf(page, 'Imported')).toBe(2)

  await plain(70, 90, [30, 180, 60]).jpeg().toFile(join(folder, 'empty.jpg'))
  await page.getByRole('button', { name: 'Retry all failed' }).click()
  // What is tried again has not failed any more, and is not imported yet.
  await expect.poll(() => countOf(page, 'Imported')).toBe(3)
  expect(await countOf(page, 'Failed')).toBe(0)
  await page.keyboard.press('Escape')
  await expect.poll(() => shownPictures(page)).toBe(3)
})

test('a running import tells how far it is, stands still when paused, and goes on to its end', async () => {
  const { page } = await openActivity(album)
  await page
    .getByText(/^Working on [\d,]+ of [\d,]+/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText(/^Paused at [\d,]+ of [\d,]+/).waitFor()
  await page.getByRole('button', { name: '1 import paused' }).waitFor()
  expect(await countOf(page, 'Waiting')).toBeGreaterThan(0)

  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText(`${albumSize} files in`).waitFor({ timeout: 150_000 })
  expect(await countOf(page, 'Imported')).toBe(albumSize)
}, 180_000)

test('a paused import is still paused after the program was ended and started again', async () => {
  const { page, program, library } = await openActivity(album, /ERR_/)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText(/^Paused at/).waitFor()
  await program.stop()

  const again = await startForTest(['serve', '--library', library])
  const later = await openPage(again.address)
  await later.getByRole('button', { name: '1 import paused' }).click()
  await later.getByText(/^Paused at/).waitFor()
  expect(await countOf(later, 'Waiting')).toBeGreaterThan(0)
})

test('a cancelled import keeps what it has and leaves nothing waiting', async () => {
  const { page } = await openActivity(album)
  await expect.poll(() => countOf(page, 'Imported')).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('button', { name: 'Go on' }).waitFor()
  await page.getByRole('button', { name: 'Cancel import' }).click()
  const head = page.getByRole('region', { name: 'Import of Album' })
  await head.getByText('Cancelled').first().waitFor()
  await expect.poll(() => countOf(page, 'Waiting')).toBe(0)
  const imported = await countOf(page, 'Imported')
  expect(imported).toBeGreaterThan(0)
  expect(imported).toBeLessThan(albumSize)
})
