import type { GridLayoutName, MediaId, MediaTile, Section } from '../../../lib/contract.ts'
import { Cell } from './cell.ts'
import { Headings, type HeadingWords } from './headings.ts'
import {
  boxOf,
  type GridLayout,
  headingHeight,
  type IndexRange,
  indicesBetween,
  layOut,
  padding,
  sectionAt,
} from './layout.ts'
import { createScrollSpace, followScroll, positionFor, type ScrollPosition, type ScrollSpace } from './scroll-space.ts'
import { ThumbnailLoader } from './thumbnail-loader.ts'

export interface GridItems {
  readonly total: number
  readonly sections: readonly Section[]
  readonly shapes: Uint8Array | null
  tileAt(index: number): MediaTile | undefined
  indexOf(id: MediaId): number | undefined
  want(range: IndexRange): void
}

export interface GridHost {
  /** What scrolls. */
  scroller: HTMLElement
  /** What is scrolled: as high as all rows. */
  canvas: HTMLElement
  items: GridItems
  thumbnailUrl: (tile: MediaTile) => string
  isSelected: (id: MediaId) => boolean
  focusedIndex: () => number
  focusedId: () => MediaId | null
  wordsOf: (section: number) => HeadingWords
  onScroll: () => void
}

/** A picture that stays where it is in the view. */
interface Anchor {
  id: MediaId | null
  index: number
  /** Between the upper edges of the view and of it. */
  above: number
  isFocused: boolean
}

interface Arrangement {
  /** See `GridSpace`. */
  size: number
  kind: GridLayoutName
}

/** Rows drawn beyond the view, so that a scroll of the compositor finds them painted. */
const extraRows = 2
/** Tiles asked for beyond the view, in screens. */
const screensAhead = 2
/** Faster than this nobody sees a picture, and decoding would take time from moving. In px a second. */
const loadsBelowPxPerSecond = 3000
const settledAfterMs = 90
/** How long a far jump keeps what was in view, rather than empty cells, while its tiles are on their way. */
const holdsForMs = 150

/** Draws the part of a list that is in view with as few cells as fill it. */
export class GridView {
  layout: GridLayout = layOut({ width: 1, wanted: 1, kind: 'square', total: 0, shapes: null, counts: [] })
  #host: GridHost
  #cells = new Map<number, Cell>()
  #spare: Cell[] = []
  #space: ScrollSpace = createScrollSpace(0)
  #position: ScrollPosition = { scrollTop: 0, offset: 0 }
  #loader: ThumbnailLoader
  #headings: Headings
  #arrangement: Arrangement
  #lastScroll = { at: 0, top: 0 }
  #settle: ReturnType<typeof setTimeout> | undefined
  #resizes: ResizeObserver
  #viewHeight = 0
  #drawn = { first: -1, end: -1, offset: 0, contentTop: 0, layout: this.layout }
  #heldSince: number | null = null
  #holdEnd: ReturnType<typeof setTimeout> | undefined

  constructor(host: GridHost, arrangement: Arrangement) {
    this.#host = host
    this.#arrangement = arrangement
    this.#headings = new Headings(host.canvas)
    this.#loader = new ThumbnailLoader(
      () => this.#cellsByNearness(),
      cell => cell.load(host.thumbnailUrl(cell.tile as MediaTile)),
    )
    this.#resizes = new ResizeObserver(() => this.relayout())
    this.#resizes.observe(host.scroller)
    host.scroller.addEventListener('scroll', this.#onScroll, { passive: true })
  }

  /** Height of the content above the view, in px. */
  get contentTop(): number {
    return this.#position.scrollTop + this.#position.offset
  }

  /** Height of what is seen of the pictures. */
  get viewHeight(): number {
    return this.#viewHeight - this.#coverPx
  }

  /** The section at the upper edge; undefined where the list is not grouped. */
  get sectionInView(): number | undefined {
    return sectionAt(this.layout, this.contentTop)
  }

