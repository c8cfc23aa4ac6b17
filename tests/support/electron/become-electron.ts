import childProcess, { execFileSync, type ForkOptions } from 'node:child_process'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

const require = createRequire(import.meta.url)
export const { version } = require('electron/package.json') as { version: string }
const executable = join(import.meta.dirname, 'dist/electron')

/** Asked of Chromium by whoever looks at it, since that takes a while. */
function chromiumVersion(): string {
  const browser = process.env.HARNESS_CHROMIUM ?? 'chromium'
  const said = execFileSync(browser, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
  return /[\d.]+/.exec(said.toString())?.[0] ?? ''
}

/** What `process` says in Electron's main process. */
export function becomeElectron(): void {
  const versions = { ...process.versions, electron: version }
  Object.defineProperty(versions, 'chrome', { get: chromiumVersion, enumerable: true })
  const own = { versions, type: 'browser', defaultApp: true, execPath: executable, resourcesPath: import.meta.dirname }
  for (const [name, value] of Object.entries(own)) {
    Object.defineProperty(process, name, { value, configurable: true, writable: true })
  }
  // Node's own has two words in front: itself, and what was started.
  process.argv.splice(0, 2, executable)
  forkAsNode()
}

/** The executable starts another program unless it is told to be Node: Electron tells what is forked, and nothing else. */
function forkAsNode(): void {
  const { fork } = childProcess
  childProcess.fork = (path: string | URL, ...given: unknown[]) => {
    const [args, options] = (Array.isArray(given[0]) ? given : [[], given[0]]) as [string[], ForkOptions?]
    const env = { ...(options?.env ?? process.env), ELECTRON_RUN_AS_NODE: '1' }
    return fork(path, args, { ...options, env })
  }
  syncBuiltinESMExports()
}
