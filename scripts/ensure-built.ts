import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, inSeconds, root, run } from './steps.ts'

const inputs = [
  'src',
  'resources/icon.svg',
  'scripts/icons.ts',
  'scripts/licences.ts',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

const iconScript = join(root, 'scripts/icons.ts')

/** Written with the time at which the last good build began, so that a file saved during it counts as newer. */
const stampOf = (tree: string) => join(tree, 'out/.built')

/** Newest change of a file, or of anything in a folder; a folder's own time tells of removed files. */
function newestChangeMs(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChangeMs(join(path, name))), found.mtimeMs)
}

/** What is in `out/` is not for everybody any more: the next start builds anew. */
export const forgetBuild = () => rmSync(stampOf(root), { force: true })

export function isBuildStale(tree: string): boolean {
  const builtMs = statSync(stampOf(tree), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return inputs.some(input => newestChangeMs(join(tree, input)) > builtMs)
}

/** Builds all, silently unless it fails. Everything is said on the error stream: output belongs to the command built for. */
export async function build(): Promise<boolean> {
  forgetBuild()
  const began = new Date()
  const bundler = [commandOf('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']
  const finished = await Promise.all([run(process.execPath, bundler), run(process.execPath, [iconScript])])
  const failed = finished.find(({ exitCode }) => exitCode !== 0)
  if (failed) {
    // Where in the bundler it failed helps nobody here.
    console.error(`${failed.output.replaceAll(/^ +at .*\n/gm, '').trim()}\nThe build failed: see above.`)
    return false
  }
  writeFileSync(stampOf(root), `${began.toISOString()}\n`)
  utimesSync(stampOf(root), began, began)
  console.error(`Built in ${inSeconds(Date.now() - began.getTime())}.`)
  return true
}

/** Builds when `out/` is older than what it is made of, and ends this process where that fails. */
export async function ensureBuilt(): Promise<void> {
  if (isBuildStale(root) && !(await build())) process.exit(1)
}
