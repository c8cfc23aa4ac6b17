import { EventEmitter } from 'node:events'

/** What changed in the library, said after the transaction that changed it. Events tell; they never steer. */
export interface LibraryChanges {
  /** Something about this picture. `isListed`: it came into, left or moved within the lists. */
  media: [change: { id: number; isListed: boolean }]
  sync: [syncId: number]
  /** An account came, went, or has to be connected again. */
  accounts: []
  /** Where originals are kept, or the work of bringing them there. */
  storage: []
  /** Something about runs, prompts, settings or costs of describing pictures. */
  analysis: []
  /** What undo or redo would do. */
  history: []
  /** Something about the library as a whole, see `problem`. */
  library: []
}

export type ChangeFeed = EventEmitter<LibraryChanges>

export function createChangeFeed(): ChangeFeed {
  return new EventEmitter<LibraryChanges>()
}
