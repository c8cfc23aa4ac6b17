import { describe, expect, it } from 'vitest'
import {
  boxOf,
  fitInside,
  type GridSpace,
  gap,
  headingHeight,
  indicesBetween,
  layOut,
  middleOf,
  moveFrom,
  padding,
  rowOf,
  sectionAt,
} from '../../../src/renderer/src/features/library/grid/layout.ts'
import { ratioOf } from '../../../src/shared/shapes.ts'

const square = (width: number, wanted: number, total: number, counts: number[] = []): GridSpace => ({
  width,
  wanted,
  kind: 'square',
  total,
  shapes: null,
  counts,
})

/** Repeatable noise in 0..1. */
function noise(seed: number): number {
  const value = Math.sin(seed * 127.1 + 311.7) * 43758.5453
  return value - Math.floor(value)
}

/** Proportions as cameras and scanners make them, and some of no picture at all. */
const shapesOf = (total: number, seed = 1) =>
  Uint8Array.from({ length: total }, (_, i) =>
    noise(i + seed) < 0.05 ? Math.floor(noise(i * 3 + seed) * 256) : ([152, 103, 128, 145, 110][i % 5] as number),
  )

const justified = (width: number, wanted: number, shapes: Uint8Array, counts: number[] = []): GridSpace => ({
  width,
  wanted,
  kind: 'justified',
  total: shapes.length,
  shapes,
  counts,
})

/** Sections of 0 to 40 pictures, as many as there are pictures for. */
function countsOf(total: number): number[] {
  const counts: number[] = []
  for (let left = total; left > 0; ) {
    const count = Math.min(left, Math.floor(noise(counts.length * 7 + 1) * 40))
    counts.push(count)
    left -= count
  }
  return counts
}

describe('the layout of square cells', () => {
  it('fills the width with cells of about the wanted size', () => {
    for (let width = 300; width < 2600; width += 37) {
      const layout = layOut(square(width, 176, 1000))
      const columns = layout.rows.firsts[1] as number
      const last = boxOf(layout, columns - 1)
      const used = last.x + last.width + padding
      expect(used).toBeLessThanOrEqual(width)
      expect(width - used).toBeLessThan(columns)
      expect(Math.abs(last.width - 176)).toBeLessThan(100)
      expect(last.width).toBe(last.height)
    }
  })

  it('has at least one column however narrow it is', () => {
    expect(layOut(square(40, 400, 7)).rows.count).toBe(7)
    expect(layOut(square(0, 400, 7)).rows.count).toBe(7)
  })

  it('is as high as its rows, and nothing without items', () => {
    const layout = layOut(square(1000, 176, 1001))
    const { y, height } = boxOf(layout, 1000)
    expect(layout.height).toBe(y + height + padding)
    expect(layOut(square(1000, 176, 0)).height).toBe(0)
  })

  it('finds the cells between two heights, whole rows, within the list', () => {
    const layout = layOut(square(1000, 176, 503))
    const columns = layout.rows.firsts[1] as number
    const top = boxOf(layout, 10 * columns).y
    expect(indicesBetween(layout, top, top + 1, 0)).toEqual({ first: 10 * columns, end: 11 * columns })
    expect(indicesBetween(layout, top, top + 1, 2)).toEqual({ first: 8 * columns, end: 13 * columns })
    expect(indicesBetween(layout, layout.height - 30, layout.height, 2).end).toBe(503)
    expect(indicesBetween(layOut(square(1000, 176, 0)), 0, 900, 2)).toEqual({ first: 0, end: 0 })
  })

  it('keeps the proportions of a picture inside its cell, and leaves no margin that is only rounding', () => {
    const cell = { width: 200, height: 200 }
    expect(fitInside(cell, 3000, 1500)).toEqual({ width: 200, height: 100 })
    expect(fitInside(cell, 1500, 3000)).toEqual({ width: 100, height: 200 })
    expect(fitInside(cell, 100_000, 10)).toEqual({ width: 200, height: 1 })
    expect(fitInside(cell, null, null)).toEqual(cell)
    expect(fitInside({ width: 302, height: 200 }, 3000, 2000)).toEqual({ width: 302, height: 200 })
    expect(fitInside({ width: 300, height: 200 }, 2000, 3000)).toEqual({ width: 133, height: 200 })
  })
})

