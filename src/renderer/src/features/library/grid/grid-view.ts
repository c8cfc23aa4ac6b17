import type { MediaId, MediaTile } from '../../../lib/contract.ts'
import { Cell } from './cell.ts'
import { type GridLayout, type IndexRange, indicesBetween, layOut, padding, placeOf } from './layout.ts'
import { createScrollSpace, followScroll, positionFor, type ScrollPosition, type ScrollSpace } from './scroll-space.ts'
import { ThumbnailLoader } from './thumbnail-loader.ts'

export interface GridItems {
  readonly total: number
  tileAt(index: number): MediaTile | undefined
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
  onScroll: () => void
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
  layout: GridLayout = layOut(1, 1, 0)
  #host: GridHost
  #cells = new Map<number, Cell>()
  #spare: Cell[] = []
  #space: ScrollSpace = createScrollSpace(0)
  #position: ScrollPosition = { scrollTop: 0, offset: 0 }
  #loader: ThumbnailLoader
  #wantedCell: number
  #lastScroll = { at: 0, top: 0 }
  #settle: ReturnType<typeof setTimeout> | undefined
  #resizes: ResizeObserver
  #viewHeight = 0
  #drawn = { first: -1, end: -1, offset: 0, contentTop: 0 }
  #heldSince: number | null = null
  #holdEnd: ReturnType<typeof setTimeout> | undefined

  constructor(host: GridHost, wantedCell: number) {
    this.#host = host
    this.#wantedCell = wantedCell
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

  get viewHeight(): number {
    return this.#viewHeight
  }

  set wantedCell(size: number) {
    if (size === this.#wantedCell) return
    this.#wantedCell = size
    this.relayout()
  }

  /** After a change of width, cell size or length. What was in the first row in view stays there. */
  relayout(): void {
    const { scroller, canvas, items } = this.#host
    const anchor = this.#anchor()
    this.#viewHeight = scroller.clientHeight
    this.layout = layOut(scroller.clientWidth, this.#wantedCell, items.total)
    this.#space = createScrollSpace(this.layout.height)
    canvas.style.height = `${this.#space.scrollHeight}px`
    canvas.style.setProperty('--cell', `${this.layout.cell}px`)
    this.scrollTo(anchor === null ? 0 : placeOf(this.layout, anchor.index).y - anchor.above)
  }

  scrollTo(contentTop: number): void {
    this.#position = positionFor(this.#space, contentTop, this.#viewHeight)
    if (this.#host.scroller.scrollTop !== this.#position.scrollTop)
      this.#host.scroller.scrollTop = this.#position.scrollTop
    this.#lastScroll = { at: performance.now(), top: this.contentTop }
    this.draw()
  }

  /** Scrolls as little as brings the cell into view. */
  reveal(index: number): void {
    const { y } = placeOf(this.layout, index)
    const top = y - padding
    const bottom = y + this.layout.cell + padding
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
    this.#drawn = { ...range, offset: this.#position.offset, contentTop: this.contentTop }
    this.#assign(range)
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
    this.#host.items.want(this.#range(Math.ceil((this.#viewHeight * screensAhead) / this.layout.pitch)))
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
      const { x, y } = placeOf(this.layout, cell.index)
      cell.place(x, y - this.#drawn.contentTop + scrollTop)
    }
  }

  #range(rows: number): IndexRange {
    const { contentTop } = this
    return indicesBetween(this.layout, contentTop, contentTop + this.#viewHeight, this.#host.items.total, rows)
  }

  #anchor(): { index: number; above: number } | null {
    if (this.contentTop <= padding || this.#cells.size === 0) return null
    const focused = this.#host.focusedIndex()
    const inView = this.#range(0)
    const index = focused >= inView.first && focused < inView.end ? focused : inView.first
    return { index, above: placeOf(this.layout, index).y - this.contentTop }
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
    const { x, y } = placeOf(this.layout, index)
    cell.place(x, y - this.#position.offset)
    if (cell.index !== index || cell.element.ariaSetSize !== String(items.total)) cell.setNumber(index, items.total)
    cell.show(tile, this.layout.cell)
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
    const distance = (cell: Cell): number =>
      Math.abs(placeOf(this.layout, cell.index).y + this.layout.cell / 2 - middle)
    return [...this.#cells.values()]
      .filter(cell => cell.picture === 'idle' && cell.tile)
      .sort((a, b) => distance(a) - distance(b))
  }
}
