import { ratioOf } from '../../../../../shared/shapes.ts'
import type { GridLayoutName } from '../../../lib/contract.ts'

/**
 * Where cells lie, worked out once for all of a list: rows from top to bottom, and in each of them cells of one height. Some
 * numbers a row in typed arrays, so that a million cells take some milliseconds and megabytes; where a cell begins in its row
 * is added up when it is drawn.
 */
export interface GridLayout {
  total: number
  /** Of all rows with the space around them, in px. */
  height: number
  /** In the order of the list, from top to bottom. */
  rows: Rows
  /** Upper edge of each section's heading, and at the end the height of all. Ungrouped lists have none. */
  headings: Float64Array
  /** Of a picture in its row, width to height. */
  ratioAt: (index: number) => number
}

interface Rows {
  count: number
  /** Index of the first cell; one more at the end, where the list ends. */
  firsts: Uint32Array
  tops: Float64Array
  /** Height of the cells, before it is rounded. */
  scales: Float32Array
}

export const gap = 8
export const padding = 12
/** What is written over a section, with the space around it. The first row begins below. */
export const headingHeight = 40

export interface GridSpace {
  width: number
  /** About the side of a square cell, or the height of a justified row. */
  wanted: number
  kind: GridLayoutName
  total: number
  /** A byte for each picture, see shared/shapes.ts; null where they are not known: all are squares. */
  shapes: Uint8Array | null
  /** How many pictures each section has; none where the list is not grouped. */
  counts: readonly number[]
}

/** Narrower ones could hardly be hit, wider ones push all others out of a row; such pictures keep their proportions inside. */
const leastRatio = 0.4
const mostRatio = 4
const ratios = Float64Array.from({ length: 256 }, (_, shape) =>
  Math.min(Math.max(ratioOf(shape), leastRatio), mostRatio),
)

export function layOut(space: GridSpace): GridLayout {
  const { total, counts, width } = space
  const isGrouped = counts.length > 0
  const inner = Math.max(width - 2 * padding, 1)
  const { ratioAt, rowEnd } = space.kind === 'square' ? squares(inner, space.wanted) : justified(inner, space)
  const rows = createRows(total)
  const headings = new Float64Array(isGrouped ? counts.length + 1 : 0)
  let y = isGrouped ? 0 : padding
  let first = 0
  for (const [i, count] of (isGrouped ? counts : [total]).entries()) {
    if (isGrouped) headings[i] = y
    if (isGrouped) y += headingHeight
    const end = Math.min(first + count, total)
    while (first < end) {
      const row = rowEnd(first, end)
      rows.add(first, y, row.scale)
      y += Math.max(1, Math.round(row.scale)) + gap
      first = row.end
    }
  }
  const height = total === 0 ? 0 : y - gap + padding
  if (isGrouped) headings[counts.length] = height
  return { total, height, rows: rows.end(total), headings, ratioAt }
}

/** Arrays that grow with the rows, since how many there will be depends on the pictures. */
function createRows(total: number) {
  let firsts = new Uint32Array(1024)
  let tops = new Float64Array(1024)
  let scales = new Float32Array(1024)
  let count = 0
  function grow(): void {
    const grown = <T extends Uint32Array | Float64Array | Float32Array>(array: T, larger: T): T => {
      larger.set(array)
      return larger
    }
    const length = Math.min(firsts.length * 2, total + 1)
    firsts = grown(firsts, new Uint32Array(length))
    tops = grown(tops, new Float64Array(length))
    scales = grown(scales, new Float32Array(length))
  }
  return {
    add(first: number, top: number, scale: number): void {
      if (count + 1 >= firsts.length) grow()
      firsts[count] = first
      tops[count] = top
      scales[count] = scale
      count++
    },
    end(last: number): Rows {
      firsts[count] = last
      return { count, firsts, tops, scales }
    },
  }
}

interface Filling {
  ratioAt: (index: number) => number
  /** The row that begins at `first`, of a section that ends at `end`. */
  rowEnd: (first: number, end: number) => { end: number; scale: number }
}

/** As many columns of at least about `wanted` as fit, widened so that they fill the width. */
function squares(inner: number, wanted: number): Filling {
  const columns = Math.max(1, Math.round((inner + gap) / (wanted + gap)))
  const scale = Math.max(1, Math.floor((inner + gap) / columns) - gap)
  return { ratioAt: () => 1, rowEnd: (first, end) => ({ end: Math.min(first + columns, end), scale }) }
}

