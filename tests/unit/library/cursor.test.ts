import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from '../../../src/main/library/cursor.ts'

test.for([
  [null, 1],
  ['a name with ü and 漢', 20],
  [-1.5, 3],
  ['', 9],
] as const)('%j comes back as it went', cursor => {
  expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)
  expect(encodeCursor(cursor)).toMatch(/^[\w-]+$/)
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const foreign = ['', 'x', '%%%', '../../etc', encode(null), encode(7), encode({}), encode([1]), encode([1, 2, 3])]
const wrong = [encode([true, 1]), encode([{}, 1]), encode(['a', '1']), encode(['a', 1.5]), encode([[], 1])]

test.for([...foreign, ...wrong])('%j is no cursor', text => {
  expect(decodeCursor(text)).toBeNull()
})
