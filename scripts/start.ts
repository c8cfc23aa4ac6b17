// `npm start -- [FOLDER] [--samples] [--browser]`: the desktop window where Electron is here or can be fetched, else the page
// in the browser, said in one line within two seconds.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fetchElectron, findElectron, hasDisplay, sandboxFlags } from './electron.ts'
import { ensureBuilt } from './ensure-built.ts'
import { type Ended, endLike, enterCallersFolder, root, runInFront } from './steps.ts'

/** Whoever did not start has ended by then; what ends later has been a window. */
const startedAfterMs = 10_000
/** No such library: of the loader of Linux, and of Windows. */
const libraryMissingCodes = [127, 0xc000_0135]
/** How Chromium gives up, where it finds no sandbox and no display for instance. */
const crashSignals: (NodeJS.Signals | null)[] = ['SIGTRAP', 'SIGABRT', 'SIGILL', 'SIGSEGV', 'SIGBUS']

const asked = process.argv.slice(2)
const args = asked.filter(arg => arg !== '--browser')

async function start(): Promise<void> {
  if (args.length < asked.length) return openPage()
  if (!existsSync(join(root, 'src/main/index.ts'))) return openPage('The desktop window is not part of this version.')
  if (!hasDisplay()) return openPage('There is no display for a window (DISPLAY and WAYLAND_DISPLAY are not set).')
  const found = findElectron()
  const fetched = found ? { electron: found } : await fetchElectron()
  if ('electron' in fetched) return openWindow(fetched.electron)
  return openPage(
    fetched.why,
    'For the window, run "npx install-electron" with a network, or set ELECTRON_MIRROR to a mirror and start again.',
  )
}

async function openPage(why?: string, wayOut?: string): Promise<void> {
  if (why) console.error([why, 'Burg Ink opens as a page in the browser.', wayOut].filter(Boolean).join(' '))
  await ensureBuilt()
  enterCallersFolder('start')
  process.argv.splice(1, process.argv.length, join(root, 'out/main/cli.js'), 'open', ...args)
  await import(pathToFileURL(join(root, 'out/main/cli.js')).href)
}

async function openWindow(electron: string): Promise<void> {
  await ensureBuilt()
  enterCallersFolder('start')
  try {
    // Where it is set, Electron is but a Node.
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
    const ended = await runInFront(electron, [...sandboxFlags, root, ...args], env)
    const why = whyNotStarted(ended)
    return why ? openPage(why) : endLike(ended)
  } catch (cause) {
    return openPage(`Electron cannot be started here (${cause instanceof Error ? cause.message : cause}).`)
  }
}

/** Undefined: it did start. What it said itself stands above on the same stream. */
function whyNotStarted({ exitCode, signal, elapsedMs }: Ended): string | undefined {
  if (elapsedMs > startedAfterMs) return undefined
  if (!signal && libraryMissingCodes.includes(exitCode))
    return 'Electron does not start: a library that it needs is not installed on this system, see above.'
  return crashSignals.includes(signal) ? `Electron does not start (${signal}), see above.` : undefined
}

await start()