describe('justified rows', () => {
  it('fill the width from edge to edge, in the order of the list, without overlapping', () => {
    for (const [width, wanted, seed] of [
      [1000, 176, 1],
      [333, 96, 2],
      [2560, 400, 3],
      [648, 240, 4],
      [300, 400, 5],
    ] as const) {
      const layout = layOut(justified(width, wanted, shapesOf(1200, seed)))
      const { count, firsts } = layout.rows
      expect(firsts[0]).toBe(0)
      expect(firsts[count]).toBe(1200)
      let below = padding
      for (let row = 0; row < count; row++) {
        const [first, end] = [firsts[row] as number, firsts[row + 1] as number]
        expect(end).toBeGreaterThan(first)
        let x = padding
        for (let index = first; index < end; index++) {
          const box = boxOf(layout, index)
          expect([box.x, box.y]).toEqual([x, below])
          x += box.width + gap
        }
        if (row < count - 1) expect(Math.abs(x - gap - (width - padding))).toBeLessThanOrEqual(1)
        else expect(x - gap).toBeLessThanOrEqual(width - padding + 1)
        below += boxOf(layout, first).height + gap
      }
      expect(layout.height).toBe(below - gap + padding)
    }
  })

  it('show pictures in their own proportions, at about the wanted height', () => {
    const shapes = shapesOf(2000)
    const layout = layOut(justified(1440, 176, shapes))
    let sum = 0
    for (let index = 0; index < 2000; index++) {
      const { width, height } = boxOf(layout, index)
      const ratio = Math.min(Math.max(ratioOf(shapes[index] as number), 0.4), 4)
      expect(Math.abs(width - ratio * height)).toBeLessThan(ratio + 1)
      expect(height).toBeGreaterThan(176 / 1.5)
      expect(height).toBeLessThan(176 * 1.5)
      sum += height
    }
    expect(Math.abs(sum / 2000 - 176)).toBeLessThan(15)
  })

  it('are squares where nothing is known', () => {
    const layout = layOut(justified(1000, 176, new Uint8Array(100)))
    for (let index = 0; index < 100; index++) {
      const { width, height } = boxOf(layout, index)
      expect(Math.abs(width - height)).toBeLessThanOrEqual(1)
    }
  })

  it('leave the last row at the wanted height', () => {
    const layout = layOut(justified(1000, 176, shapesOf(2)))
    expect([boxOf(layout, 0).height, boxOf(layout, 1).height]).toEqual([176, 176])
  })

  it('of a million take a few megabytes', () => {
    const shapes = shapesOf(1_000_000)
    const layout = layOut(justified(1440, 176, shapes))
    const { firsts, tops, scales } = layout.rows
    expect(firsts.byteLength + tops.byteLength + scales.byteLength).toBeLessThan(6_000_000)
    expect(rowOf(layout, 999_999)).toBe(layout.rows.count - 1)
  })
})

