import type { MediaFilter, MediaGroup, MediaId, MediaSort, MediaTile, Output, Section } from '../../../lib/contract.ts'
import { asForeseen } from '../../../lib/marks.ts'
import type { Transport } from '../../../lib/transport.ts'
import type { IndexRange } from './layout.ts'

export interface ListView {
  filter: MediaFilter
  sort: MediaSort
  group: MediaGroup
}

/**
 * `pages`: some tiles arrived or changed in place. `replaced`: the list is another one, with its tiles in view already
 * there. `waiting`: the app has a newer list, held back so that nothing jumps. `failed`: it cannot be had; see `error`.
 */
export type ListChange = 'pages' | 'replaced' | 'waiting' | 'failed'

type Index = Omit<Output<'media.index'>, 'shapes' | 'first'> & { shapes: Uint8Array | null }
type Pages = Map<number, readonly MediaTile[]>

export const pageSize = 200
/** 2,400 tiles: some screens in both directions. What is further away is dropped, so that the heap stays flat. */
const keptPages = 12
const retryAfterMs = 2000

/** The list the grid shows: its length, and tiles by index, fetched by the page where somebody looks. */
export class MediaList {
  view: ListView
  isLoaded = false
  /** Whether to ask for the proportions of all pictures. */
  wantsShapes: boolean
  error: unknown = null
  #call: Transport['call']
  #onChange: (change: ListChange) => void
  #index: Index = { total: 0, cursors: [], sections: [], shapes: null }
  #waiting: Index | null = null
  #pages: Pages = new Map()
  #requests = new Map<number, AbortController>()
  #wanted: IndexRange = { first: 0, end: pageSize }
  #turn = 0

  constructor(call: Transport['call'], view: ListView, onChange: (change: ListChange) => void, wantsShapes = false) {
    this.#call = call
    this.view = view
    this.wantsShapes = wantsShapes
    this.#onChange = onChange
  }

  get total(): number {
    return this.#index.total
  }

  get sections(): readonly Section[] {
    return this.#index.sections
  }

  /** A byte for each picture, see shared/shapes.ts; null where nobody asked for them. */
  get shapes(): Uint8Array | null {
    return this.#index.shapes
  }

  get hasWaiting(): boolean {
    return this.#waiting !== null
  }

  /** How many more there are in the list held back. */
  get waitingCount(): number {
    return this.#waiting ? Math.max(0, this.#waiting.total - this.#index.total) : 0
  }

