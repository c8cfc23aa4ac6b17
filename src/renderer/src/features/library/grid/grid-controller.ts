import { transport } from '../../../lib/api.ts'
import type { GridLayoutName, MediaId, MediaTile, Section } from '../../../lib/contract.ts'
import { currentMedia, lastSelected } from '../../../lib/current-media.ts'
import { plural } from '../../../lib/format.ts'
import type { MediaChange } from '../../../lib/live.ts'
import { tell, tellFailure } from '../../../lib/notice.ts'
import { selectedMedia } from '../../../lib/selected-media.ts'
import { createStore } from '../../../lib/store.ts'
import { GridCursor, type SelectMode } from './grid-cursor.ts'
import { GridView } from './grid-view.ts'
import type { HeadingWords } from './headings.ts'
import { isVertical, type Move, middleOf, moveFrom } from './layout.ts'
import { type ListChange, type ListView, MediaList } from './media-list.ts'
import { isWhollySelected, rangeOf, sectionOf, startsOf, titleOfSection } from './sections.ts'
import { addTo, idsOf, noSelection, type Selection, takeFrom } from './selection.ts'

export interface GridState {
  total: number
  isLoaded: boolean
  error: unknown
  /** Pictures the list has in store, held back while somebody looks further down. */
  waitingCount: number
  isAtTop: boolean
}

/** The section at the upper edge. */
interface SectionInView extends HeadingWords {
  index: number
}

