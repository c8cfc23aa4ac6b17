import { hasPreview } from '../../../ui/review/renditions.ts'
import type { Cell } from './cell.ts'

/** A browser sends six requests at once to one host: one is that of the events, and one is left for what is asked meanwhile. */
const atOnce = 4

/** Loads the pictures of the cells in view, nearest to the middle first, and none that flies past. */
export class ThumbnailLoader {
  #loading = 0
  #load: (cell: Cell) => Promise<void>
  #candidates: () => Iterable<Cell>
  isPaused = false

  /** `candidates` gives cells in the order they are wanted in. */
  constructor(candidates: () => Iterable<Cell>, load: (cell: Cell) => Promise<void>) {
    this.#candidates = candidates
    this.#load = load
  }

  pump(): void {
    if (this.isPaused || this.#loading >= atOnce) return
    for (const cell of this.#candidates()) {
      if (cell.picture !== 'idle' || !cell.tile || !hasPreview(cell.tile)) continue
      void this.#start(cell)
      if (this.#loading >= atOnce) return
    }
  }

  async #start(cell: Cell): Promise<void> {
    this.#loading++
    await this.#load(cell)
    this.#loading--
    this.pump()
  }
}
