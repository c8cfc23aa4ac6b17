import { describe, expect, it } from 'vitest'
import {
  isWhollySelected,
  rangeOf,
  sectionOf,
  startsOf,
  titleOfSection,
} from '../../../src/renderer/src/features/library/grid/sections.ts'
import {
  addTo,
  everything,
  noSelection,
  selectOnly,
  takeFrom,
} from '../../../src/renderer/src/features/library/grid/selection.ts'
import { sortAlong } from '../../../src/renderer/src/lib/grouping.ts'
import { ratioOf, squareShape, stepsPerDoubling } from '../../../src/shared/shapes.ts'

const section = (name: string, count = 1, startedAt: string | null = null) => ({ key: name, name, startedAt, count })

describe('the sections of a list', () => {
  it('are called by their dates, folders and imports', () => {
    const at = new Date(Date.UTC(2023, 4, 14))
    const month = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
    expect(titleOfSection(section('2023-05'), 'month')).toBe(month)
    expect(titleOfSection(section('2023-05-14'), 'day')).toMatch(/14/)
    expect(titleOfSection(section('2023'), 'year')).toBe('2023')
    expect(titleOfSection(section('0000-00-00'), 'day')).toBe('0000-00-00')
    expect(titleOfSection(section('Studio / Sea'), 'folder')).toBe('Studio / Sea')
    expect(titleOfSection(section('Studio', 1, '2026-05-03T10:00:00Z'), 'sync')).toMatch(/^Studio, .*2026/)
    expect(titleOfSection({ ...section('', 1), key: '7' }, 'sync')).toBe('An earlier import')
    expect(titleOfSection(section(''), 'day')).toBe('Without a date')
  })

  it('are found by the index of any of their pictures', () => {
    const starts = startsOf([section('a', 3), section('b', 1), section('c', 5)])
    expect(Array.from({ length: 9 }, (_, index) => sectionOf(starts, index))).toEqual([0, 0, 0, 1, 2, 2, 2, 2, 2])
    expect([sectionOf(starts, -1), sectionOf(starts, 9), sectionOf(startsOf([]), 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(rangeOf(starts, 2)).toEqual({ first: 4, end: 9 })
  })

  it('are selected as a whole when nothing of them is left out', () => {
    const ids = [1, 2, 3]
    const all = addTo(selectOnly(9), ids)
    expect(isWhollySelected(all, 3, ids)).toBe(true)
    expect(isWhollySelected(takeFrom(all, [2]), 3, ids)).toBe(false)
    expect(isWhollySelected(noSelection, 3, ids)).toBe(false)
    // Not known, and so not said.
    expect(isWhollySelected(all, 3, undefined)).toBe(false)
    expect(isWhollySelected(everything, 3, undefined)).toBe(true)
    expect(isWhollySelected(takeFrom(everything, [9]), 3, ids)).toBe(true)
    expect(isWhollySelected(takeFrom(everything, [3]), 3, ids)).toBe(false)
  })

  it('are taken out of a selection without the rest of it', () => {
    expect(takeFrom(addTo(selectOnly(9), [1, 2]), [1, 2, 5])).toEqual(selectOnly(9))
    expect(takeFrom(everything, [1])).toEqual({ kind: 'all', except: new Set([1]) })
    expect(addTo(takeFrom(everything, [1, 2]), [2])).toEqual({ kind: 'all', except: new Set([1]) })
  })
})

describe('the order that goes along with groups', () => {
  it('is that of the dates where there are dates, unless another one was chosen', () => {
    expect([sortAlong('day', 'newest'), sortAlong('month', 'oldest')]).toEqual(['taken-newest', 'taken-oldest'])
    expect([sortAlong('year', 'relevance'), sortAlong('year', 'name')]).toEqual(['taken-newest', 'name'])
    expect([sortAlong('folder', 'newest'), sortAlong('sync', 'relevance')]).toEqual(['newest', 'newest'])
    expect(sortAlong('none', 'relevance')).toBe('relevance')
  })
})

it('a shape is a proportion, twice as wide at each doubling, and a square where none is known', () => {
  expect([ratioOf(0), ratioOf(squareShape)]).toEqual([1, 1])
  expect([ratioOf(squareShape + stepsPerDoubling), ratioOf(squareShape - stepsPerDoubling)]).toEqual([2, 0.5])
  expect([ratioOf(255), 1 / ratioOf(1)]).toEqual([expect.closeTo(8.13, 1), expect.closeTo(8.13, 1)])
})
