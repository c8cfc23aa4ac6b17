import type { MediaId } from './contract.ts'
import { createStore } from './store.ts'

/** What the keys and the inspector act on: the grid writes it, others read it. */
export interface CurrentMedia {
  focusedId: MediaId | null
  selectedCount: number
}

/** The first few of what was last selected in the grid, also after it is left: what something is tried on. */
export const lastSelected = createStore<readonly MediaId[]>([])

export const currentMedia = createStore<CurrentMedia>({ focusedId: null, selectedCount: 0 })
