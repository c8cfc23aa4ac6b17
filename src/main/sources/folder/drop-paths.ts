import { posix, win32 } from 'node:path'
import { folderVerdict } from '../verdicts.ts'

/** Rules of paths by the text alone, as each system has them. */
export const pathsOf = (platform: NodeJS.Platform) => (platform === 'win32' ? win32 : posix)

/** `C:\` or `\\server\share\`. A drive without a slash, a slash without a drive and `\\.\` name other things. */
const windowsRoot = /^([a-z]:[\\/]|[\\/]{2}[^\\/.][^\\/]*[\\/])/i

/**
 * A full path in its shortest form, without a slash at its end.
 * @returns null when it is none: it is relative, or no path at all.
 */
export function fullPath(path: string, platform: NodeJS.Platform): string | null {
  if (path.includes('\0')) return null
  if (platform !== 'win32') return path.startsWith('/') ? posix.resolve(path) : null
  if (!windowsRoot.test(path)) return null
  const full = win32.resolve(path)
  // A colon after the drive's names a second stream of a file.
  return full.indexOf(':', 2) === -1 ? full : null
}

/** Whether `path` is `folder` or in it. */
export function isWithin(folder: string, path: string, platform: NodeJS.Platform): boolean {
  return namesBelow(folder, path, platform) !== null
}

/** The names on the way from one folder down to another; none where they are the same, null where it is not below. */
export function namesBelow(folder: string, path: string, platform: NodeJS.Platform): string[] | null {
  const { relative, isAbsolute, sep } = pathsOf(platform)
  const way = relative(folder, path)
  if (way === '') return []
  const names = way.split(sep)
  return names[0] === '..' || isAbsolute(way) ? null : names
}

/** The folder and those above it, nearest first, up to the root of the disk. */
export function upwards(folder: string, platform: NodeJS.Platform): string[] {
  const { dirname } = pathsOf(platform)
  const above = [folder]
  for (let next = dirname(folder); next !== above.at(-1); next = dirname(next)) above.push(next)
  return above
}

/** Whether a listing of `root` looks into `folder`, by the names on the way. */
export function isReachedFrom(root: string, folder: string, platform: NodeJS.Platform): boolean {
  return namesBelow(root, folder, platform)?.every(name => folderVerdict(name) === null) ?? false
}

/** Equal for names that some file systems take for the same: composed or decomposed, in capitals or not. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
