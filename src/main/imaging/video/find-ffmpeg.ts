import { statSync } from 'node:fs'
import { posix, win32 } from 'node:path'

/** Where package managers put it; a program started from a desktop is often not told of these. */
const usualFolders = ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin', '/snap/bin']

/**
 * The FFmpeg of this computer, absolute; null where there is none. BURG_INK_FFMPEG goes first, and one that names nothing is not
 * replaced by another.
 */
export function findFfmpeg(
  env: Record<string, string | undefined> = process.env,
  platform: NodeJS.Platform = process.platform,
  isFile: (path: string) => boolean = isRegularFile,
): string | null {
  const wanted = env.BURG_INK_FFMPEG
  const { isAbsolute, join, delimiter } = platform === 'win32' ? win32 : posix
  if (wanted) return isAbsolute(wanted) && isFile(wanted) ? wanted : null
  const name = platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  // A folder named relative to wherever the program was started may hold anybody's program.
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(folder => isAbsolute(folder))
  const all = platform === 'win32' ? folders : [...folders, ...usualFolders]
  return all.map(folder => join(folder, name)).find(path => isFile(path)) ?? null
}

function isRegularFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