for (const kind of ['square', 'justified'] as const) {
  describe(`sections of ${kind} cells`, () => {
    const total = 700
    const counts = countsOf(total)
    const layout = layOut({ ...justified(1000, 176, shapesOf(total), counts), kind })

    it('begin with a heading and a row of their own', () => {
      let first = 0
      for (const [section, count] of counts.entries()) {
        const top = layout.headings[section] as number
        if (count > 0) {
          expect(boxOf(layout, first)).toMatchObject({ x: padding, y: top + headingHeight })
          expect(layout.rows.firsts[rowOf(layout, first)]).toBe(first)
          if (first > 0) expect(boxOf(layout, first - 1).y).toBeLessThan(top)
          for (let index = first; index < first + count; index++) {
            const { y, height } = boxOf(layout, index)
            expect([sectionAt(layout, y), sectionAt(layout, y + height - 1)]).toEqual([section, section])
          }
        }
        first += count
      }
      expect(layout.headings.length).toBe(counts.length + 1)
      expect(layout.headings.at(-1)).toBe(layout.height)
      expect([layout.headings[0], sectionAt(layout, 0)]).toEqual([0, 0])
    })

    it('are part of what lies between two heights, whatever these are', () => {
      for (let top = -100; top < layout.height + 100; top += 61) {
        const { first, end } = indicesBetween(layout, top, top + 500, 0)
        for (let index = 0; index < total; index++) {
          const { y, height } = boxOf(layout, index)
          const isWithin = y < top + 500 && y + height > top
          if (isWithin) expect(index >= first && index < end).toBe(true)
        }
        expect(boxOf(layout, Math.min(end, total - 1)).y - boxOf(layout, Math.min(first, total - 1)).y).toBeLessThan(
          1100,
        )
      }
    })

    it('are crossed by the keys, a row at a time', () => {
      for (let index = 0; index < total; index += 3) {
        const row = rowOf(layout, index)
        const up = moveFrom(layout, index, 'up', 600)
        const down = moveFrom(layout, index, 'down', 600)
        expect(rowOf(layout, up)).toBe(Math.max(0, row - 1))
        expect(rowOf(layout, down)).toBe(Math.min(layout.rows.count - 1, row + 1))
        for (const target of [up, down]) {
          if (target === index) continue
          const away = Math.abs(middleOf(layout, target) - middleOf(layout, index))
          const others = [target - 1, target + 1].filter(other => rowOf(layout, other) === rowOf(layout, target))
          for (const other of others) {
            if (other < 0 || other >= total) continue
            expect(Math.abs(middleOf(layout, other) - middleOf(layout, index))).toBeGreaterThanOrEqual(away)
          }
        }
      }
    })

    it('are passed by pages, to both ends', () => {
      for (const [move, end] of [
        ['page-down', layout.rows.count - 1],
        ['page-up', 0],
      ] as const) {
        let index = end === 0 ? total - 1 : 0
        for (let presses = 0; presses < 200; presses++) {
          const next = moveFrom(layout, index, move, 600)
          const passed = Math.abs(boxOf(layout, next).y - boxOf(layout, index).y)
          expect(passed).toBeLessThanOrEqual(600)
          if (rowOf(layout, index) !== end) expect(next).not.toBe(index)
          index = next
        }
        expect(rowOf(layout, index)).toBe(end)
      }
    })
  })
}

describe('a move in the grid', () => {
  const total = 23
  const layout = layOut(square(5 * 100 + 4 * gap + 2 * padding, 100, total))
  const from = (index: number, move: Parameters<typeof moveFrom>[2]): number => moveFrom(layout, index, move, 350)

  it('goes one picture or one row', () => {
    expect(layout.rows.firsts[1]).toBe(5)
    expect([from(7, 'left'), from(7, 'right'), from(7, 'up'), from(7, 'down')]).toEqual([6, 8, 2, 12])
  })

  it('stays within the list', () => {
    expect([from(0, 'left'), from(2, 'up'), from(22, 'right'), from(22, 'down')]).toEqual([0, 2, 22, 22])
  })

  it('reaches the last row from a column that ends before it', () => {
    expect(from(19, 'down')).toBe(22)
  })

  it('goes by pages in its column, and to both ends', () => {
    expect(from(22, 'page-up')).toBe(12)
    expect(from(7, 'page-up')).toBe(2)
    expect(from(2, 'page-down')).toBe(12)
    expect([from(9, 'first'), from(9, 'last')]).toEqual([0, 22])
  })

  it('comes back through rows of other widths to where it began', () => {
    const rows = layOut(justified(1000, 176, shapesOf(300)))
    for (let index = 0; index < 200; index += 7) {
      const x = middleOf(rows, index)
      let there = index
      for (let i = 0; i < 5; i++) there = moveFrom(rows, there, 'down', 600, x)
      for (let i = 0; i < 5; i++) there = moveFrom(rows, there, 'up', 600, x)
      expect(there).toBe(index)
    }
  })
})
