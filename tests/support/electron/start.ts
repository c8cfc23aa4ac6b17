// What the Electron executable does between exec() and the app's 'ready'.
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, isQuitting } from './app.ts'
import { host, startChromium } from './host.ts'

const mark = (what: string) => {
  if (process.env['HARNESS_DEBUG']) process.stderr.write(`[harness] ${Math.round(performance.now())} ms ${what}\n`)
}
mark('start.ts')
// A second start may be called from anywhere.
const require = createRequire(import.meta.url)
const electronVersion = (require('electron/package.json') as { version: string }).version
const define = (name: string, value: unknown) =>
  Object.defineProperty(process, name, { value, configurable: true, writable: true })
define('versions', { ...process.versions, electron: electronVersion, chrome: '156.0.0.0' })
define('type', 'browser')
define('defaultApp', true)
define('resourcesPath', import.meta.dirname)

// process.argv is [node, start.ts, ...electron's arguments]; Electron's own is [executable, ...arguments].
process.argv.splice(0, 2, join(import.meta.dirname, 'dist/electron'))
const args = process.argv.slice(1)
const preloaded: string[] = []
let entry: string | undefined
for (let i = 0; i < args.length; i++) {
  const arg = args[i]!
  if (arg === '-r' || arg === '--require') preloaded.push(args[++i]!)
  else if (arg === '-v' || arg === '--version') {
    console.log(`v${electronVersion}`)
    process.exit(0)
  } else if (arg.startsWith('--')) {
    const [, name, value] = /^--([^=]+)=?(.*)$/s.exec(arg) ?? []
    if (name && !/^inspect|^remote-debugging/.test(name)) host.switches.set(name, value ?? '')
  } else {
    entry = arg
    break
  }
}
// Chromium switches after the entry count too (--user-data-dir is Electron's own).
for (const arg of args) {
  const match = /^--user-data-dir=(.*)$/s.exec(arg)
  if (match) host.switches.set('user-data-dir', match[1]!)
}
if (!entry) {
  console.error('electron harness: no app given')
  process.exit(1)
}

let main = resolve(entry)
if (statSync(main).isDirectory()) {
  const manifest = JSON.parse(readFileSync(join(main, 'package.json'), 'utf8')) as {
    main?: string
    name?: string
    productName?: string
    version?: string
  }
  host.appPath = main
  host.name = manifest.productName ?? manifest.name ?? host.name
  host.version = manifest.version ?? host.version
  main = join(main, manifest.main ?? 'index.js')
} else host.appPath = dirname(main)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
for (const module of preloaded) require(module)

const stuck =
  'electron harness: the main module never finished loading. Awaiting app.whenReady() at its top level deadlocks, in Electron too.'
process.once('exit', code => {
  if (code === 13) console.error(stuck)
}) // 13: unsettled top-level await
const timer = setTimeout(() => {
  console.error(stuck)
  process.exit(1)
}, 15_000)
await import(pathToFileURL(main).href)
clearTimeout(timer)
if (isQuitting()) await new Promise(() => {}) // a second instance: it exits by itself, without a Chromium
mark('main module loaded')
const url = await startChromium(`${host.name}/${host.version}`, app.getPath('userData'))
host.chromium!.once('exit', () => app.exit(1))
process.stderr.write(`DevTools listening on ${url}\n`)
mark('Chromium up')
host.isReady = true
host.ready.resolve()
app.emit('ready', { preventDefault() {} }, {})
