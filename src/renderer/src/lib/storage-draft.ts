import type { StorageSettings } from './contract.ts'
import { createStore } from './store.ts'

/** What is typed about where originals are kept, and not saved yet. */
export interface Draft {
  settings: StorageSettings
  /** Null: the one that is saved. */
  secret: string | null
  /** Gigabytes, as typed. */
  budget: string
}

/** Outlives the page that shows it, so that a look at the pictures costs nothing; never written down: it may hold a secret. */
export const storageDraft = createStore<Draft | null>(null)
