import { opendir, realpath, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type ResolvedRoot, SourceUnavailable } from '../port.ts'
import { errorCode } from './errors.ts'
import type { EntryStat, FolderFileSystem } from './file-system.ts'

export async function resolveRoot(root: string): Promise<ResolvedRoot> {
  if (root === '') throw new SourceUnavailable('No folder was named.')
  const path = resolve(root)
  try {
    const canonical = await realpath(path)
    await (await opendir(canonical)).close()
    // Not the device: its number differs from one connecting of a disk to the next.
    const { ino } = await stat(canonical, { bigint: true })
    return { root: canonical, name: basename(canonical) || canonical, identity: String(ino) }
  } catch (cause) {
    throw new SourceUnavailable(sentenceFor(cause, path), { cause })
  }
}

function sentenceFor(cause: unknown, path: string): string {
  switch (errorCode(cause)) {
    case 'ENOENT':
      return `There is no folder at ${path}. If it is on another disk, connect the disk first.`
    case 'ENOTDIR':
      return `${path} is a file, not a folder. Choose the folder it is in.`
    case 'EACCES':
    case 'EPERM':
      return `The folder ${path} may not be read. Check its permissions.`
    default:
      return `The folder ${path} cannot be read (${errorCode(cause) ?? 'unknown error'}).`
  }
}

/**
 * Tells a folder that is gone from a disk that is gone. `before` is what the root was when the walk began: another
 * device or inode in its place means the disk was taken away and an empty mount point was left.
 * @throws {SourceUnavailable}
 */
export async function assertRootThere(
  fileSystem: FolderFileSystem,
  root: string,
  before?: EntryStat,
): Promise<EntryStat> {
  let now: EntryStat
  try {
    now = await fileSystem.lstat(root)
  } catch (cause) {
    throw new SourceUnavailable(unavailable(root), { cause })
  }
  if (now.kind !== 'folder' || (before && before.identity !== now.identity)) {
    throw new SourceUnavailable(unavailable(root))
  }
  return now
}

/**
 * A disk that was taken away may leave its mount point, where nothing is any more.
 * @throws {SourceUnavailable}
 */
export async function assertNotEmpty(root: string): Promise<void> {
  const folder = await opendir(root)
  try {
    if ((await folder.read()) === null) throw new SourceUnavailable(unavailable(root))
  } finally {
    await folder.close()
  }
}

export function unavailable(root: string): string {
  return `The folder ${root} is not there any more. If it is on another disk, connect the disk, then import again.`
}
