import { describe, expect, it } from 'vitest'
import { gap, layOut } from '../../../src/renderer/src/features/library/grid/layout.ts'
import {
  createScrollSpace,
  followScroll,
  mostPx,
  positionFor,
} from '../../../src/renderer/src/features/library/grid/scroll-space.ts'

const viewHeight = 800
/** A million of the largest cells in a narrow window: more than ten times what a browser scrolls. */
const heightOf = (wanted: number): number =>
  layOut({ width: 430, wanted, kind: 'square', total: 1_000_000, shapes: null, counts: [] }).height
const huge = heightOf(400)

describe('the scroll space', () => {
  it('is the content itself as long as a browser can scroll it', () => {
    const space = createScrollSpace(5_000_000)
    expect(space.scrollHeight).toBe(5_000_000)
    expect(positionFor(space, 4_321_000, viewHeight)).toEqual({ scrollTop: 4_321_000, offset: 0 })
    expect(followScroll(space, { scrollTop: 0, offset: 0 }, 4_999_200, viewHeight)).toEqual({
      scrollTop: 4_999_200,
      offset: 0,
    })
  })

  it('never makes an element higher than browsers allow, for a million rows at any size of cell', () => {
    expect(huge).toBeGreaterThan(400_000_000 - gap)
    for (const cell of [96, 176, 400]) {
      expect(createScrollSpace(heightOf(cell)).scrollHeight).toBeLessThanOrEqual(mostPx)
    }
  })

  it('reaches every place of a huge content within the scroller', () => {
    const space = createScrollSpace(huge)
    for (let share = 0; share <= 1; share += 0.001) {
      const top = Math.round(share * (huge - viewHeight))
      const { scrollTop, offset } = positionFor(space, top, viewHeight)
      expect(scrollTop + offset).toBe(top)
      expect(scrollTop).toBeGreaterThanOrEqual(0)
      expect(scrollTop).toBeLessThanOrEqual(space.scrollHeight - viewHeight)
    }
  })

  it('moves a short scroll one to one, across the edges of pages too', () => {
    const space = createScrollSpace(huge)
    let position = positionFor(space, space.pageHeight - 3000, viewHeight)
    for (let step = 0; step < 100; step++) {
      const before = position.scrollTop + position.offset
      position = followScroll(space, position, position.scrollTop + 100, viewHeight)
      expect(position.scrollTop + position.offset).toBe(before + 100)
    }
  })

  it('maps a dragged scrollbar onto the whole content, both ends included', () => {
    const space = createScrollSpace(huge)
    const start = positionFor(space, 0, viewHeight)
    const end = followScroll(space, start, space.scrollHeight - viewHeight, viewHeight)
    expect(end.scrollTop + end.offset).toBe(huge - viewHeight)
    const middle = followScroll(space, start, (space.scrollHeight - viewHeight) / 2, viewHeight)
    expect((middle.scrollTop + middle.offset) / huge).toBeCloseTo(0.5, 2)
    const back = followScroll(space, end, 0, viewHeight)
    expect(back.scrollTop + back.offset).toBe(0)
  })
})
