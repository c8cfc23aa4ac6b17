import { expect, test } from 'vitest'
import { originalKey, StoreFailed } from '../../../src/main/storage/index.ts'

const sha256 = 'abcd'.padEnd(64, '0')

test('spreads originals over two levels of folders, by their hash', () => {
  expect(originalKey(sha256, 'png')).toBe(`originals/ab/cd/${sha256}.png`)
})

test('takes an extension with or without its dot, in any case', () => {
  expect(originalKey(sha256, '.JPG')).toBe(`originals/ab/cd/${sha256}.jpg`)
})

test.each(['', '.', '../x', 'a/b', 'a b', 'verylongextension', 'ä', 'a.b', '\0'])(
  'leaves out %j as an extension, which is none',
  extension => {
    expect(originalKey(sha256, extension)).toBe(`originals/ab/cd/${sha256}`)
  },
)

test.each(['', 'abc', sha256.toUpperCase(), `${sha256}0`, `../${sha256.slice(3)}`, `${sha256}\n`])(
  'makes no key of %j, which is not a SHA-256',
  hash => {
    expect(() => originalKey(hash, 'png')).toThrow(StoreFailed)
  },
)
