import type { MediaId, MediaTile } from '../../../lib/contract.ts'
import type { IndexRange } from './layout.ts'
import {
  addTo,
  countSelected,
  everything,
  inverted,
  isSelected,
  noSelection,
  type Selection,
  selectOnly,
  toggle,
} from './selection.ts'

export interface CursorItems {
  readonly total: number
  tileAt(index: number): MediaTile | undefined
  indexOf(id: MediaId): number | undefined
  idsIn(range: IndexRange): Promise<MediaId[]>
}

/** How a move treats the selection: it goes along, stretches from where it began, or stays. */
export type SelectMode = 'only' | 'range' | 'toggle' | 'none'

/** Which picture the keys act on, and which are selected. */
export class GridCursor {
  index = -1
  focusedId: MediaId | null = null
  selection: Selection = noSelection
  #items: CursorItems
  #onChange: () => void
  #anchor = 0
  #stretch = 0

  constructor(items: CursorItems, onChange: () => void) {
    this.#items = items
    this.#onChange = onChange
  }

  get selectedCount(): number {
    return countSelected(this.selection, this.#items.total)
  }

  isSelected = (id: MediaId): boolean => isSelected(this.selection, id)

  moveTo(index: number, mode: SelectMode): void {
    const tile = this.#items.tileAt(index)
    this.index = index
    this.focusedId = tile?.id ?? null
    if (mode === 'range') void this.#selectRange(index)
    else if (mode !== 'none') this.#anchor = index
    if (tile && mode === 'only') this.selection = selectOnly(tile.id)
    if (tile && mode === 'toggle') this.selection = toggle(this.selection, tile.id)
    // A tile that is still on its way is selected when it comes.
    this.#isDue = !tile && mode === 'only'
    this.#onChange()
  }

  selectAll(): void {
    this.selection = everything
    this.#onChange()
  }

  select(selection: Selection): void {
    this.selection = selection
    this.#onChange()
  }

  invertSelection(): void {
    this.selection = inverted(this.selection)
    this.#onChange()
  }

  selectNone(): void {
    this.selection = noSelection
    this.#onChange()
  }

  /** After tiles arrived or the list became another one: the focus stays with its picture. */
  follow(): void {
    if (this.focusedId !== null) {
      this.index = this.#items.indexOf(this.focusedId) ?? Math.min(this.index, this.#items.total - 1)
      return
    }
    const tile = this.index >= 0 ? this.#items.tileAt(this.index) : undefined
    if (tile) this.moveTo(this.index, this.#isDue ? 'only' : 'none')
  }

  reset(): void {
    this.index = -1
    this.focusedId = null
    this.selection = noSelection
    this.#onChange()
  }

  #isDue = false

  async #selectRange(index: number): Promise<void> {
    const turn = ++this.#stretch
    const range = { first: Math.min(this.#anchor, index), end: Math.max(this.#anchor, index) + 1 }
    const ids = await this.#items.idsIn(range)
    if (turn !== this.#stretch) return
    this.selection = addTo(noSelection, ids)
    this.#onChange()
  }
}
