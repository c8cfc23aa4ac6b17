import type { MediaId } from './contract.ts'
import { createStore } from './store.ts'

/** What the keys and the inspector act on: the grid writes it, others read it. */
export interface CurrentMedia {
  focusedId: MediaId | null
  selectedCount: number
}

export const currentMedia = createStore<CurrentMedia>({ focusedId: null, selectedCount: 0 })
