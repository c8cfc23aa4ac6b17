import { expect, it } from 'vitest'
import { placesInStrip } from '../../../../src/renderer/src/ui/review/filmstrip.tsx'

it('the strip holds what fits, with the picture in the middle', () => {
  expect(placesInStrip(50, 100_000, 340)).toEqual([48, 49, 50, 51, 52])
  expect(placesInStrip(0, 100_000, 340)).toEqual([0, 1, 2])
  expect(placesInStrip(9, 10, 340)).toEqual([7, 8, 9])
  expect(placesInStrip(0, 1, 340)).toEqual([0])
})
