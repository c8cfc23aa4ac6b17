import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { untilPicturesDrawn } from './drawn.ts'
import { electronExecutable, electronFlags, environment } from './electron-app.ts'

/** What is measured of one start, all in ms; points in time since it was called. */
export type Times = Record<string, number>

export const project = join(import.meta.dirname, '../..')
const cli = join(project, 'out/main/cli.js')

/** Node itself, with nothing to do. */
export async function startNode(): Promise<Times> {
  const startedAt = performance.now()
  await ended(spawn(process.execPath, ['-e', '0']))
  return { end: performance.now() - startedAt }
}

/** By a server that has nothing to do. */
export async function openBlankPage(browser: Browser): Promise<Times> {
  const server = createServer((_, response) => response.end('<!doctype html><title>Blank</title>'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const context = await browser.newContext()
  const startedAt = performance.now()
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const open = performance.now() - startedAt
  await context.close()
  server.closeAllConnections()
  server.close()
  return { open }
}

/** As somebody whose browser is open already, and who has never opened this page. */
export async function startHeadless(library: string, browser: Browser): Promise<Times> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 840 } })
  const startedAt = performance.now()
  const program = spawn(process.execPath, [cli, 'serve', '--library', library])
  const printed = await says(program, 'stdout', /http:\/\/\S+/)
  const address = performance.now() - startedAt
  const page = await context.newPage()
  await page.goto(printed)
  await page.evaluate(untilPicturesDrawn)
  const screen = performance.now() - startedAt
  await context.close()
  program.kill('SIGTERM')
  await ended(program)
  return { address, screen }
}

/** The same window with nothing in it, and no program behind it. */
export function emptyProgram(folder: string): string {
  const program = join(folder, 'empty-program')
  mkdirSync(program, { recursive: true })
  writeFileSync(join(program, 'package.json'), '{ "name": "empty", "type": "module", "main": "main.js" }')
  const main = `import { app, BrowserWindow } from 'electron'
    app.whenReady().then(() => {
      const window = new BrowserWindow({ width: 1280, height: 840, show: false })
      window.once('ready-to-show', () => window.show())
      window.loadURL('data:text/html,<title>Blank</title>')
    })`
  writeFileSync(join(program, 'main.js'), main)
  return program
}

export interface DesktopStart {
  /** A folder with a package.json that names it. */
  program: string
  libraryFolder: string
  dataFolder: string
  /** A script whose promise resolves when the page shows what is waited for. */
  untilDrawn: string
}

/** What `electron/start-times.cjs` says of a moment. */
export interface Moment {
  atMs: number
  /** Since the moment before. */
  longestStallMs: number
  isLibraryOpen: boolean
}

/** A start of the window to its end. */
export async function watchDesktop(start: DesktopStart): Promise<Record<'begun' | 'shown' | 'drawn', Moment>> {
  const begun = { atMs: Date.now(), longestStallMs: 0, isLibraryOpen: false }
  const startTimes = join(import.meta.dirname, 'electron/start-times.cjs')
  const child = spawn(electronExecutable, ['-r', startTimes, start.program, ...electronFlags(start.dataFolder)], {
    cwd: project,
    env: { ...(await environment()), BURG_INK_LIBRARY: start.libraryFolder, START_DRAWN: start.untilDrawn },
  })
  const moment = async (what: string): Promise<Moment> =>
    JSON.parse(await says(child, 'stderr', new RegExp(`\\[start\\] (.*"${what}".*)`)))
  const [shown, drawn] = await Promise.all([moment('shown'), moment('drawn')])
  child.kill('SIGTERM')
  await ended(child)
  return { begun, shown, drawn }
}

export async function startDesktop(start: DesktopStart): Promise<Times> {
  const { begun, shown, drawn } = await watchDesktop(start)
  return {
    shown: shown.atMs - begun.atMs,
    drawn: drawn.atMs - begun.atMs,
    stallBeforeMs: shown.longestStallMs,
    stallAfterMs: drawn.longestStallMs,
  }
}

/** The bracketed part of what it says, as soon as it says it. */
function says(program: ChildProcess, stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    program[stream]?.on('data', (text: Buffer) => {
      said += text
      const found = pattern.exec(said)
      if (found) resolve(found[1] ?? found[0])
    })
    program.once('close', code => reject(new Error(`It ended with ${code}: ${said}`)))
  })
}

async function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode === null && program.signalCode === null) await once(program, 'close')
}
