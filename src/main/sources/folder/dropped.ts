import { realpath, stat } from 'node:fs/promises'
import { reasons } from '../../../shared/outcomes.ts'
import { FileRefused } from '../port.ts'
import { type DropGroups, type Dropped, groupDropped } from './drop-groups.ts'
import { foldName, fullPath, isReachedFrom, isWithin, namesBelow, pathsOf, upwards } from './drop-paths.ts'
import { errorCode, isGone } from './errors.ts'
import { type EntryStat, type FolderFileSystem, nodeFileSystem } from './file-system.ts'
import { mapInFlight } from './in-flight.ts'
import { encodeValidName, joinName, printableName, resolveInside } from './names.ts'
import { createPlaceholderTest } from './placeholders.ts'
import { fileVerdict } from './verdicts.ts'

export interface DropOptions {
  /** Canonical paths of which nothing is imported: the library itself. */
  skippedFolders?: string[]
  fileSystem?: FolderFileSystem
  platform?: NodeJS.Platform
}

const notAPath = 'This is not the full path of a file or folder.'
const ownFolder = 'It is in the library itself, which holds what was imported. Choose the picture where it came from.'

class Refused extends Error {}

/**
 * Says of each path what is to be imported, without reading any file.
 * @param roots of the folders that were imported before.
 */
export async function sortDropped(
  dropped: readonly string[],
  roots: readonly string[],
  options: DropOptions = {},
): Promise<DropGroups> {
  const judged = await mapInFlight([...new Set(dropped)], createJudge(roots, options))
  return groupDropped(judged, options.platform ?? process.platform)
}

/** Remembers the folders it has looked into: one for each drop. */
function createJudge(roots: readonly string[], options: DropOptions): (path: string) => Promise<Dropped> {
  const { skippedFolders = [], fileSystem = nodeFileSystem, platform = process.platform } = options
  const { basename, dirname } = pathsOf(platform)
  const isPlaceholder = createPlaceholderTest(platform, fileSystem)
  const rootsByFold = Map.groupBy(roots, foldName)

  const namesIn = remember(async (folder: string) => {
    const entries = await fileSystem.readFolder(folder)
    return new Set(entries.map(entry => entry.name))
  })

  /** The nearest imported folder whose listing comes by `folder`; `at` is its path as the disk has it now. */
  const placeOf = remember(async (folder: string): Promise<{ root: string; at: string }> => {
    for (const at of upwards(folder, platform)) {
      if (!isReachedFrom(at, folder, platform)) continue
      for (const root of rootsByFold.get(foldName(at)) ?? []) if (await isSameFolder(root, at)) return { root, at }
    }
    return { root: folder, at: folder }
  })

  async function isSameFolder(one: string, other: string): Promise<boolean> {
    if (one === other) return true
    const found = await fileSystem.lstat(one).catch(() => null)
    return found !== null && isSameEntry(found, other)
  }

  async function isSameEntry({ identity }: EntryStat, path: string | Buffer): Promise<boolean> {
    const other = await fileSystem.lstat(path).catch(() => null)
    return identity !== null && other?.identity === identity
  }

  /** A name as a listing has it. A path may write it in another form, where the file system takes both for one. */
  async function listedName(folder: string, name: string): Promise<string> {
    const names = await namesIn(folder)
    const encoded = encodeValidName(name)
    if (names.has(encoded)) return encoded
    const found = await fileSystem.lstat(joinName(folder, encoded) as string)
    for (const other of names) {
      const isAlike = foldName(printableName(other)) === foldName(name)
      if (isAlike && (await isSameEntry(found, joinName(folder, other)))) return other
    }
    throw new Refused(`The folder ${folder} does not list it. Import the folder instead.`)
  }

  async function sourceIdOf(at: string, folder: string, name: string): Promise<string> {
    const names: string[] = []
    let way = at
    for (const each of [...(namesBelow(at, folder, platform) ?? []), name]) {
      names.push(await listedName(way, each))
      way = joinName(way, encodeValidName(each)) as string
    }
    return names.join('/')
  }

  function refuseOwn(path: string): void {
    if (skippedFolders.some(folder => isWithin(folder, path, platform))) throw new Refused(ownFolder)
  }

  async function judgeFile(path: string, full: string, found: EntryStat): Promise<Dropped> {
    const verdict = fileVerdict(basename(full), found, await isPlaceholder(found))
    if (verdict?.outcome === 'skipped') throw new Refused(reasons[verdict.code])
    const real = await realpath(full)
    const folder = dirname(real)
    refuseOwn(folder)
    const { root, at } = await placeOf(folder)
    const sourceId = await sourceIdOf(at, folder, basename(real))
    resolveInside(root, sourceId, platform)
    return { kind: 'file', path, folder, root, sourceId }
  }

  async function judgeFolder(path: string, full: string): Promise<Dropped> {
    const root = await realpath(full)
    refuseOwn(root)
    return { kind: 'folder', path, root }
  }

  return async path => {
    const full = fullPath(path, platform)
    if (full === null) return { kind: 'refused', path, reason: notAPath }
    try {
      const found = await fileSystem.lstat(full)
      const isFolder = found.kind === 'folder' || (found.kind === 'link' && (await leadsToFolder(full)))
      return isFolder ? await judgeFolder(path, full) : await judgeFile(path, full, found)
    } catch (cause) {
      return { kind: 'refused', path, reason: sentenceFor(cause, full) }
    }
  }
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

function remember<T>(find: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const found = new Map<string, Promise<T>>()
  return path => {
    const before = found.get(path) ?? find(path)
    found.set(path, before)
    return before
  }
}

function sentenceFor(cause: unknown, path: string): string {
  if (cause instanceof Refused || cause instanceof FileRefused) return cause.message
  if (isGone(cause)) return notThere(path)
  const code = errorCode(cause)
  if (code === 'EACCES' || code === 'EPERM') return 'It may not be read. Check its permissions, then try again.'
  return `It cannot be read (${code ?? 'unknown error'}).`
}

/** U+FFFD stands for what was no Unicode: the file is there, but its path cannot be written. */
function notThere(path: string): string {
  return path.includes('\uFFFD')
    ? 'Its name is not Unicode and cannot be passed on. Import the folder it is in.'
    : 'It is not there. If it is on another disk, connect the disk first.'
}
