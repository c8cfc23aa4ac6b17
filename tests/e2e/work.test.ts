/** All work: every piece of it, its steps, what can be done about it; and what does it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standIn } from '../support/inngest-server/index.ts'
import { openPage, shareBrowser } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, removeWorkspace, startForTest } from '../support/program.ts'

shareBrowser()

let workspace: string
let folder: string
beforeAll(async () => {
  workspace = await makeWorkspace()
  folder = join(workspace, 'Mixed')
  await mkdir(folder)
  for (const [i, name] of ['red', 'green', 'blue'].entries()) {
    await writeFile(
      join(folder, `${name}.png`),
      await plain(100 + i, 80, [200, 40, 40])
        .png()
        .toBuffer(),
    )
  }
  await writeFile(join(folder, 'broken.png'), 'no picture at all')
})
afterAll(() => removeWorkspace(workspace))

let libraries = 0
async function openWork(env: Record<string, string> = {}) {
  libraries += 1
  const program = await startForTest(['open', folder, '--library', join(workspace, `library ${libraries}`)], env)
  const page = await openPage(program.address)
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
  await page.keyboard.press('Shift+A')
  await page.getByText('4 files in').waitFor()
  await page.getByRole('button', { name: 'All work' }).first().click()
  await page.getByRole('list', { name: 'Work' }).waitFor()
  return { page, program }
}

const rows = (page: Page) => page.getByRole('list', { name: 'Work' }).getByRole('listitem')
const kind = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Kinds of work' }).getByRole('button', { name: new RegExp(`^${name}`) })
const byState = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Work by how it ended' }).getByRole('button', { name: new RegExp(`^${name}`) })
const opened = (page: Page) => page.getByRole('complementary', { name: 'One piece of work' })

test('all that was done is listed, filtered by kind and by end, and opened by keys', async () => {
  const { page } = await openWork()
  await kind(page, 'Bring in a file').click()
  await expect.poll(() => rows(page).count()).toBe(4)
  await byState(page, 'Failed').click()
  await expect.poll(() => rows(page).allTextContents()).toEqual([expect.stringMatching(/Failed.*broken\.png/)])
  await expect.poll(() => byState(page, 'Failed').textContent()).toMatch(/1$/)

  await page.keyboard.press('ArrowDown')
  await opened(page).getByRole('heading', { name: 'Bring in a file' }).waitFor()
  const steps = opened(page).getByRole('list', { name: 'Steps' }).getByRole('listitem')
  await expect.poll(() => steps.count()).toBeGreaterThan(0)
  expect(await steps.first().textContent()).toMatch(/^Read original/)
  await opened(page).getByText('Data', { exact: true }).click()
  await opened(page).getByText('file/found').waitFor()

  // What the address says is there again after a reload.
  await page.reload()
  await opened(page).getByRole('heading', { name: 'Bring in a file' }).waitFor()
  await expect.poll(() => rows(page).count()).toBe(1)
  await opened(page).getByRole('button', { name: 'Close' }).click()
  await expect.poll(() => opened(page).count()).toBe(0)
})

test('a file that failed and was repaired is brought in again from its piece of work', async () => {
  const { page } = await openWork()
  await byState(page, 'Failed').click()
  await rows(page).filter({ hasText: 'broken.png' }).getByRole('button').click()
  await writeFile(join(folder, 'broken.png'), await plain(64, 64, [10, 120, 40]).png().toBuffer())
  await opened(page).getByRole('button', { name: 'Do it again' }).waitFor()
  await page.keyboard.press('r')
  await page.getByText('Bring in a file: begun again.').waitFor()
  await byState(page, 'All').click()
  await kind(page, 'Bring in a file').click()
  await expect.poll(() => rows(page).count()).toBe(5)
  await expect.poll(() => rows(page).first().textContent()).toMatch(/Done.*broken\.png/)
  await writeFile(join(folder, 'broken.png'), 'no picture at all')
})

test('the work is handed to Inngest’s server and back in the settings, and its dashboard is opened', async () => {
  const { page } = await openWork({ INNGEST_CLI: standIn })
  await page.keyboard.press('ControlOrMeta+,')
  const doneBy = page.getByLabel('Done by')
  expect(await doneBy.inputValue()).toBe('embedded')
  await doneBy.selectOption('server')
  await page.getByRole('button', { name: 'Hand the work over' }).click()
  await page.getByText('It is there.').waitFor()
  const dashboard = page.context().waitForEvent('page')
  await page.getByRole('button', { name: 'Open Inngest’s dashboard' }).click()
  expect((await dashboard).url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  await page.bringToFront()

  await doneBy.selectOption('cloud')
  await page.getByLabel('Event key').fill('a key')
  expect(await page.getByRole('button', { name: 'Hand the work over' }).isDisabled()).toBe(true)
  await page.getByLabel('Address').fill('no address')
  await page.getByText('An address such as https://inngest.example.org.').waitFor()
  await page.getByRole('button', { name: 'Leave it' }).click()
  expect(await doneBy.inputValue()).toBe('server')

  await doneBy.selectOption('embedded')
  await page.getByRole('button', { name: 'Hand the work over' }).click()
  await expect.poll(() => page.getByRole('button', { name: 'Open Inngest’s dashboard' }).count()).toBe(0)
  // Chosen for good.
  await page.reload()
  expect(await page.getByLabel('Done by').inputValue()).toBe('embedded')
})

test('where Inngest cannot be had the choice says what to do, and nothing changes', async () => {
  const { page } = await openWork({ PATH: '', INNGEST_CLI: '' })
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByLabel('Done by').selectOption('server')
  await page.getByRole('button', { name: 'Hand the work over' }).click()
  await page.getByRole('alert').filter({ hasText: 'Inngest’s program was not found.' }).waitFor()
  await page.reload()
  expect(await page.getByLabel('Done by').inputValue()).toBe('embedded')
})
