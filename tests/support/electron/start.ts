/**
 * Stands where Electron's executable would be: runs a built program in plain Node, with a module of its own in place of
 * `electron`, and shows its pages in Chromium. It prints the two lines that Playwright waits for, so that `_electron` drives it
 * as it drives the real one. What it cannot show is in CONTRIBUTING.md. Environment: HARNESS_CHROMIUM names the browser,
 * HARNESS_HEADED=1 shows it, HARNESS_DEBUG=1 says what is done, HARNESS_NODE names the Node to run on.
 */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { becomeElectron, version } from './become-electron.ts'
import { startChromium } from './chromium/start.ts'
import { findProgram, readCommandLine } from './command-line.ts'
import { host } from './host.ts'
import { app } from './module/app.ts'
import { isQuitting } from './module/quitting.ts'

const require = createRequire(import.meta.url)

function debug(what: string): void {
  if (process.env.HARNESS_DEBUG) console.error(`[harness] ${Math.round(performance.now())} ms: ${what}`)
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
  void host.running?.exited.then(() => isQuitting() || app.exit(1))
  console.error(`DevTools listening on ${devtoolsUrl}`)
  debug('Chromium is there')
  host.isReady = true
  host.ready.resolve()
  app.emit('ready', { preventDefault() {} }, {})
}

await start()
