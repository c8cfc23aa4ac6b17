import { transport } from '../../../lib/api.ts'
import type { MediaId, MediaTile } from '../../../lib/contract.ts'
import { currentMedia, lastSelected } from '../../../lib/current-media.ts'
import type { MediaChange } from '../../../lib/live.ts'
import { tell, tellFailure } from '../../../lib/notice.ts'
import { selectedMedia } from '../../../lib/selected-media.ts'
import { createStore } from '../../../lib/store.ts'
import { GridCursor, type SelectMode } from './grid-cursor.ts'
import { GridView } from './grid-view.ts'
import { type Move, moveFrom } from './layout.ts'
import { type ListChange, type ListView, MediaList } from './media-list.ts'
import { idsOf, noSelection, type Selection } from './selection.ts'

export interface GridState {
  total: number
  isLoaded: boolean
  error: unknown
  /** Pictures the list has in store, held back while somebody looks further down. */
  waitingCount: number
  isAtTop: boolean
}

const topPx = 8
const leastPauseMs = 400
/** A list of a million takes its time; asking for it must not become the work. */
const pausePerDuration = 8

let lastPlace = { view: '', contentTop: 0 }
const keyOf = (view: ListView): string => JSON.stringify(view)

/** Holds together what the grid is made of: the list, the cursor in it, and the view on it. */
export class GridController {
  readonly list: MediaList
  readonly cursor: GridCursor
  readonly state = createStore<GridState>({ total: 0, isLoaded: false, error: null, waitingCount: 0, isAtTop: true })
  /** While a picture is open, nothing may move under it. */
  isPictureOpen = false
  #view: GridView | undefined
  #isNewView = true
  #isRefreshing = false
  #isRefreshDue = false
  #toldSelection: Selection = noSelection

  constructor(view: ListView) {
    this.list = new MediaList(transport.call, view, change => this.#onListChange(change))
    this.cursor = new GridCursor(this.list, () => this.#onCursorChange())
    void this.list.show(view)
  }

  attach(scroller: HTMLElement, canvas: HTMLElement, wantedCell: number): () => void {
    const view = new GridView(
      {
        scroller,
        canvas,
        items: this.list,
        thumbnailUrl: tile => transport.mediaUrl(tile.id, 'thumbnail', tile.version),
        isSelected: this.cursor.isSelected,
        focusedIndex: () => this.cursor.index,
        onScroll: () => this.#onScroll(),
      },
      wantedCell,
    )
    this.#view = view
    if (this.list.isLoaded) view.relayout()
    return () => {
      lastPlace = { view: keyOf(this.list.view), contentTop: view.contentTop }
      view.dispose()
      this.list.dispose()
      currentMedia.set({ focusedId: null, selectedCount: 0 })
      selectedMedia.set({ count: 0, ids: async () => [] })
    }
  }

  show(view: ListView): void {
    if (keyOf(view) === keyOf(this.list.view)) return
    this.#isNewView = true
    void this.list.show(view)
  }

  /** Who undoes something waits for what comes back, wherever they look. All pictures are listed as they were. */
  onReversed(): void {
    if (Object.keys(this.list.view.filter).length > 0) void this.list.refresh(false)
  }

  setCellSize(size: number): void {
    if (this.#view) this.#view.wantedCell = size
  }

  onMediaChanged(change: MediaChange): void {
    if (change.areListsChanged) void this.#refreshList()
    if (!change.areListsChanged || this.#isHeldBack()) this.list.refreshTiles(change.mediaIds).catch(() => undefined)
  }

  move(move: Move, mode: SelectMode): void {
    const view = this.#view
    const { total } = this.list
    if (!view || total === 0) return
    const { index } = this.cursor
    this.goTo(
      index < 0 ? (move === 'last' ? total - 1 : 0) : moveFrom(view.layout, index, move, total, view.viewHeight),
      mode,
    )
  }

  goTo(index: number, mode: SelectMode = 'only'): void {
    this.#view?.reveal(index)
    this.cursor.moveTo(index, mode)
  }

  goToTop(): void {
    this.#view?.scrollTo(0)
    void this.list.adopt()
  }

  tileOf(element: Element): { tile: MediaTile; index: number } | undefined {
    const cell = this.#view?.cellOf(element)
    return cell?.tile && { tile: cell.tile, index: cell.index }
  }

  retry(id: MediaId): void {
    transport.call('media.retry', { id }).then(() => tell('Trying again.'), tellFailure)
  }

  #isHeldBack(): boolean {
    return this.isPictureOpen || (this.#view?.contentTop ?? 0) > topPx
  }

  async #refreshList(): Promise<void> {
    this.#isRefreshDue = true
    if (this.#isRefreshing) return
    this.#isRefreshing = true
    while (this.#isRefreshDue) {
      this.#isRefreshDue = false
      const startedAt = performance.now()
      await this.list.refresh(this.#isHeldBack()).catch(() => undefined)
      const pauseMs = Math.max(leastPauseMs, (performance.now() - startedAt) * pausePerDuration)
      await new Promise(resolve => setTimeout(resolve, pauseMs))
    }
    this.#isRefreshing = false
  }

  #onListChange(change: ListChange): void {
    if (change === 'replaced' && this.#isNewView) this.#startView()
    else if (change === 'replaced') this.#keepView()
    else if (change === 'pages') this.#onTilesArrived()
    this.#publish()
  }

  #startView(): void {
    this.#isNewView = false
    this.cursor.reset()
    this.#view?.relayout()
    this.#view?.scrollTo(lastPlace.view === keyOf(this.list.view) ? lastPlace.contentTop : 0)
    lastPlace = { view: '', contentTop: 0 }
  }

  #keepView(): void {
    this.cursor.follow()
    this.#view?.relayout()
  }

  #onTilesArrived(): void {
    this.cursor.follow()
    this.#view?.draw()
  }

  #onCursorChange(): void {
    this.#view?.drawStates()
    const { focusedId, selectedCount, selection } = this.cursor
    this.#tellSelected()
    lastSelected.set(selection.kind === 'some' ? [...selection.ids].slice(0, 3) : [])
    const before = currentMedia.get()
    if (before.focusedId !== focusedId || before.selectedCount !== selectedCount) {
      currentMedia.set({ focusedId, selectedCount })
    }
  }

  #tellSelected(): void {
    const { selection, selectedCount } = this.cursor
    if (selection === this.#toldSelection) return
    this.#toldSelection = selection
    selectedMedia.set({ count: selectedCount, ids: () => idsOf(selection, this.list) })
  }

  #onScroll(): void {
    if (!this.#isHeldBack() && this.list.hasWaiting) void this.list.adopt()
    const isAtTop = (this.#view?.contentTop ?? 0) <= topPx
    if (isAtTop !== this.state.get().isAtTop) this.#publish()
  }

  #publish(): void {
    const { total, isLoaded, error, waitingCount } = this.list
    this.state.set({ total, isLoaded, error, waitingCount, isAtTop: (this.#view?.contentTop ?? 0) <= topPx })
  }
}
