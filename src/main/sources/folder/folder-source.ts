import type { ListedFile, ListedPage, MediaSource } from '../port.ts'
import { isGone, isShortage } from './errors.ts'
import { type FolderFileSystem, nodeFileSystem } from './file-system.ts'
import { mapInFlight } from './in-flight.ts'
import { joinName, type NativePath, printableName, printablePath, resolveInside } from './names.ts'
import { openFile } from './open-file.ts'
import { createPlaceholderTest } from './placeholders.ts'
import { assertRootThere, resolveRoot } from './root.ts'
import { fileVerdict } from './verdicts.ts'
import { FolderWalk, type Found, verdictByName } from './walk.ts'

export interface FolderSourceOptions {
  /** Canonical absolute paths that are never looked into: the library itself, where it lies in an imported folder. */
  skippedFolders?: string[]
  fileSystem?: FolderFileSystem
  platform?: NodeJS.Platform
}

/** How many walks stay open between two pages. Each holds the names of the folders on its way down. */
const openWalksMax = 4

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

  /** @returns null where nothing is. */
  async function look(found: Found, assertRoot: () => Promise<unknown>): Promise<ListedFile | null> {
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
      await assertRoot()
      if (isShortage(cause)) throw cause
      if (isGone(cause)) return null
      if (found.folderVerdict) return { ...names, ...nothingKnown, verdict: found.folderVerdict, isFolder: true }
      return { ...names, ...nothingKnown, verdict: { outcome: 'failed', code: 'unreadable' } }
    }
  }

  /** A listing of the whole root comes by here: no link is on the way, and nothing that is not looked into. */
  async function isOnTheWay(root: string, sourceId: string): Promise<boolean> {
    let path: NativePath = root
    for (const name of sourceId.split('/').slice(0, -1)) {
      path = joinName(path, name)
      if (verdictByName(path, name, skippedFolders)) return false
      const stat = await fileSystem.lstat(path).catch(() => null)
      if (stat && stat.kind !== 'folder') return false
    }
    return true
  }

  async function lookAtChosen(root: string, sourceId: string, assertRoot: () => Promise<unknown>): Promise<ListedFile> {
    const name = sourceId.slice(sourceId.lastIndexOf('/') + 1)
    const found = { sourceId, name, path: resolveInside(root, sourceId, platform) }
    const file = (await isOnTheWay(root, sourceId)) ? await look(found, assertRoot) : null
    if (file) return file
    await assertRoot()
    const names = { sourceId, path: printablePath(sourceId), filename: printableName(name) }
    return { ...names, ...nothingKnown, verdict: { outcome: 'failed', code: 'vanished' }, isAbsent: true }
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
        const looked = await mapInFlight(batch, found => look(found, () => walk.assertRootThere()))
        // What went between its folder's list and its turn was never found.
        files.push(...looked.filter(file => file !== null))
      }
      if (last) keepWalk(root, last.sourceId, walk)
      return { files, cursor: last?.sourceId ?? cursor }
    },
    async listChosen(root, sourceIds) {
      const before = await assertRootThere(fileSystem, root)
      const assertRoot = () => assertRootThere(fileSystem, root, before)
      return mapInFlight(sourceIds, sourceId => lookAtChosen(root, sourceId, assertRoot))
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
