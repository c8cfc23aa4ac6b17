/** The built program broken on purpose, one lock at a time: what `desktop-security.test.ts` looks at has to see it. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { expect, onTestFinished, test } from 'vitest'
import { type Break, breakBuild } from '../support/broken-build.ts'
import {
  addressOf,
  answerToFrame,
  followLink,
  grantedPermissions,
  hasBridge,
  runsInlineScript,
  staysDespite,
} from '../support/desktop-observations.ts'
import {
  type Desktop,
  type DesktopOptions,
  electronFlags,
  environment,
  launchDesktop,
} from '../support/electron-app.ts'
import { serveElsewhere } from '../support/elsewhere.ts'

const main = /^main[\\/].*\.js$/

async function launch(options: DesktopOptions = {}): Promise<Desktop> {
  const desktop = await launchDesktop(options)
  onTestFinished(() => desktop[Symbol.asyncDispose]())
  return desktop
}

async function launchBroken(...breaks: Break[]): Promise<Desktop> {
  const { folder, remove } = await breakBuild(breaks)
  onTestFinished(remove)
  return launch({ appFolder: folder })
}

test('as it is built, every lock holds', async () => {
  const elsewhere = await serveElsewhere()
  onTestFinished(elsewhere.stop)
  const desktop = await launch()
  expect(await hasBridge(desktop)).toBe(true)
  expect(await runsInlineScript(desktop)).toBe(false)
  expect(await grantedPermissions(desktop)).toEqual(['clipboard-write'])
  expect(await answerToFrame(desktop, { url: elsewhere.address, isTop: true })).toBe('This page may not ask.')
  expect(await staysDespite(desktop, elsewhere.address)).toBe(true)
})

test('without its policy, what is injected runs', async () => {
  const desktop = await launchBroken(
    { file: main, from: /headers\.set\(["']content-security-policy["'], policy\)/, to: 'void 0' },
    { file: main, from: /\.onHeadersReceived\(/, to: '.onBeforeRequest; (() => {})(' },
  )
  expect(await runsInlineScript(desktop)).toBe(true)
})

test('without its guard, the page leaves', async () => {
  const elsewhere = await serveElsewhere()
  onTestFinished(elsewhere.stop)
  const desktop = await launchBroken({
    file: main,
    from: /if \(!isOwnPage\(event\.url, ownAddress\)\) event\.preventDefault\(\)/,
    to: 'void 0',
  })
  await followLink(desktop, elsewhere.address)
  await expect.poll(() => addressOf(desktop)).toBe(elsewhere.address)
  expect(elsewhere.asked()).toBe(1)
})

test('with a preload that is a module, there is no bridge', async () => {
  const desktop = await launchBroken({
    file: /^preload[\\/]index\.cjs$/,
    from: /(let|const|var) electron = require\("electron"\);?/,
    to: 'import * as electron from "electron";',
  })
  expect(await hasBridge(desktop)).toBe(false)
  await expect.poll(() => desktop.output()).toMatch(/Unable to load preload script/)
})

test('without its handlers of permissions, they are granted', async () => {
  const desktop = await launchBroken(
    { file: main, from: /\.setPermissionRequestHandler\(/, to: '.setPermissionRequestHandler(null); (() => {})(' },
    { file: main, from: /\.setPermissionCheckHandler\(/, to: '.setPermissionCheckHandler(null); (() => {})(' },
  )
  expect(await grantedPermissions(desktop)).toContain('geolocation')
})

test('without a look at the sender, any page is answered', async () => {
  const desktop = await launchBroken({
    file: main,
    from: /if \(!isTopOf\(/,
    to: 'if (false && !isTopOf(',
  })
  expect(await answerToFrame(desktop, { url: 'https://example.com/', isTop: true })).toBe('{"ok":true')
})

test('there is one program for each person, and without its lock there are two', async () => {
  const first = await launch()
  const second = spawn(
    createRequire(import.meta.url)('electron') as unknown as string,
    ['.', ...electronFlags(first.dataFolder)],
    { env: { ...(await environment()), BURG_INK_LIBRARY: `${first.libraryFolder} 2` }, stdio: 'ignore' },
  )
  expect(await new Promise(resolve => second.on('exit', resolve))).toBe(0)

  const { folder, remove } = await breakBuild([
    { file: main, from: /!app\.requestSingleInstanceLock\(\)/, to: 'false' },
  ])
  onTestFinished(remove)
  const other = await launch({
    appFolder: folder,
    dataFolder: first.dataFolder,
    libraryFolder: `${first.libraryFolder} 2`,
  })
  expect(other.app.windows()).toHaveLength(1)
})
