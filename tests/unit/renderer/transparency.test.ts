import { rgbaToThumbHash } from 'thumbhash'
import { describe, expect, it } from 'vitest'
import { isTransparent } from '../../../src/renderer/src/lib/transparency.ts'

function placeholderOf(alpha: (pixel: number) => number): string {
  const pixels = Array.from({ length: 16 * 12 }, (_, i) => [200, 40, 90, alpha(i)]).flat()
  return Buffer.from(rgbaToThumbHash(16, 12, pixels)).toString('base64')
}

describe('a transparent picture', () => {
  it('is known by its placeholder', () => {
    expect(isTransparent(placeholderOf(() => 255))).toBe(false)
    expect(isTransparent(placeholderOf(i => (i % 2) * 255))).toBe(true)
  })

  it('is not made out of a placeholder that is missing or damaged', () => {
    expect([null, '', '%%%%', 'AA'].map(isTransparent)).toEqual([false, false, false, false])
  })
})
