import { SourceUnavailable } from '../port.ts'
import { folderVerdict, type Verdict } from '../verdicts.ts'
import { isGone, isShortage } from './errors.ts'
import type { EntryStat, FolderEntry, FolderFileSystem } from './file-system.ts'
import { joinName, type NativePath } from './names.ts'
import { assertRootThere, unavailable } from './root.ts'

/** What a walk comes across: a file still to be looked at, or a folder that is not looked into. */
export interface Found {
  sourceId: string
  name: string
  path: NativePath
  /** Where the walk had to know it already. */
  stat?: EntryStat
  folderVerdict?: Verdict
}

interface Frame {
  sourceId: string
  path: NativePath
  identity: string | null
  entries: FolderEntry[]
  next: number
  /** Names of a cursor from here on down: what comes before them was listed in an earlier page. */
  after: string[]
}

/**
 * Depth first, names of a folder in the order of their UTF-16 code units: an order that depends on nothing but the
 * names, so that a path is enough to go on from. Holds the names of the folders on the way down and nothing else.
 */
export class FolderWalk {
  readonly #fileSystem: FolderFileSystem
  readonly #root: string
  readonly #skipped: ReadonlySet<NativePath>
  #rootStat: EntryStat | undefined
  readonly #frames: Frame[] = []

  private constructor(fileSystem: FolderFileSystem, root: string, skippedFolders: ReadonlySet<NativePath>) {
    this.#fileSystem = fileSystem
    this.#root = root
    this.#skipped = skippedFolders
  }

  /** @throws {SourceUnavailable} */
  static async begin(
    fileSystem: FolderFileSystem,
    root: string,
    skippedFolders: ReadonlySet<NativePath>,
    cursor: string | null,
  ): Promise<FolderWalk> {
    const walk = new FolderWalk(fileSystem, root, skippedFolders)
    walk.#rootStat = await assertRootThere(fileSystem, root)
    const refused = await walk.#enter({ sourceId: '', path: root }, cursor === null ? [] : cursor.split('/'))
    if (refused || walk.#frames.length === 0) throw new SourceUnavailable(unavailable(root))
    return walk
  }

  /** @throws {SourceUnavailable} when the root is gone: then nothing is known of what was not yet listed. */
  async assertRootThere(): Promise<void> {
    await assertRootThere(this.#fileSystem, this.#root, this.#rootStat)
  }

  /** Null at the end. */
  async next(): Promise<Found | null> {
    for (;;) {
      const frame = this.#frames.at(-1)
      if (!frame) {
        await this.assertRootThere()
        return null
      }
      const entry = frame.entries[frame.next++]
      if (!entry) {
        this.#frames.pop()
        continue
      }
      const found = await this.#take(frame, entry)
      if (found) return found
    }
  }

  async #take(frame: Frame, entry: FolderEntry): Promise<Found | null> {
    const wasListed = frame.after[0] === entry.name
    const found: Found = {
      sourceId: frame.sourceId === '' ? entry.name : `${frame.sourceId}/${entry.name}`,
      name: entry.name,
      path: joinName(frame.path, entry.name),
    }
    if (await this.#isFolder(entry, found)) {
      const verdict =
        verdictByName(found.path, found.name, this.#skipped) ??
        (await this.#enter(found, wasListed ? frame.after.slice(1) : []))
      if (!verdict) return null
      found.folderVerdict = verdict
    }
    return wasListed ? null : found
  }

  async #isFolder(entry: FolderEntry, found: Found): Promise<boolean> {
    if (entry.kind === 'file' || entry.kind === 'folder') return entry.kind === 'folder'
    // Windows lists what OneDrive and its like keep online as links; only `lstat` tells them from real ones.
    try {
      found.stat = await this.#fileSystem.lstat(found.path)
    } catch {
      return false
    }
    return found.stat.kind === 'folder'
  }

  /** Goes down into a folder, past the names in `after`; answers why not where that is worth an entry. */
  async #enter(folder: { sourceId: string; path: NativePath }, after: string[]): Promise<Verdict | null> {
    try {
      const before = await this.#fileSystem.lstat(folder.path)
      if (before.kind !== 'folder') return null
      // A folder mounted again below itself: the link nobody can see.
      if (before.identity !== null && this.#frames.some(frame => frame.identity === before.identity)) {
        return { outcome: 'skipped', code: 'link' }
      }
      const entries = await this.#fileSystem.readFolder(folder.path)
      // Swapped for a link in between: what was read is from elsewhere.
      const now = await this.#fileSystem.lstat(folder.path)
      if (now.kind !== 'folder' || now.identity !== before.identity) return null
      this.#frames.push({
        ...folder,
        identity: before.identity,
        after,
        entries: sortedFrom(entries, after[0]),
        next: 0,
      })
      return null
    } catch (cause) {
      await this.assertRootThere()
      if (isShortage(cause)) throw cause
      return isGone(cause) ? null : { outcome: 'failed', code: 'folder-unreadable' }
    }
  }
}

/** Why a folder below the root is not looked into, judged by its name and place; null when it is. */
export function verdictByName(path: NativePath, name: string, skipped: ReadonlySet<NativePath>): Verdict | null {
  return skipped.has(path) ? { outcome: 'skipped', code: 'system-file' } : folderVerdict(name)
}

function sortedFrom(entries: FolderEntry[], first: string | undefined): FolderEntry[] {
  const left = first === undefined ? entries : entries.filter(entry => entry.name >= first)
  return left.sort((a, b) => (a.name < b.name ? -1 : 1))
}
