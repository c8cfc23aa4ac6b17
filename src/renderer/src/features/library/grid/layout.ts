/** Where cells lie: square, all of one size, so that any of a million is found by arithmetic and nothing ever moves. */
export interface GridLayout {
  columns: number
  /** Side of a cell in px. */
  cell: number
  /** From one cell's edge to the next one's. */
  pitch: number
  rows: number
  /** Of all rows with the space around them, in px. */
  height: number
}

export const gap = 8
export const padding = 12

/** As many columns of at least about `wantedCell` as fit, widened so that they fill the width. */
export function layOut(width: number, wantedCell: number, total: number): GridLayout {
  const inner = Math.max(width - 2 * padding, 1)
  const columns = Math.max(1, Math.round((inner + gap) / (wantedCell + gap)))
  const cell = Math.max(1, Math.floor((inner + gap) / columns) - gap)
  const pitch = cell + gap
  const rows = Math.ceil(total / columns)
  return { columns, cell, pitch, rows, height: rows === 0 ? 0 : rows * pitch - gap + 2 * padding }
}

export function placeOf(layout: GridLayout, index: number): { x: number; y: number } {
  const row = Math.floor(index / layout.columns)
  return { x: padding + (index % layout.columns) * layout.pitch, y: padding + row * layout.pitch }
}

/** Indices from `first` up to but without `end`. */
export interface IndexRange {
  first: number
  end: number
}

/** What lies between two heights, whole rows, `extraRows` more on both sides. */
export function indicesBetween(
  layout: GridLayout,
  top: number,
  bottom: number,
  total: number,
  extraRows: number,
): IndexRange {
  const firstRow = Math.max(0, Math.floor((top - padding) / layout.pitch) - extraRows)
  const endRow = Math.min(layout.rows, Math.ceil((bottom - padding) / layout.pitch) + extraRows)
  return {
    first: Math.min(firstRow * layout.columns, total),
    end: Math.min(Math.max(endRow, 0) * layout.columns, total),
  }
}

/** The picture's own proportions inside a square of `side`; a square where they are not known. */
export function fitInside(
  side: number,
  width: number | null,
  height: number | null,
): { width: number; height: number } {
  if (!width || !height) return { width: side, height: side }
  const scale = side / Math.max(width, height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export type Move = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down'

/** Where a key leads. Up and down keep their column and stay where there is no row; a page keeps it as well. */
export function moveFrom(layout: GridLayout, index: number, move: Move, total: number, viewHeight: number): number {
  const { columns } = layout
  const rowsOfPage = Math.max(1, Math.floor(viewHeight / layout.pitch) - 1)
  const last = total - 1
  const vertical = (rows: number): number => {
    const target = index + rows * columns
    if (target >= 0 && target <= last) return target
    if (target > last) return Math.floor(index / columns) < layout.rows - 1 ? last : index
    return Math.abs(rows) > 1 ? index % columns : index
  }
  const targets: Record<Move, () => number> = {
    left: () => index - 1,
    right: () => index + 1,
    up: () => vertical(-1),
    down: () => vertical(1),
    'page-up': () => vertical(-rowsOfPage),
    'page-down': () => vertical(rowsOfPage),
    first: () => 0,
    last: () => last,
  }
  return Math.min(Math.max(targets[move](), 0), Math.max(last, 0))
}
