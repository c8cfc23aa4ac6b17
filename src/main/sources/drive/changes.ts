import type { ListedChanges, ListedFile, ListedFolder } from '../port.ts'
import { folderVerdict } from '../verdicts.ts'
import { type ChangesCursor, decodeChangesCursor, encodeChangesCursor } from './changes-cursor.ts'
import type { ChangesAnswer, DriveChange, DriveClient, DriveFile } from './client.ts'
import { isFault } from './faults.ts'
import { joinPath, parseRoot } from './ids.ts'
import { isFolder, isFolderShortcut, listedFile } from './listed-file.ts'

type Known = (sourceId: string) => { parentId: string; name: string } | null

/** Folders a path may have. */
const levelsMax = 110

const listWhole: ListedChanges = {
  files: [],
  gone: [],
  folders: [],
  cursor: null,
  changesFrom: null,
  mustListWhole: true,
}

/** One page of changes. A folder that was moved carries everything below it along without a word: then all is listed. */
export async function listChanges(
  client: DriveClient,
  rootName: string,
  cursor: string,
  known: Known,
): Promise<ListedChanges> {
  const root = parseRoot(rootName)
  const from = decodeChangesCursor(cursor)
  const answer = await client.changes(root, from.token, from.driveId).catch(cause => {
    if (isFault(cause, 'page-token')) return null
    throw cause
  })
  if (answer === null) return listWhole
  const changes = lastOfEach(answer.changes)
  const page = new ChangesPage(root.folderId, from, known)
  if (!page.takeFolders(changes)) return listWhole
  const { placed, gone, strangers } = page.placeFiles(changes)
  const files = await Promise.all(
    placed.map(({ file, folderPath }): Promise<ListedFile> => listedFile(client, root, folderPath, file)),
  )
  return { files, gone, folders: page.folders, ...whereNext(from, answer, strangers), mustListWhole: false }
}

function whereNext(from: ChangesCursor, answer: ChangesAnswer, strangers: string[]) {
  const { nextPageToken, start } = answer
  if (nextPageToken === null) {
    return { cursor: null, changesFrom: encodeChangesCursor({ ...start, driveId: from.driveId }) }
  }
  const all = [...new Set([...(from.strangers ?? []), ...strangers])]
  return { cursor: encodeChangesCursor({ ...from, token: nextPageToken, strangers: all }), changesFrom: null }
}

/** A file may be there more than once: its last change says how it is now. Changes of drives themselves are none of files. */
function lastOfEach(changes: DriveChange[]): DriveChange[] {
  const ofFiles = changes.filter(({ changeType, fileId }) => changeType === 'file' && fileId)
  return [...new Map(ofFiles.map(change => [change.fileId, change])).values()]
}

class ChangesPage {
  readonly #rootId: string
  readonly #from: ChangesCursor
  readonly #known: Known
  readonly #new = new Map<string, ListedFolder>()

  constructor(rootId: string, from: ChangesCursor, known: Known) {
    this.#rootId = rootId
    this.#from = from
    this.#known = known
  }

  get folders(): ListedFolder[] {
    return [...this.#new.values()]
  }

  /** @returns whether changes alone can tell what became of the files. */
  takeFolders(changes: DriveChange[]): boolean {
    const fresh: DriveFile[] = []
    for (const { fileId, file, removed } of changes) {
      const id = fileId ?? ''
      const isGone = removed || !file || file.trashed
      if (id === this.#rootId) {
        if (isGone) return false
        continue
      }
      const before = this.#known(id)
      if (before && (isGone || !file.parents?.includes(before.parentId) || file.name !== before.name)) return false
      if (!before && file && isFolder(file) && !isGone) fresh.push(file)
    }
    return this.#takeFresh(fresh) && !changes.some(({ file }) => file && this.#isShortcutInside(file))
  }

  /** What it brings, or takes away, is not among the changes. */
  #isShortcutInside(file: DriveFile): boolean {
    return isFolderShortcut(file) && this.#pathOf(this.#parentOf(file)) !== null
  }

  /** Their order is that of their last change, so a folder may come before the one it is in. */
  #takeFresh(fresh: DriveFile[]): boolean {
    let left = fresh
    for (;;) {
      const inside = left.filter(folder => this.#pathOf(this.#parentOf(folder)) !== null)
      if (inside.length === 0) return true
      for (const folder of inside) {
        if (!this.#isNew(folder)) return false
        if (folderVerdict(folder.name ?? '') === null) this.#add(folder)
      }
      left = left.filter(folder => !inside.includes(folder))
    }
  }

  /** Made since: whatever is in it came into it since, and is a change of its own. */
  #isNew(folder: DriveFile): boolean {
    const isStranger = this.#from.strangers?.includes(folder.id ?? '')
    return !isStranger && Date.parse(folder.createdTime ?? '') > this.#from.sinceMs
  }

  #add(folder: DriveFile): void {
    const sourceId = folder.id ?? ''
    this.#new.set(sourceId, { sourceId, parentId: this.#parentOf(folder), name: folder.name ?? '' })
  }

  placeFiles(changes: DriveChange[]) {
    const placed: { file: DriveFile; folderPath: string }[] = []
    const gone: string[] = []
    const strangers: string[] = []
    for (const { fileId, file, removed } of changes) {
      const id = fileId ?? ''
      if (file && isFolder(file)) continue
      if (removed || !file || file.trashed) {
        gone.push(id)
        continue
      }
      const folderPath = this.#pathOf(this.#parentOf(file))
      if (folderPath !== null) placed.push({ file, folderPath })
      else {
        gone.push(id)
        strangers.push(...(file.parents ?? []))
      }
    }
    return { placed, gone, strangers }
  }

  #parentOf(file: DriveFile): string {
    return file.parents?.find(parent => this.#pathOf(parent) !== null) ?? ''
  }

  /** Below the root, '' for the root itself; null when it is not inside. */
  #pathOf(folderId: string): string | null {
    const names: string[] = []
    for (let id = folderId; id !== this.#rootId; ) {
      const folder = this.#new.get(id) ?? this.#known(id)
      if (!folder || names.length > levelsMax) return null
      names.unshift(folder.name)
      id = folder.parentId
    }
    return names.reduce(joinPath, '')
  }
}
