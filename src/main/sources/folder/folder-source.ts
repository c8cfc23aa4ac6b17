import type { ListedFile, ListedPage, MediaSource } from '../port.ts'
import { isGone, isShortage } from './errors.ts'
import { type FolderFileSystem, nodeFileSystem } from './file-system.ts'
import { type NativePath, printableName, printablePath, resolveInside } from './names.ts'
import { openFile } from './open-file.ts'
import { createPlaceholderTest } from './placeholders.ts'
import { resolveRoot } from './root.ts'
import { fileVerdict } from './verdicts.ts'
import { FolderWalk, type Found } from './walk.ts'

export interface FolderSourceOptions {
  /** Canonical absolute paths that are never looked into: the library itself, where it lies in an imported folder. */
  skippedFolders?: string[]
  fileSystem?: FolderFileSystem
  platform?: NodeJS.Platform
}

/** How many walks stay open between two pages. Each holds the names of the folders on its way down. */
const openWalksMax = 4

/** Stats in flight for one page: the four threads of Node's pool and a little to keep them fed. */
const statsInFlight = 8

const nothingKnown = { sizeBytes: 0, modifiedMs: 0 }

/** Folders of this machine, read in place. */
export function createFolderSource(options: FolderSourceOptions = {}): MediaSource {
  const fileSystem = options.fileSystem ?? nodeFileSystem
  const platform = options.platform ?? process.platform
  const skippedFolders = new Set<NativePath>(options.skippedFolders)
  const isPlaceholder = createPlaceholderTest(platform, fileSystem)
  const openWalks = new Map<string, FolderWalk>()

  async function takeWalk(root: string, cursor: string | null): Promise<FolderWalk> {
    const key = `${root}\0${cursor}`
    const open = cursor === null ? undefined : openWalks.get(key)
    openWalks.delete(key)
    return open ?? FolderWalk.begin(fileSystem, root, skippedFolders, cursor)
  }

  function keepWalk(root: string, cursor: string, walk: FolderWalk): void {
    openWalks.set(`${root}\0${cursor}`, walk)
    const [oldest] = openWalks.keys()
    if (openWalks.size > openWalksMax && oldest !== undefined) openWalks.delete(oldest)
  }

  async function look(walk: FolderWalk, found: Found): Promise<ListedFile | null> {
    const names = {
      sourceId: found.sourceId,
      path: printablePath(found.sourceId),
      filename: printableName(found.name),
    }
    try {
      const stat = found.stat ?? (await fileSystem.lstat(found.path))
      const facts = { sizeBytes: stat.sizeBytes, modifiedMs: stat.modifiedMs }
      if (found.folderVerdict) return { ...names, ...facts, sizeBytes: 0, verdict: found.folderVerdict, isFolder: true }
      return { ...names, ...facts, verdict: fileVerdict(names.filename, stat, await isPlaceholder(stat)) }
    } catch (cause) {
      await walk.assertRootThere()
      if (isShortage(cause)) throw cause
      // Gone between its folder's list and its turn: never found.
      if (isGone(cause)) return null
      if (found.folderVerdict) return { ...names, ...nothingKnown, verdict: found.folderVerdict, isFolder: true }
      return { ...names, ...nothingKnown, verdict: { outcome: 'failed', code: 'unreadable' } }
    }
  }

  return {
    kind: 'folder',
    isRemote: false,
    resolveRoot,
    async listPage(root, cursor, limit): Promise<ListedPage> {
      const walk = await takeWalk(root, cursor)
      const files: ListedFile[] = []
      let last: Found | null = null
      while (files.length < limit) {
        const batch = await gather(walk, limit - files.length)
        if (batch.length === 0) return { files, cursor: null }
        last = batch.at(-1) ?? null
        const looked = await mapInFlight(batch, statsInFlight, found => look(walk, found))
        files.push(...looked.filter(file => file !== null))
      }
      if (last) keepWalk(root, last.sourceId, walk)
      return { files, cursor: last?.sourceId ?? cursor }
    },
    open: async (root, sourceId, { fromByte = 0 } = {}) =>
      openFile(fileSystem, root, resolveInside(root, sourceId, platform), fromByte),
    localPath(root, sourceId) {
      const path = resolveInside(root, sourceId, platform)
      return typeof path === 'string' ? path : null
    },
  }
}

async function gather(walk: FolderWalk, count: number): Promise<Found[]> {
  const batch: Found[] = []
  while (batch.length < count) {
    const found = await walk.next()
    if (!found) break
    batch.push(found)
  }
  return batch
}

async function mapInFlight<T, R>(items: T[], inFlight: number, map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  const entries = items.entries()
  const work = async () => {
    for (const [index, item] of entries) results[index] = await map(item)
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return results
}