  tileAt(index: number): MediaTile | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize]
  }

  /** Where that picture is, among the tiles at hand. */
  indexOf(id: MediaId): number | undefined {
    for (const [page, tiles] of this.#pages) {
      const place = tiles.findIndex(tile => tile.id === id)
      if (place >= 0) return page * pageSize + place
    }
    return undefined
  }

  /** Another filter or order. The old list stays until the new one can be shown. */
  async show(view: ListView): Promise<void> {
    this.view = view
    this.#wanted = { first: 0, end: pageSize }
    await this.#replace()
  }

  /** Asks for the list again. Held back, only its length is looked at, until `adopt`. */
  async refresh(isHeldBack: boolean): Promise<void> {
    if (!isHeldBack) return this.#replace()
    const turn = this.#turn
    const { index } = await this.#fetchIndex(false)
    if (turn !== this.#turn) return
    // What went away must not stay on the screen; nothing above it moves but by that.
    if (index.total < this.#index.total) return this.#replace()
    this.#waiting = index
    this.#onChange('waiting')
  }

  /** Takes the list that was held back. */
  async adopt(): Promise<void> {
    this.#wanted = { first: 0, end: pageSize }
    await this.#replace()
  }

  /** Sees to it that these can be shown soon, and drops requests for what nobody looks at any more. */
  want(range: IndexRange): void {
    // A grid without a list yet has nothing in view; the first page is on its way to it.
    if (range.end <= range.first) return
    this.#wanted = range
    const pages = this.#pagesOf(range)
    for (const [page, request] of this.#requests) {
      if (!pages.includes(page)) {
        request.abort()
        this.#requests.delete(page)
      }
    }
    for (const page of pages) {
      if (!this.#pages.has(page) && !this.#requests.has(page)) void this.#load(page)
    }
  }

  /** Brings tiles up to date in their places. Without ids, every one in view. */
  async refreshTiles(ids: readonly MediaId[] | null): Promise<void> {
    const changed = ids && new Set(ids)
    const isConcerned = (tiles: readonly MediaTile[]): boolean => !changed || tiles.some(tile => changed.has(tile.id))
    const inView = this.#pagesOf(this.#wanted)
    for (const [page, tiles] of this.#pages) {
      if (!isConcerned(tiles)) continue
      if (inView.includes(page)) await this.#refreshPage(page, tiles)
      else this.#pages.delete(page)
    }
  }

  /** Tiles that are marked right now are shown so at once. */
  foresee(): void {
    for (const [page, tiles] of this.#pages) {
      const marked = tiles.map(asForeseen)
      if (marked.some((tile, i) => tile !== tiles[i])) this.#pages.set(page, marked)
    }
    this.#onChange('pages')
  }

  /** The ids of a stretch of the list, far pages included. They are not kept. */
  async idsIn(range: IndexRange): Promise<MediaId[]> {
    const ids: MediaId[] = []
    for (let page = Math.floor(range.first / pageSize); page * pageSize < range.end; page++) {
      const tiles = this.#pages.get(page) ?? (await this.#fetchPage(this.#index, page))
      const start = page * pageSize
      ids.push(...tiles.slice(Math.max(0, range.first - start), range.end - start).map(tile => tile.id))
    }
    return ids
  }

  /** The tile at an index, fetched where it is not at hand. */
  async fetchTile(index: number): Promise<MediaTile | undefined> {
    const page = Math.floor(index / pageSize)
    return this.tileAt(index) ?? (await this.#fetchPage(this.#index, page))[index % pageSize]
  }

  dispose(): void {
    this.#turn++
    this.#abortRequests()
  }

  async #replace(): Promise<void> {
    const turn = ++this.#turn
    try {
      const { index, first } = await this.#fetchIndex(this.#pagesOf(this.#wanted).includes(0))
      if (turn !== this.#turn) return
      const wanted = this.#pagesOf(this.#wanted).filter(page => page < index.cursors.length)
      const pages: Pages = new Map()
      for (const page of wanted) pages.set(page, page === 0 && first ? first : await this.#fetchPage(index, page))
      if (turn !== this.#turn) return
      this.#abortRequests()
      this.#index = index
      this.#pages = pages
      this.#waiting = null
      this.isLoaded = true
      this.error = null
      this.#onChange('replaced')
    } catch (error) {
      if (turn !== this.#turn) return
      this.error = error
      this.#onChange('failed')
    }
  }

  async #load(page: number): Promise<void> {
    const request = new AbortController()
    this.#requests.set(page, request)
    const release = (): void => {
      if (this.#requests.get(page) === request) this.#requests.delete(page)
    }
    try {
      const tiles = await this.#fetchPage(this.#index, page, request.signal)
      if (request.signal.aborted) return
      release()
      this.#pages.set(page, tiles)
      this.#dropFarPages()
      this.#onChange('pages')
    } catch {
      // Not asked again at once: an app that does not answer must not be flooded.
      setTimeout(() => {
        release()
        if (!request.signal.aborted) this.want(this.#wanted)
      }, retryAfterMs)
    }
  }

  async #refreshPage(page: number, before: readonly MediaTile[]): Promise<void> {
    const pages = this.#pages
    const fresh = new Map((await this.#fetchPage(this.#index, page)).map(tile => [tile.id, tile]))
    if (this.#pages !== pages) return
    pages.set(
      page,
      before.map(tile => fresh.get(tile.id) ?? tile),
    )
    this.#onChange('pages')
  }

  async #fetchIndex(hasFirst: boolean): Promise<{ index: Index; first: MediaTile[] | null }> {
    const { shapes, first, ...index } = await this.#call('media.index', {
      ...this.view,
      pageSize,
      hasShapes: this.wantsShapes,
      hasFirst,
    })
    return {
      index: { ...index, shapes: shapes === null ? null : bytesOf(shapes) },
      first: first?.map(asForeseen) ?? null,
    }
  }

  async #fetchPage(index: Index, page: number, signal?: AbortSignal): Promise<MediaTile[]> {
    const after = index.cursors[page]
    if (after === undefined) return []
    const { items } = await this.#call('media.page', { ...this.view, after, limit: pageSize }, signal)
    return items.map(asForeseen)
  }

  #pagesOf(range: IndexRange): number[] {
    const first = Math.floor(range.first / pageSize)
    const end = Math.min(Math.ceil(range.end / pageSize), Math.max(this.#index.cursors.length, 1))
    return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
  }

  #dropFarPages(): void {
    const middle = (this.#wanted.first + this.#wanted.end) / 2 / pageSize
    const byDistance = [...this.#pages.keys()].sort((a, b) => Math.abs(a + 0.5 - middle) - Math.abs(b + 0.5 - middle))
    for (const page of byDistance.slice(keptPages)) this.#pages.delete(page)
  }

  #abortRequests(): void {
    for (const request of this.#requests.values()) request.abort()
    this.#requests.clear()
  }
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