/** Rows that fill the width, each as near to the wanted height as its pictures allow; the last of a section is not widened. */
function justified(inner: number, { wanted, shapes }: GridSpace): Filling {
  const ratioAt = shapes ? (index: number): number => ratios[shapes[index] as number] as number : () => 1
  function rowEnd(first: number, end: number): { end: number; scale: number } {
    let sum = 0
    let heightBefore = Number.POSITIVE_INFINITY
    for (let i = first; i < end; i++) {
      sum += ratioAt(i)
      const height = (inner - (i - first) * gap) / sum
      if (height <= wanted) {
        const isNearerWithout = heightBefore * height < wanted * wanted
        return isNearerWithout && i > first
          ? { end: i, scale: heightBefore }
          : { end: i + 1, scale: Math.max(1, height) }
      }
      heightBefore = height
    }
    return { end, scale: wanted }
  }
  return { ratioAt, rowEnd }
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export function boxOf(layout: GridLayout, index: number): Box {
  const row = rowOf(layout, index)
  const { firsts, tops, scales } = layout.rows
  const first = firsts[row] as number
  const scale = scales[row] as number
  let before = 0
  for (let i = first; i < index; i++) before += layout.ratioAt(i)
  // From rounded edge to rounded edge, so that a row ends where the width does.
  const left = Math.round(before * scale)
  const right = Math.round((before + layout.ratioAt(index)) * scale)
  return {
    x: padding + left + (index - first) * gap,
    y: tops[row] as number,
    width: Math.max(1, right - left),
    height: Math.max(1, Math.round(scale)),
  }
}

/** The last of the first `count` values that is not above `limit`; 0 where all are. */
function lastUpTo(values: Uint32Array | Float64Array, count: number, limit: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

export const rowOf = ({ rows }: GridLayout, index: number): number => lastUpTo(rows.firsts, rows.count, index)

const bottomOf = ({ rows }: GridLayout, row: number): number =>
  (rows.tops[row] as number) + Math.max(1, Math.round(rows.scales[row] as number))

/** Indices from `first` up to but without `end`. */
export interface IndexRange {
  first: number
  end: number
}

/** What lies between two heights, whole rows, `extraRows` more on both sides. */
export function indicesBetween(layout: GridLayout, top: number, bottom: number, extraRows: number): IndexRange {
  const { count, firsts, tops } = layout.rows
  if (count === 0) return { first: 0, end: 0 }
  const at = lastUpTo(tops, count, top)
  const firstRow = bottomOf(layout, at) > top ? at : at + 1
  const lastRow = lastUpTo(tops, count, Math.max(bottom - 1, top))
  return {
    first: firsts[Math.min(Math.max(firstRow - extraRows, 0), count)] as number,
    end: firsts[Math.min(Math.max(lastRow + 1 + extraRows, 0), count)] as number,
  }
}

/** The section that is at that height, or begins below it; undefined where the list is not grouped. */
export function sectionAt({ headings }: GridLayout, y: number): number | undefined {
  return headings.length === 0 ? undefined : lastUpTo(headings, headings.length - 1, y)
}

/** The picture's own proportions inside a box; all of it where they are not known or are those of the box but for rounding. */
export function fitInside(box: { width: number; height: number }, width: number | null, height: number | null) {
  if (!width || !height) return { width: box.width, height: box.height }
  const ratio = width / height / (box.width / box.height)
  // A shape is a byte: what it leaves over is no margin that anyone should see.
  if (Math.abs(ratio - 1) < 0.025) return { width: box.width, height: box.height }
  return ratio > 1
    ? { width: box.width, height: Math.max(1, Math.round(box.height / ratio)) }
    : { width: Math.max(1, Math.round(box.width * ratio)), height: box.height }
}

export type Move = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down'
export const isVertical = (move: Move): boolean => /up|down/.test(move)

/** The middle of a cell. Who goes up or down through rows of other widths stays near where they began. */
export function middleOf(layout: GridLayout, index: number): number {
  const { x, width } = boxOf(layout, index)
  return x + width / 2
}

/** Where a key leads. Up and down take what is nearest to `goalX` in the other row, and stay where there is none. */
export function moveFrom(
  layout: GridLayout,
  index: number,
  move: Move,
  viewHeight: number,
  goalX = middleOf(layout, index),
): number {
  const last = layout.total - 1
  const row = rowOf(layout, index)
  const inRow = (other: number): number => (other === row ? index : nearestInRow(layout, other, goalX))
  const targets: Record<Move, () => number> = {
    left: () => index - 1,
    right: () => index + 1,
    up: () => inRow(Math.max(row - 1, 0)),
    down: () => inRow(Math.min(row + 1, layout.rows.count - 1)),
    'page-up': () => inRow(pageFrom(layout, row, -viewHeight)),
    'page-down': () => inRow(pageFrom(layout, row, viewHeight)),
    first: () => 0,
    last: () => last,
  }
  return Math.min(Math.max(targets[move](), 0), Math.max(last, 0))
}

/** A row about a view away, so that one row of the page before is still seen; never the same one but at the end. */
function pageFrom(layout: GridLayout, row: number, viewHeight: number): number {
  const { count, tops } = layout.rows
  const top = tops[row] as number
  const pitch = bottomOf(layout, row) - top + gap
  const away = Math.max(0, Math.abs(viewHeight) - pitch)
  if (viewHeight > 0) return Math.min(Math.max(lastUpTo(tops, count, top + away), row + 1), count - 1)
  const above = lastUpTo(tops, count, top - away)
  const isWithin = (tops[above] as number) >= top - away
  return Math.max(Math.min(isWithin ? above : above + 1, row - 1), 0)
}

function nearestInRow(layout: GridLayout, row: number, x: number): number {
  const { firsts } = layout.rows
  const first = firsts[row] as number
  let nearest = first
  let least = Number.POSITIVE_INFINITY
  for (let i = first; i < (firsts[row + 1] as number); i++) {
    const distance = Math.abs(middleOf(layout, i) - x)
    if (distance >= least) break
    nearest = i
    least = distance
  }
  return nearest
}
