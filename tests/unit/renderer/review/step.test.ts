import { expect, it } from 'vitest'
import { placeToStepTo } from '../../../../src/renderer/src/ui/review/step.ts'

it('leads to the neighbours of a picture that is listed, also beyond the ends, where nothing is', () => {
  expect(placeToStepTo({ index: 4, last: 4, total: 10 }, 1)).toBe(5)
  expect(placeToStepTo({ index: 0, last: 0, total: 10 }, -1)).toBe(-1)
})

it('goes on where the picture stood that a mark took out of the list', () => {
  expect(placeToStepTo({ index: undefined, last: 4, total: 9 }, 1)).toBe(4)
  expect(placeToStepTo({ index: undefined, last: 4, total: 9 }, -1)).toBe(3)
})

it('stays within what is left', () => {
  expect(placeToStepTo({ index: undefined, last: 9, total: 9 }, 1)).toBe(8)
  expect(placeToStepTo({ index: undefined, last: 0, total: 9 }, -1)).toBe(0)
})
