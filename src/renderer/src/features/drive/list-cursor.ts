/** The entry the keys act on: by its place, or the folder somebody came up from. */
export type Cursor = { index: number } | { id: string }

export function indexOfCursor(cursor: Cursor, entries: readonly { id: string }[]): number {
  const index = 'id' in cursor ? entries.findIndex(entry => entry.id === cursor.id) : cursor.index
  return Math.min(Math.max(index, 0), entries.length - 1)
}

export const listMoves = ['up', 'down', 'page-up', 'page-down', 'first', 'last'] as const
export type ListMove = (typeof listMoves)[number]

/** Stops at both ends; -1 where there is nothing. */
export function moveIndex(index: number, move: ListMove, count: number, rowsAPage: number): number {
  const page = Math.max(rowsAPage - 1, 1)
  const target = {
    up: index - 1,
    down: index + 1,
    'page-up': index - page,
    'page-down': index + page,
    first: 0,
    last: count - 1,
  }[move]
  return Math.min(Math.max(target, 0), count - 1)
}
