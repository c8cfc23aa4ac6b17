import { describe, expect, it } from 'vitest'
import {
  addTo,
  countSelected,
  everything,
  inverted,
  isSelected,
  noSelection,
  selectOnly,
  toggle,
} from '../../../src/renderer/src/features/library/grid/selection.ts'

describe('a selection', () => {
  it('holds what was put in and nothing else', () => {
    const selection = addTo(selectOnly(3), [5, 8])
    expect([3, 4, 5, 8].map(id => isSelected(selection, id))).toEqual([true, false, true, true])
    expect(countSelected(selection, 1000)).toBe(3)
  })

  it('takes a picture in and out again', () => {
    const added = toggle(selectOnly(3), 4)
    expect(countSelected(added, 10)).toBe(2)
    expect(countSelected(toggle(added, 3), 10)).toBe(1)
  })

  it('of everything counts what is taken out of it', () => {
    const allButTwo = toggle(toggle(everything, 1), 2)
    expect(isSelected(allButTwo, 1)).toBe(false)
    expect(isSelected(allButTwo, 999_999)).toBe(true)
    expect(countSelected(allButTwo, 1_000_000)).toBe(999_998)
    expect(isSelected(addTo(allButTwo, [1]), 1)).toBe(true)
  })

  it('is inverted, and back again, whatever it was of', () => {
    const allButOne = inverted(selectOnly(3))
    expect([3, 4].map(id => isSelected(allButOne, id))).toEqual([false, true])
    expect(countSelected(allButOne, 1_000_000)).toBe(999_999)
    expect(inverted(allButOne)).toEqual(selectOnly(3))
    expect(countSelected(inverted(everything), 10)).toBe(0)
    expect(countSelected(inverted(noSelection), 10)).toBe(10)
  })

  it('is not changed by what is made from it', () => {
    toggle(noSelection, 7)
    toggle(everything, 7)
    expect(countSelected(noSelection, 10)).toBe(0)
    expect(countSelected(everything, 10)).toBe(10)
  })
})