  /** The bar of the section lies over the upper edge. */
  get #coverPx(): number {
    return this.layout.headings.length > 0 ? headingHeight : 0
  }

  arrange(change: Partial<Arrangement>): void {
    const { size, kind } = { ...this.#arrangement, ...change }
    if (size === this.#arrangement.size && kind === this.#arrangement.kind) return
    this.#arrangement = { size, kind }
    this.relayout()
  }

  /**
   * After a change of width, size, layout or length. The focused picture stays where it is in the view, or else what is in
   * the first row; with `staysAtTop` the beginning of the list does, where it is in view. Of another list nothing stays: `at`
   * is the height of what is above the view.
   */
  relayout({ staysAtTop = false, at }: { staysAtTop?: boolean; at?: number } = {}): void {
    const { scroller, canvas, items } = this.#host
    const isAtTop = staysAtTop && this.contentTop <= padding
    const anchor = isAtTop || at !== undefined ? null : this.#anchor()
    // Read before anything is written, which would have the browser lay out the page in between.
    const scrollbar = scroller.offsetWidth - scroller.clientWidth
    this.#viewHeight = scroller.clientHeight
    const { size, kind } = this.#arrangement
    const { total, shapes, sections } = items
    this.layout = layOut({
      width: scroller.clientWidth,
      wanted: size,
      kind: shapes === null ? 'square' : kind,
      total,
      shapes,
      counts: sections.map(({ count }) => count),
    })
    this.#space = createScrollSpace(this.layout.height)
    canvas.style.height = `${this.#space.scrollHeight}px`
    scroller.parentElement?.style.setProperty('--scrollbar', `${scrollbar}px`)
    if (anchor === null) this.scrollTo(at ?? 0)
    else this.#putBack(anchor)
  }

  #putBack(anchor: Anchor): void {
    const { items } = this.#host
    const { total } = items
    const index = Math.max(0, (anchor.id === null ? undefined : items.indexOf(anchor.id)) ?? anchor.index)
    if (index < total) this.scrollTo(boxOf(this.layout, index).y - anchor.above)
    else this.scrollTo(this.contentTop)
    if (anchor.isFocused && index < total) this.reveal(index)
  }

  scrollTo(contentTop: number): void {
    this.#position = positionFor(this.#space, contentTop, this.#viewHeight)
    if (this.#host.scroller.scrollTop !== this.#position.scrollTop)
      this.#host.scroller.scrollTop = this.#position.scrollTop
    this.#lastScroll = { at: performance.now(), top: this.contentTop }
    this.draw()
  }

  /** Brings the heading of a section to the upper edge. */
  showSection(section: number): void {
    this.scrollTo(this.layout.headings[section] ?? 0)
  }

  /** Scrolls as little as brings the cell into view. */
  reveal(index: number): void {
    const { y, height } = boxOf(this.layout, index)
    const top = y - (this.#coverPx || padding)
    const bottom = y + height + padding
    if (top < this.contentTop) this.scrollTo(top)
    else if (bottom > this.contentTop + this.#viewHeight) this.scrollTo(bottom - this.#viewHeight)
  }

  /** Brings every cell in view up to date with the list, the selection and the focus. */
  draw(): void {
    const range = this.#range(extraRows)
    if (this.#isWorthHolding()) {
      this.#hold()
      this.#wantTiles()
      return
    }
    this.#heldSince = null
    this.#drawn = { ...range, offset: this.#position.offset, contentTop: this.contentTop, layout: this.layout }
    this.#assign(range)
    this.#drawHeadings()
    this.#announceFocus()
    this.#wantTiles()
    this.#loader.pump()
  }

  /** Of selection and focus only. */
  drawStates(): void {
    const focused = this.#host.focusedIndex()
    for (const cell of this.#cells.values()) {
      cell.setState(cell.tile ? this.#host.isSelected(cell.tile.id) : false, cell.index === focused)
    }
    this.#drawHeadings()
    this.#announceFocus()
  }

  cellOf(element: Element): Cell | undefined {
    for (const cell of this.#cells.values()) if (cell.element.contains(element)) return cell
    return undefined
  }

  dispose(): void {
    clearTimeout(this.#settle)
    clearTimeout(this.#holdEnd)
    this.#resizes.disconnect()
    this.#host.scroller.removeEventListener('scroll', this.#onScroll)
    for (const cell of this.#cells.values()) cell.release()
    this.#host.canvas.replaceChildren()
  }

  #onScroll = (): void => {
    const { scroller } = this.#host
    const followed = followScroll(this.#space, this.#position, scroller.scrollTop, this.#viewHeight)
    this.#position = followed
    if (Math.abs(followed.scrollTop - scroller.scrollTop) >= 1) scroller.scrollTop = followed.scrollTop
    this.#watchSpeed()
    const { first, end } = this.#range(extraRows)
    const { offset } = this.#position
    if (first !== this.#drawn.first || end !== this.#drawn.end || offset !== this.#drawn.offset) this.draw()
    this.#host.onScroll()
  }

  #watchSpeed(): void {
    const now = performance.now()
    const passed = Math.max(now - this.#lastScroll.at, 1)
    const pxPerSecond = (Math.abs(this.contentTop - this.#lastScroll.top) / passed) * 1000
    this.#lastScroll = { at: now, top: this.contentTop }
    this.#loader.isPaused = pxPerSecond > loadsBelowPxPerSecond
    clearTimeout(this.#settle)
    this.#settle = setTimeout(() => {
      this.#loader.isPaused = false
      this.#loader.pump()
    }, settledAfterMs)
  }

  /** Cells are drawn anew all the time, so the focus stays on the list and names the cell it is about. */
  #announceFocus(): void {
    const { scroller, focusedIndex } = this.#host
    const id = this.#cells.get(focusedIndex())?.element.id ?? ''
    if ((scroller.getAttribute('aria-activedescendant') ?? '') !== id)
      scroller.setAttribute('aria-activedescendant', id)
  }

  #wantTiles(): void {
    this.#host.items.want(this.#range(0, this.#viewHeight * screensAhead))
  }

  /** After a jump to where no tile is known yet, for a moment. */
  #isWorthHolding(): boolean {
    const { items } = this.#host
    const { first, end } = this.#range(0)
    if (this.#cells.size === 0 || first >= end) return false
    for (let index = first; index < end; index++) if (items.tileAt(index)) return false
    return this.#heldSince === null || performance.now() - this.#heldSince < holdsForMs
  }

  /** Takes what was drawn along to where the view is now. */
  #hold(): void {
    if (this.#heldSince === null) {
      this.#heldSince = performance.now()
      clearTimeout(this.#holdEnd)
      this.#holdEnd = setTimeout(() => this.draw(), holdsForMs)
    }
    const { scrollTop } = this.#position
    for (const cell of this.#cells.values()) {
      const { x, y } = boxOf(this.#drawn.layout, cell.index)
      cell.place(x, y - this.#drawn.contentTop + scrollTop)
    }
  }

  /** As far as a scroll comes before cells are drawn anew. */
  #drawHeadings(): void {
    const { contentTop } = this
    const top = contentTop - this.#viewHeight
    const view = { top, bottom: contentTop + 2 * this.#viewHeight, offset: this.#position.offset }
    this.#headings.draw(this.layout, view, this.#host.wordsOf)
  }

  #range(rows: number, pxMore = 0): IndexRange {
    const top = this.contentTop - pxMore
    return indicesBetween(this.layout, top, this.contentTop + this.#viewHeight + pxMore, rows)
  }

  /** By what was drawn last, since the list may be another one by now. */
  #anchor(): Anchor | null {
    const { layout } = this.#drawn
    const { contentTop } = this
    const focusedId = this.#host.focusedId()
    let first: Cell | undefined
    for (const cell of this.#cells.values()) {
      const { y, height } = boxOf(layout, cell.index)
      if (y + height <= contentTop + this.#coverPx || y >= contentTop + this.#viewHeight) continue
      if (focusedId !== null && cell.tile?.id === focusedId) return anchorOf(cell, y - contentTop, true)
      if (!first || cell.index < first.index) first = cell
    }
    if (!first || contentTop <= padding) return null
    return anchorOf(first, boxOf(layout, first.index).y - contentTop, false)
  }

  /** Cells that show the right picture stay as they are, wherever it is now; the others are used again. */
  #assign(range: IndexRange): void {
    const { items } = this.#host
    const before = this.#cells
    const after = new Map<number, Cell>()
    const byId = new Map<MediaId, Cell>()
    for (const cell of before.values()) if (cell.tile) byId.set(cell.tile.id, cell)
    const open: number[] = []
    for (let index = range.first; index < range.end; index++) {
      const tile = items.tileAt(index)
      const cell = tile ? byId.get(tile.id) : undefined
      if (cell) {
        after.set(index, cell)
        byId.delete(tile?.id as MediaId)
      } else open.push(index)
    }
    const kept = new Set(after.values())
    for (const cell of before.values()) if (!kept.has(cell)) this.#spare.push(cell)
    for (const index of open) after.set(index, this.#takeCell())
    this.#cells = after
    for (const [index, cell] of after) this.#put(cell, index)
    for (const cell of this.#spare) this.#hide(cell)
  }

  #put(cell: Cell, index: number): void {
    const { items, isSelected, focusedIndex } = this.#host
    const tile = items.tileAt(index)
    const box = boxOf(this.layout, index)
    cell.place(box.x, box.y - this.#position.offset)
    if (cell.index !== index || cell.element.ariaSetSize !== String(items.total)) cell.setNumber(index, items.total)
    cell.show(tile, box)
    cell.setState(tile ? isSelected(tile.id) : false, index === focusedIndex())
  }

  #takeCell(): Cell {
    const spare = this.#spare.pop()
    if (spare) {
      spare.element.hidden = false
      return spare
    }
    const cell = new Cell()
    this.#host.canvas.append(cell.element)
    return cell
  }

  #hide(cell: Cell): void {
    if (cell.element.hidden) return
    cell.release()
    cell.element.hidden = true
  }

  #cellsByNearness(): Cell[] {
    const middle = this.contentTop + this.#viewHeight / 2
    const distance = (cell: Cell): number => {
      const { y, height } = boxOf(this.layout, cell.index)
      return Math.abs(y + height / 2 - middle)
    }
    return [...this.#cells.values()]
      .filter(cell => cell.picture === 'idle' && cell.tile)
      .sort((a, b) => distance(a) - distance(b))
  }
}

function anchorOf({ tile, index }: Cell, above: number, isFocused: boolean): Anchor {
  return { id: tile?.id ?? null, index, above, isFocused }
}
