/**
 * Stands where Electron's executable would be: runs a built program in plain Node, with a module of its own in place of
 * `electron`, and shows its pages in Chromium. It prints the two lines that Playwright waits for, so that `_electron` drives it
 * as it drives the real one. What it cannot show is in CONTRIBUTING.md. Environment: HARNESS_CHROMIUM names the browser,
 * HARNESS_HEADED=1 shows it, HARNESS_DEBUG=1 says what is done, HARNESS_NODE names the Node to run on.
 */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startChromium } from './chromium/start.ts'
import { findProgram, readCommandLine } from './command-line.ts'
import { host } from './host.ts'
import { app } from './module/app.ts'
import { isQuitting } from './module/quitting.ts'

// A second start may be called from anywhere.
const require = createRequire(import.meta.url)
const { version } = require('electron/package.json') as { version: string }

function debug(what: string): void {
  if (process.env.HARNESS_DEBUG) console.error(`[harness] ${Math.round(performance.now())} ms: ${what}`)
}

/** Asked of Chromium by whoever looks at it, since that takes a while. */
function chromiumVersion(): string {
  const said = execFileSync(process.env.HARNESS_CHROMIUM ?? 'chromium', ['--version'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return /[\d.]+/.exec(said.toString())?.[0] ?? ''
}

function becomeElectron(): void {
  const versions = { ...process.versions, electron: version }
  Object.defineProperty(versions, 'chrome', { get: chromiumVersion, enumerable: true })
  const own = { versions, type: 'browser', defaultApp: true, resourcesPath: import.meta.dirname }
  for (const [name, value] of Object.entries(own)) {
    Object.defineProperty(process, name, { value, configurable: true, writable: true })
  }
  // Node's own has two words in front: itself and this file.
  process.argv.splice(0, 2, join(import.meta.dirname, 'dist/electron'))
}

const longestLoadMs = 15_000
const stuck =
  'electron harness: the main module never finished loading. Awaiting app.whenReady() at its top level deadlocks, in Electron too.'

/** Electron is ready only once the main module has run. */
async function load(main: string): Promise<void> {
  const timer = setTimeout(() => {
    console.error(stuck)
    process.exit(1)
  }, longestLoadMs)
  // Node's code for an `await` that nothing will ever end.
  process.once('exit', code => code === 13 && console.error(stuck))
  await import(pathToFileURL(main).href)
  clearTimeout(timer)
}

async function start(): Promise<void> {
  becomeElectron()
  const { entry, preloaded, asksForVersion } = readCommandLine(process.argv.slice(1))
  if (asksForVersion) {
    process.stdout.write(`v${version}\n`)
    return
  }
  if (entry === undefined) throw new Error('electron harness: it was not told which program to run')
  const main = findProgram(entry)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  for (const module of preloaded) require(module)
  await load(main)
  debug('the main module has run')
  // A second instance leaves by itself, without a Chromium.
  if (!isQuitting()) await becomeReady()
}

async function becomeReady(): Promise<void> {
  const devtoolsUrl = await startChromium(app.getPath('userData'))
  void host.running?.exited.then(() => app.exit(1))
  console.error(`DevTools listening on ${devtoolsUrl}`)
  debug('Chromium is there')
  host.isReady = true
  host.ready.resolve()
  app.emit('ready', { preventDefault() {} }, {})
}

await start()
