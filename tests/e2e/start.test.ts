import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { makeWorkspace, removeWorkspace, starter, startForTest } from '../support/program.ts'

shareBrowser()

const samples = join(import.meta.dirname, '../../resources/samples')

let workspace: string
beforeAll(async () => {
  workspace = await makeWorkspace()
})
afterAll(() => removeWorkspace(workspace))

test('npm start -- --samples says in one line where it opens and shows every sample', async () => {
  const program = await startForTest(['--samples'], { BURG_INK_LIBRARY: join(workspace, 'library') }, starter)
  expect(program.complaints().split('\n')).toHaveLength(2)
  const sampleCount = readdirSync(samples, { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  ).length
  expect(sampleCount).toBeGreaterThan(5)

  const page = await openPage(program.address)
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
  await page.keyboard.press('Shift+A')
  await page.getByText(`${sampleCount} files in`).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => shownPictures(page)).toBeGreaterThan(5)
  // One is damaged and one is empty, to show what the app says of such files.
  await page.getByRole('button', { name: '2 failed' }).waitFor()
})

test('asked to end, the program ends by itself and says nothing', async () => {
  const program = await startForTest(['serve', '--library', join(workspace, 'empty')])
  expect(await program.stop()).toBe(0)
  expect(program.complaints()).toBe('')
})