const topPx = 8
/** More are not looked through each time the selection changes. */
const mostAtHand = 1000
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
  readonly sectionInView = createStore<SectionInView | null>(null)
  /** In words, the section that a key has just led into. */
  readonly sectionArrivedAt = createStore('')
  /** While a picture is open, nothing may move under it. */
  isPictureOpen = false
  #view: GridView | undefined
  #isNewView = true
  #isRefreshing = false
  #isRefreshDue = false
  #toldSelection: Selection = noSelection
  #layout: GridLayoutName
  #isRearranging = false
  /** Where a way up or down began, and which picture it has led to. */
  #goal = { x: 0, index: -1 }
  #starts = startsOf([])
  #idsOfSections = new WeakMap<Section, readonly MediaId[]>()

  constructor(view: ListView, layout: GridLayoutName) {
    this.#layout = layout
    const onChange = (change: ListChange): void => this.#onListChange(change)
    this.list = new MediaList(transport.call, view, onChange, layout === 'justified')
    this.cursor = new GridCursor(this.list, () => this.#onCursorChange())
    void this.list.show(view)
  }

  attach(scroller: HTMLElement, canvas: HTMLElement, wantedSize: number): () => void {
    const view = new GridView(
      {
        scroller,
        canvas,
        items: this.list,
        thumbnailUrl: tile => transport.mediaUrl(tile.id, 'thumbnail', tile.version),
        isSelected: this.cursor.isSelected,
        focusedIndex: () => this.cursor.index,
        focusedId: () => this.cursor.focusedId,
        wordsOf: section => this.#wordsOf(section),
        onScroll: () => this.#onScroll(),
      },
      { size: wantedSize, kind: this.#layout },
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
    this.#view?.arrange({ size })
  }

  /** The proportions of pictures are asked for when they are needed first; until then the cells stay as they are. */
  setLayout(layout: GridLayoutName): void {
    if (layout === this.#layout) return
    this.#layout = layout
    this.list.wantsShapes = layout === 'justified'
    this.#view?.arrange({ kind: layout })
    this.#askForShapes()
  }

  /** Where there are none: of a list, too, that was asked for while nobody needed them. */
  #askForShapes(): void {
    if (!this.list.wantsShapes || this.list.shapes !== null || !this.list.isLoaded) return
    this.#isRearranging = true
    void this.list.refresh(false).finally(() => {
      this.#isRearranging = false
    })
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
    if (index < 0) {
      this.goTo(move === 'last' ? total - 1 : 0, mode)
      return
    }
    const x = this.#goal.index === index ? this.#goal.x : middleOf(view.layout, index)
    const target = moveFrom(view.layout, index, move, view.viewHeight, x)
    this.goTo(target, mode)
    this.#goal = isVertical(move) ? { x, index: target } : { x: 0, index: -1 }
  }

  goTo(index: number, mode: SelectMode = 'only'): void {
    this.#view?.reveal(index)
    this.cursor.moveTo(index, mode)
  }

  /** To the first picture of the next section, or back to that of this one or the one before. */
  moveToSection(step: 1 | -1, mode: SelectMode): void {
    const { index } = this.cursor
    const starts = this.#starts
    const here = sectionOf(starts, index) ?? this.#view?.sectionInView
    if (here === undefined) return
    const isWithin = index > (starts[here] as number)
    const section = index < 0 ? here : step > 0 ? here + 1 : isWithin ? here : here - 1
    if (section < 0 || section >= starts.length - 1) return
    this.#view?.showSection(section)
    this.goTo(starts[section] as number, mode)
  }

  /** The section that the keys are in, or the one that is looked at; undefined where there are none. */
  get currentSection(): number | undefined {
    return sectionOf(this.#starts, this.cursor.index) ?? this.#view?.sectionInView
  }

  /** Selects all of a section besides what is selected, or takes all of it away again. */
  async toggleSection(section: number): Promise<void> {
    const { list, cursor } = this
    const wanted = list.sections[section]
    if (!wanted) return
    try {
      const ids = await list.idsIn(rangeOf(this.#starts, section))
      this.#idsOfSections.set(wanted, ids)
      const isWhole = isWhollySelected(cursor.selection, wanted.count, ids)
      cursor.select(isWhole ? takeFrom(cursor.selection, ids) : addTo(cursor.selection, ids))
    } catch (error) {
      tellFailure(error)
    }
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

  #wordsOf(index: number): HeadingWords {
    const section = this.list.sections[index]
    if (!section) return { title: '', count: 0, isSelected: false }
    const { selection } = this.cursor
    const ids = this.#idsOfSections.get(section) ?? this.#idsAtHand(index)
    const isSelected = isWhollySelected(selection, section.count, ids)
    return { title: titleOfSection(section, this.list.view.group), count: section.count, isSelected }
  }

  /** Of a section whose tiles are all there. */
  #idsAtHand(section: number): MediaId[] | undefined {
    const { first, end } = rangeOf(this.#starts, section)
    if (end - first > mostAtHand) return undefined
    const ids: MediaId[] = []
    for (let index = first; index < end; index++) {
      const tile = this.list.tileAt(index)
      if (!tile) return undefined
      ids.push(tile.id)
    }
    return ids
  }

  #showSection(): void {
    const index = this.#view?.sectionInView
    if (index === undefined || this.list.total === 0) {
      this.sectionInView.set(null)
      return
    }
    const words = this.#wordsOf(index)
    const { index: before, title, count, isSelected } = this.sectionInView.get() ?? { index: -1 }
    const isSame = index === before && title === words.title && count === words.count && isSelected === words.isSelected
    if (!isSame) this.sectionInView.set({ index, ...words })
  }

  #sayArrival(): void {
    const section = sectionOf(this.#starts, this.cursor.index)
    const words = section === undefined ? undefined : this.#wordsOf(section)
    this.sectionArrivedAt.set(words ? `${words.title}, ${plural(words.count, 'picture')}` : '')
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
    if (change === 'replaced') this.#starts = startsOf(this.list.sections)
    if (change === 'replaced' && this.#isNewView) this.#startView()
    else if (change === 'replaced') this.#keepView()
    else if (change === 'pages') this.#onTilesArrived()
    this.#publish()
    this.#showSection()
    if (change === 'replaced') this.#askForShapes()
  }

  #startView(): void {
    this.#isNewView = false
    this.cursor.reset()
    this.#view?.relayout({ at: lastPlace.view === keyOf(this.list.view) ? lastPlace.contentTop : 0 })
    lastPlace = { view: '', contentTop: 0 }
  }

  #keepView(): void {
    this.cursor.follow()
    this.#goal = { x: 0, index: -1 }
    this.#view?.relayout({ staysAtTop: !this.#isRearranging })
  }

  #onTilesArrived(): void {
    this.cursor.follow()
    this.#view?.draw()
  }

  #onCursorChange(): void {
    this.#view?.drawStates()
    this.#showSection()
    this.#sayArrival()
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
    this.#showSection()
    const isAtTop = (this.#view?.contentTop ?? 0) <= topPx
    if (isAtTop !== this.state.get().isAtTop) this.#publish()
  }

  #publish(): void {
    const { total, isLoaded, error, waitingCount } = this.list
    this.state.set({ total, isLoaded, error, waitingCount, isAtTop: (this.#view?.contentTop ?? 0) <= topPx })
  }
}
