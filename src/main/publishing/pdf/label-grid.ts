import type { LabelSize, PageSize } from '../../../shared/printing.ts'
import { mm, pageSizes, type Size } from './sizes.ts'

/** Millimetres. */
const labelSizes = { '70x40': [70, 40], '90x50': [90, 50], '120x80': [120, 80] } as const satisfies Record<
  LabelSize,
  readonly [width: number, height: number]
>

export interface LabelGrid {
  page: Size
  label: Size
  columns: number
  rows: number
  /** The upper left corner of the first label. */
  x: number
  y: number
}

/** Room for the marks along which labels are cut, and for what printers leave blank. */
const edge = mm(6)

/** As many labels as go on a page, upright or on its side, in its middle and edge to edge: one cut parts two of them. */
export function labelGridOf(size: LabelSize, pageSize: PageSize): LabelGrid {
  const [width, height] = labelSizes[size]
  const label = { width: mm(width), height: mm(height) }
  const upright = pageSizes[pageSize]
  const across = { width: upright.height, height: upright.width }
  const [first, second] = [upright, across].map(page => gridOn(page, label)) as [LabelGrid, LabelGrid]
  return second.columns * second.rows > first.columns * first.rows ? second : first
}

function gridOn(page: Size, label: Size): LabelGrid {
  const columns = Math.floor((page.width - 2 * edge) / label.width)
  const rows = Math.floor((page.height - 2 * edge) / label.height)
  const x = (page.width - columns * label.width) / 2
  const y = (page.height - rows * label.height) / 2
  return { page, label, columns, rows, x, y }
}
