import { expect, it } from 'vitest'
import { nextZoom } from '../../../src/main/desktop/zoom.ts'

it('zooms by half a step, within limits, and back to the size as designed', () => {
  expect(nextZoom(0, 1)).toBe(0.5)
  expect(nextZoom(0, -1)).toBe(-0.5)
  expect(nextZoom(3.5, 0)).toBe(0)
  expect(nextZoom(4, 1)).toBe(4)
  expect(nextZoom(-4, -1)).toBe(-4)
})
