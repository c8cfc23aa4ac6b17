import { describe, expect, it } from 'vitest'
import {
  fitInside,
  gap,
  indicesBetween,
  layOut,
  moveFrom,
  padding,
  placeOf,
} from '../../../src/renderer/src/features/library/grid/layout.ts'

describe('the layout of the grid', () => {
  it('fills the width with cells of about the wanted size', () => {
    for (let width = 300; width < 2600; width += 37) {
      const layout = layOut(width, 176, 1000)
      const used = layout.columns * layout.pitch - gap + 2 * padding
      expect(used).toBeLessThanOrEqual(width)
      expect(width - used).toBeLessThan(layout.columns)
      expect(Math.abs(layout.cell - 176)).toBeLessThan(100)
    }
  })

  it('has at least one column however narrow it is', () => {
    expect(layOut(40, 400, 7).columns).toBe(1)
    expect(layOut(0, 400, 7).columns).toBe(1)
  })

  it('is as high as its rows, and nothing without items', () => {
    const layout = layOut(1000, 176, 1001)
    const last = placeOf(layout, 1000)
    expect(layout.height).toBe(last.y + layout.cell + padding)
    expect(layOut(1000, 176, 0).height).toBe(0)
  })

  it('finds the cells between two heights, whole rows, within the list', () => {
    const layout = layOut(1000, 176, 503)
    const top = padding + 10 * layout.pitch
    const range = indicesBetween(layout, top, top + 1, 503, 0)
    expect(range).toEqual({ first: 10 * layout.columns, end: 11 * layout.columns })
    expect(indicesBetween(layout, top, top + 1, 503, 2)).toEqual({
      first: 8 * layout.columns,
      end: 13 * layout.columns,
    })
    expect(indicesBetween(layout, layout.height - 10, layout.height, 503, 2).end).toBe(503)
    expect(indicesBetween(layout, 0, 900, 0, 2)).toEqual({ first: 0, end: 0 })
  })

  it('keeps the proportions of a picture inside its cell', () => {
    expect(fitInside(200, 3000, 1500)).toEqual({ width: 200, height: 100 })
    expect(fitInside(200, 1500, 3000)).toEqual({ width: 100, height: 200 })
    expect(fitInside(200, 100_000, 10)).toEqual({ width: 200, height: 1 })
    expect(fitInside(200, null, null)).toEqual({ width: 200, height: 200 })
  })
})

describe('a move in the grid', () => {
  const total = 23
  const layout = layOut(5 * 100 + 4 * gap + 2 * padding, 100, total)
  const from = (index: number, move: Parameters<typeof moveFrom>[2]): number =>
    moveFrom(layout, index, move, total, 350)

  it('goes one picture or one row', () => {
    expect(layout.columns).toBe(5)
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
})
