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
  /** Pages are shorter than what was asked for. */
  pageSizeMax: number
}

/** Where a list goes on: behind what was given out of it. Whatever comes and goes, what stays is given once. */
interface Given {
  of: string
  ids: string[]
}

/** Answers of lists, with tokens for their next pages. */
export class Lists {
  readonly habits: ListingHabits = { repeats: 0, isReversed: false, pageSizeMax: 1000 }
  readonly #world: DriveWorld
  readonly #tokens = new Map<string, Given>()

  constructor(world: DriveWorld) {
    this.#world = world
  }

  /** All that were given out. */
  expireTokens(): void {
    this.#tokens.clear()
  }

  files(parameters: Parameters): Record<string, unknown> {
    const found = this.#find(parameters)
    const { items, nextPageToken } = this.#page(found, parameters, file => file.id)
    const files = items.map(file => fileResource(this.#world, file))
    return { kind: 'drive#fileList', nextPageToken, incompleteSearch: false, files }
  }

  drives(parameters: Parameters): Record<string, unknown> {
    const { items, nextPageToken } = this.#page([...this.#world.drives], parameters, ([id]) => id)
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
    const pageSize = this.#pageSize(parameters)
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

  #page<T>(all: T[], parameters: Parameters, idOf: (item: T) => string) {
    const of = `${parameters.get('q')} ${parameters.get('driveId')}`
    const given = this.#given(of, parameters.get('pageToken'))
    const left = all.filter(item => !given.has(idOf(item)))
    const page = left.slice(0, this.#pageSize(parameters))
    const { repeats, isReversed } = this.habits
    const repeated = repeats === 0 ? [] : all.filter(item => given.has(idOf(item))).slice(-repeats)
    const items = [...repeated, ...page]
    const isLast = page.length === left.length
    const nextPageToken = isLast ? undefined : this.#tokenFor({ of, ids: [...given, ...page.map(idOf)] })
    return { items: isReversed ? items.reverse() : items, nextPageToken }
  }

  #given(of: string, token: string | null): Set<string> {
    if (token === null) return new Set()
    const given = this.#tokens.get(token)
    if (given?.of !== of) throw invalidPageToken()
    return new Set(given.ids)
  }

  #tokenFor(given: Given): string {
    const token = `~!!~${randomBytes(12).toString('base64url')}`
    this.#tokens.set(token, given)
    return token
  }

  #pageSize(parameters: Parameters): number {
    return Math.min(Number(parameters.get('pageSize') ?? 100), this.habits.pageSizeMax)
  }
}

function foldersFirst(a: WorldFile, b: WorldFile): number {
  const rank = (file: WorldFile) => (file.mimeType === folderType ? 0 : 1)
  return rank(a) - rank(b) || a.name.localeCompare(b.name, undefined, { numeric: true })
}
