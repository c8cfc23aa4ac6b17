/** Where changes go on: the `changesFrom` and the cursor of changes are this as JSON. */
export interface ChangesCursor {
  token: string
  /** When the first token was taken, by Google's clock. */
  sinceMs: number
  /** A shared drive has changes of its own. */
  driveId: string | null
  /** Folders outside of the root, for all that is known, in which pages before this one met files. */
  strangers?: string[]
}

export const encodeChangesCursor = (cursor: ChangesCursor): string => JSON.stringify(cursor)
export const decodeChangesCursor = (cursor: string): ChangesCursor => JSON.parse(cursor)
