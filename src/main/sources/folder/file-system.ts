import type { BigIntStats, Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { encodeName, encodeValidName, type NativePath } from './names.ts'

type EntryKind = 'file' | 'folder' | 'link' | 'other'

export interface FolderEntry {
  /** As in a `sourceId`. */
  name: string
  kind: EntryKind
}

export interface EntryStat {
  kind: EntryKind
  sizeBytes: number
  /** Milliseconds since 1970 with their fraction: about a quarter of a microsecond is the finest a double tells apart. */
  modifiedMs: number
  /** 512-byte blocks on the disk. */
  blocks: number
  device: bigint
  /** Device and inode: two paths with the same one are the same file. Null on file systems without inode numbers. */
  identity: string | null
}

/** All that listing a folder asks of the disk. Injected, so that tests can count it and make it fail. */
export interface FolderFileSystem {
  readFolder(path: NativePath): Promise<FolderEntry[]>
  lstat(path: NativePath): Promise<EntryStat>
}

export const nodeFileSystem: FolderFileSystem = {
  async readFolder(path) {
    const entries = await readdir(path, { withFileTypes: true })
    // U+FFFD stands where the bytes were no Unicode (or is really there): only the bytes can tell, and they cost more.
    if (entries.some(entry => entry.name.includes('\uFFFD'))) {
      const raw = await readdir(path, { withFileTypes: true, encoding: 'buffer' })
      return raw.map(entry => ({ name: encodeName(entry.name), kind: kindOf(entry) }))
    }
    return entries.map(entry => ({ name: encodeValidName(entry.name), kind: kindOf(entry) }))
  },
  async lstat(path) {
    return entryStat(await lstat(path, { bigint: true }))
  },
}

export function entryStat(stats: BigIntStats): EntryStat {
  return {
    kind: kindOf(stats),
    sizeBytes: Number(stats.size),
    modifiedMs: Number(stats.mtimeNs) / 1e6,
    blocks: Number(stats.blocks),
    device: stats.dev,
    identity: stats.ino === 0n ? null : `${stats.dev}:${stats.ino}`,
  }
}

function kindOf(entry: Dirent | Dirent<Buffer> | BigIntStats): EntryKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}
