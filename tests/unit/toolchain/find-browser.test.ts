import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findBrowser, findBrowsers, type Machine } from '../../support/browser.ts'

let root: string
let machine: Machine
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'burg-ink-browser-'))
  machine = { env: {}, platform: 'linux', root, playwrightPath: join(root, 'playwright/chrome') }
})
afterEach(() => rm(root, { recursive: true }))

async function install(path: string, mode = 0o755): Promise<string> {
  const full = join(root, path)
  await mkdir(dirname(full), { recursive: true })
  await writeFile(full, '')
  await chmod(full, mode)
  return full
}

test('the browser named by BURG_INK_BROWSER is the only one', async () => {
  await install('usr/bin/chromium')
  const named = await install('mine/chrome')
  expect(findBrowsers({ ...machine, env: { BURG_INK_BROWSER: named } })).toEqual([named])
})

test('a named browser that is not there is not replaced by another', async () => {
  await install('usr/bin/chromium')
  expect(findBrowsers({ ...machine, env: { BURG_INK_BROWSER: join(root, 'gone') } })).toEqual([])
})

test("Playwright's own comes before an installed one, Chrome before Chromium before Edge", async () => {
  const edge = await install('usr/bin/microsoft-edge')
  const chromium = await install('snap/bin/chromium')
  const chrome = await install('usr/bin/google-chrome')
  const own = await install('playwright/chrome')
  expect(findBrowsers(machine)).toEqual([own, chrome, chromium, edge])
})

test('a browser elsewhere is found by the search path', async () => {
  const chromium = await install('home/bin/chromium')
  expect(findBrowsers({ ...machine, env: { PATH: `${join(root, 'empty')}:${join(root, 'home/bin')}` } })).toEqual([
    chromium,
  ])
})

test('a file that cannot be run is no browser', async () => {
  await install('usr/bin/chromium', 0o644)
  expect(findBrowsers(machine)).toEqual([])
})

test('on macOS the applications of the machine and of the user count', async () => {
  const chromium = await install('me/Applications/Chromium.app/Contents/MacOS/Chromium')
  const chrome = await install('Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
  expect(findBrowsers({ ...machine, platform: 'darwin', env: { HOME: join(root, 'me') } })).toEqual([chrome, chromium])
})

test('on Windows the program folders count', async () => {
  const edge = await install('x86/Microsoft/Edge/Application/msedge.exe')
  const chrome = await install('local/Google/Chrome/Application/chrome.exe')
  const env = { 'PROGRAMFILES(X86)': join(root, 'x86'), LOCALAPPDATA: join(root, 'local') }
  expect(findBrowsers({ ...machine, platform: 'win32', env })).toEqual([chrome, edge])
})

test('where there is none, the error says what to do', async () => {
  await expect(findBrowser(machine)).rejects.toThrow('Install one, or set BURG_INK_BROWSER')
})
