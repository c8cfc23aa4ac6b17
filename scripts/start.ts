// `npm start -- [FOLDER] [--samples]`: the desktop window where Electron is here or can be fetched, else the page in the
// browser, said in one line within two seconds.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.ts'
import { canReach } from './reach.ts'
import { enterCallersFolder, root, runAttached } from './steps.ts'

/** Long enough for a slow line, short enough to leave time to start and say so. */
const probeMs = 1200
const electronFolder = join(root, 'node_modules/electron')
const args = process.argv.slice(2)

/** Looked up by path: `import 'electron'` would download it. The same checks as its own install script. */
function findElectron(): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8'))
    const installed = readFileSync(join(electronFolder, 'dist/version'), 'utf8').trim().replace(/^v/, '')
    const path = join(electronFolder, 'dist', readFileSync(join(electronFolder, 'path.txt'), 'utf8').trim())
    return installed === version && existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function electronAddress(): string {
  const { version } = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8'))
  const base =
    process.env.npm_config_electron_mirror ??
    process.env.ELECTRON_MIRROR ??
    'https://github.com/electron/electron/releases/download/'
  return `${base}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`
}

async function fetchElectron(): Promise<string | undefined> {
  if (!existsSync(electronFolder) || !(await canReach(electronAddress(), probeMs))) return undefined
  console.error('Fetching Electron for the desktop window, once. This takes a minute or two.')
  await runAttached(process.execPath, [join(electronFolder, 'install.js')])
  return findElectron()
}

async function openPage(why: string) {
  console.error(`${why} Burg Ink opens as a page in the browser.`)
  await ensureBuilt()
  enterCallersFolder('start')
  process.argv.splice(1, process.argv.length, join(root, 'out/main/cli.js'), 'open', ...args)
  await import(pathToFileURL(join(root, 'out/main/cli.js')).href)
}

async function openWindow(electron: string) {
  await ensureBuilt()
  enterCallersFolder('start')
  // Chromium refuses to run its sandbox as root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  process.exitCode = await runAttached(electron, [...sandbox, root, ...args])
}

if (!existsSync(join(root, 'src/main/index.ts'))) {
  await openPage('The desktop window is not part of this version.')
} else {
  const electron = findElectron() ?? (await fetchElectron())
  if (electron) await openWindow(electron)
  else await openPage('Electron is not installed and cannot be fetched here.')
}
