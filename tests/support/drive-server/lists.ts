import { randomBytes } from 'node:crypto'
import { ApiError, fileNotFound, invalidPageToken } from './api-error.ts'
import { parseQuery } from './query.ts'
import { fileResource } from './resources.ts'
import { type DriveWorld, folderType, type WorldFile } from './world.ts'

type Parameters = URLSearchParams

/** How pages differ from what a program would hope for. */
export interface ListingHabits {
  /** Every page begins with so many entries of the one before. */
  repeats: number
  /** Entries of a page come in the opposite order. */
  isReversed: boolean
}

/** Answers of lists, with tokens for their next pages. */
export class Lists {
  readonly habits: ListingHabits = { repeats: 0, isReversed: false }
  readonly #world: DriveWorld
  readonly #tokens = new Map<string, { of: string; offset: number }>()

  constructor(world: DriveWorld) {
    this.#world = world
  }

  /** All that were given out. */
  expireTokens(): void {
    this.#tokens.clear()
  }

  files(parameters: Parameters): Record<string, unknown> {
    const found = this.#find(parameters)
    const { items, nextPageToken } = this.#page(found, parameters)
    const files = items.map(file => fileResource(this.#world, file))
    return { kind: 'drive#fileList', nextPageToken, incompleteSearch: false, files }
  }

  drives(parameters: Parameters): Record<string, unknown> {
    const { items, nextPageToken } = this.#page([...this.#world.drives], parameters)
    return {
      kind: 'drive#driveList',
      nextPageToken,
      drives: items.map(([id, name]) => ({ kind: 'drive#drive', id, name })),
    }
  }

  changes(parameters: Parameters): Record<string, unknown> {
    const from = Number(parameters.get('pageToken') ?? '')
    if (!Number.isInteger(from) || from < 1 || from > this.#world.nextSeq) throw invalidPageToken()
    const driveId = parameters.get('driveId')
    const pageSize = Number(parameters.get('pageSize') ?? 100)
    const since = [...this.#world.changes].filter(([id, { seq }]) => seq >= from && this.#isOf(id, driveId))
    const page = since.slice(0, pageSize)
    const after = since[pageSize]?.[1].seq
    return {
      kind: 'drive#changeList',
      ...(after === undefined ? { newStartPageToken: String(this.#world.nextSeq) } : { nextPageToken: String(after) }),
      changes: page.map(([fileId, { isRemoved }]) => this.#change(fileId, isRemoved)),
    }
  }

  #change(fileId: string, isRemoved: boolean): Record<string, unknown> {
    const file = this.#world.files.get(fileId)
    const removed = isRemoved || !file
    const what = removed ? {} : { file: fileResource(this.#world, file) }
    return { kind: 'drive#change', changeType: 'file', time: new Date().toISOString(), removed, fileId, ...what }
  }

  /** Changes of a shared drive are its own; without one, all are told. */
  #isOf(fileId: string, driveId: string | null): boolean {
    return driveId === null || (this.#world.files.get(fileId)?.driveId ?? driveId) === driveId
  }

  #find(parameters: Parameters): WorldFile[] {
    const driveId = parameters.get('driveId')
    if ((parameters.get('corpora') === 'drive') !== (driveId !== null)) {
      throw new ApiError(400, 'invalid', 'driveId and corpora=drive go together.', 'corpora')
    }
    const { test, parents } = parseQuery(this.#world, parameters.get('q') ?? '')
    for (const id of parents ?? []) if (!this.#world.files.has(id)) throw fileNotFound('')
    const candidates = parents ? new Set(parents.flatMap(id => this.#world.childrenOf(id))) : this.#world.files.values()
    const withDrives =
      parameters.get('includeItemsFromAllDrives') === 'true' && parameters.get('supportsAllDrives') === 'true'
    const found = [...candidates].filter(file => (withDrives || file.driveId === undefined) && test(file))
    const ofDrive = driveId === null ? found : found.filter(file => file.driveId === driveId)
    return parameters.get('orderBy') === 'folder,name_natural' ? ofDrive.sort(foldersFirst) : ofDrive
  }

  #page<T>(all: T[], parameters: Parameters): { items: T[]; nextPageToken: string | undefined } {
    const of = `${parameters.get('q')} ${parameters.get('driveId')}`
    const token = parameters.get('pageToken')
    const from = token === null ? { of, offset: 0 } : this.#tokens.get(token)
    if (from?.of !== of) throw invalidPageToken()
    const end = from.offset + Number(parameters.get('pageSize') ?? 100)
    const items = all.slice(Math.max(0, from.offset - this.habits.repeats), end)
    const nextPageToken = end < all.length ? `~!!~${randomBytes(12).toString('base64url')}` : undefined
    if (nextPageToken !== undefined) this.#tokens.set(nextPageToken, { of, offset: end })
    return { items: this.habits.isReversed ? items.reverse() : items, nextPageToken }
  }
}

function foldersFirst(a: WorldFile, b: WorldFile): number {
  const rank = (file: WorldFile) => (file.mimeType === folderType ? 0 : 1)
  return rank(a) - rank(b) || a.name.localeCompare(b.name, undefined, { numeric: true })
}
