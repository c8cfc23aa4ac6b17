import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { environment, isStandIn } from '../support/electron-app.ts'
import { newVisitor, openPage, shareBrowser, shownPictures } from '../support/page.ts'
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

test.skipIf(!isStandIn)('where there is an Electron and a display, npm start opens the window', async () => {
  const data = join(workspace, 'data')
  const program = spawn(process.execPath, [...starter, `--user-data-dir=${data}`, '--samples'], {
    env: { ...(await environment()), DISPLAY: ':7', BURG_INK_LIBRARY: join(workspace, 'of the window') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise(resolve => program.on('close', (code, signal) => resolve(signal ?? code)))
  onTestFinished(async () => {
    program.kill('SIGTERM')
    await ended
  })
  let said = ''
  program.stderr.on('data', text => {
    said += text
  })
  const address = () => /DevTools listening on (ws:\S+)/.exec(said)?.[1]
  await expect.poll(address).toBeDefined()
  const window = await chromium.connectOverCDP(address() ?? '')
  const page = () =>
    window
      .contexts()[0]
      ?.pages()
      .find(each => each.url() !== 'about:blank')
  await expect.poll(page).toBeDefined()
  await page()?.getByRole('button', { name: '2 failed' }).waitFor()
  program.kill('SIGINT')
  expect(await ended).toBe(0)
})

test('a library that takes its time to open is waited for in words', async () => {
  const program = await startForTest(['serve', '--library', join(workspace, 'slow')])
  const visitor = await newVisitor()
  const opened = Promise.withResolvers<void>()
  await visitor.route('**/api/call/library.overview', route => opened.promise.then(() => route.continue()))
  const page = await openPage(program.address, { visitor })
  await page.getByText('Opening the library').waitFor()
  opened.resolve()
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
  expect(await page.getByText('Opening the library').count()).toBe(0)
})

test('asked to end, the program ends by itself and says nothing', async () => {
  const program = await startForTest(['serve', '--library', join(workspace, 'empty')])
  expect(await program.stop()).toBe(0)
  expect(program.complaints()).toBe('')
})
