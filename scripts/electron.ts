// Where Electron's executable is, and how it is fetched: as electron's own package does both. It is never imported, because
// whoever imports it from Node waits for a download.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { canReach } from './reach.ts'
import { root } from './steps.ts'

/** Long enough for a slow line, short enough to leave time to start and say so. */
const probeMs = 1200
const folder = join(root, 'node_modules/electron')
const readIn = (name: string) => readFileSync(join(folder, name), 'utf8').trim()
const versionOf = () => JSON.parse(readIn('package.json')).version as string

/** Programs draw on Linux only where there is a display; elsewhere there always is one. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Chromium refuses to run its sandbox as root. */
export const sandboxFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** The executable that the environment names, by either name that electron's tools know, else the installed one. */
export function findElectron(): string | undefined {
  const { ELECTRON_EXEC_PATH: path, ELECTRON_OVERRIDE_DIST_PATH: distFolder } = process.env
  if (path) return path
  if (distFolder) return join(distFolder, existsSync(join(folder, 'path.txt')) ? readIn('path.txt') : 'electron')
  return findInstalled()
}

/** Its install script writes `path.txt` when all else is done, so a download that broke off is none. */
function findInstalled(): string | undefined {
  try {
    const path = join(folder, 'dist', readIn('path.txt'))
    return readIn('dist/version').replace(/^v/, '') === versionOf() && existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** Fetched and checked against its checksums by electron's own install script; `why` it was not, where it was not. */
export async function fetchElectron(): Promise<{ electron: string } | { why: string }> {
  if (!existsSync(folder)) return { why: 'The electron package is not installed.' }
  const address = addressOf(versionOf())
  if (!(await canReach(address, probeMs)))
    return { why: `Electron is not installed and cannot be fetched from ${hostOf(address)}.` }
  console.error('Fetching Electron for the desktop window, once. This takes a minute or two.')
  // Of a version before this one: while the new one is unpacked over it, it would say that all is there.
  rmSync(join(folder, 'path.txt'), { force: true })
  const complaint = await install()
  const electron = findInstalled()
  return electron ? { electron } : { why: `Electron could not be fetched (${complaint || 'it did not say why'}).` }
}

/** As `@electron/get` puts it together, which does not export it. */
function addressOf(version: string): string {
  const base = setting('mirror') ?? 'https://github.com/electron/electron/releases/download/'
  const part = setting('custom_dir')?.replace('{{ version }}', version) ?? `v${version}`
  const file = setting('custom_filename') ?? `electron-v${version}-${process.platform}-${process.arch}.zip`
  return `${base}${part}/${file}`
}

const setting = (name: string) =>
  process.env[`npm_config_electron_${name}`] || process.env[`ELECTRON_${name.toUpperCase()}`] || undefined

const hostOf = (address: string) => (URL.canParse(address) ? new URL(address).host : address)

/** Progress goes to the error stream. @returns the first line of what it complained of. */
function install(): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'scripts/fetch-electron.ts'), join(folder, 'install.js')], {
      stdio: ['ignore', 2, 'pipe'],
      // Ours shows from the first second on.
      env: { ...process.env, ELECTRON_GET_NO_PROGRESS: '1' },
    })
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text))
    child.on('error', reject)
    child.on('close', () => resolve(complaint.trim().split('\n')[0] ?? ''))
  })
}
