/** The element of the same column, so many rows below. */
function besideIn(table: HTMLElement, from: HTMLElement, rows: number): HTMLElement | undefined {
  const column = [...table.querySelectorAll<HTMLElement>(`[data-column="${from.dataset.column}"]`)]
  return column[column.indexOf(from) + rows]
}

interface TableKey {
  key: string
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

/** Where a key leads from a cell: Enter and the arrows of a text go down and up. Null: nowhere. */
export function cellFor(press: TableKey, table: HTMLElement, from: HTMLElement): HTMLElement | null {
  if (press.altKey || press.ctrlKey || press.metaKey || from.dataset.column === undefined) return null
  const isText = from instanceof HTMLInputElement && from.type === 'text'
  if (press.key === 'Enter' && from.dataset.column !== 'remove')
    return besideIn(table, from, press.shiftKey ? -1 : 1) ?? null
  if (press.key === 'ArrowDown' && isText) return besideIn(table, from, 1) ?? null
  if (press.key === 'ArrowUp' && isText) return besideIn(table, from, -1) ?? null
  return null
}

/** Where the keyboard goes when the row of a cell is taken away. */
export const cellInstead = (table: HTMLElement, from: HTMLElement): HTMLElement | null =>
  besideIn(table, from, 1) ?? besideIn(table, from, -1) ?? null
