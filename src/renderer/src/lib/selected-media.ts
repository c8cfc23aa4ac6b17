import type { MediaId } from './contract.ts'
import { createStore } from './store.ts'

export interface SelectedMedia {
  count: number
  /** Their ids; of a selection of everything they are asked for. */
  ids: () => Promise<MediaId[]>
}

/** The selection of the grid, for what acts on all of it. A new one with every change of it. */
export const selectedMedia = createStore<SelectedMedia>({ count: 0, ids: async () => [] })

/** As many as one call takes. */
export const selectedMost = 10_000
