import { expect, test } from 'vitest'
import { completed, completingAt } from '../../../src/shared/find/complete.ts'
import { parseFind } from '../../../src/shared/find/parse.ts'
import { toggledIn, withoutTerm, writeName } from '../../../src/shared/find/write.ts'

/** The caret is where `|` stands. */
function at(text: string) {
  const caret = text.indexOf('|')
  return completingAt(text.replace('|', ''), caret)
}

test.for<[string, key: string | null | undefined, prefix?: string]>([
  ['|', null, ''],
  ['boat |', null, ''],
  ['co|', null, 'co'],
  ['-co|', null, 'co'],
  ['c|o', undefined],
  ['color:|', 'color', ''],
  ['boat -colour:bl|', 'color', 'bl'],
  ['color:red,b|lue x', 'color', 'b'],
  ['tag:"evening l|', 'tag', 'evening l'],
  ['"evening l|', undefined],
  ['colr:x|', undefined],
  ['col|or:red', undefined],
])('at %s', ([text, key, prefix]) => {
  const found = at(text)
  if (key === undefined) expect(found).toBeNull()
  else expect(found).toMatchObject({ key, prefix })
})

test.for<[string, chosen: string, expected: string]>([
  ['boat co|', 'color:', 'boat color:|'],
  ['-color:re| x', 'red ', '-color:red |x'],
  ['color:red,b|lue x', 'beige ', 'color:red,beige |x'],
  ['tag:"even|', '"evening light" ', 'tag:"evening light" |'],
  ['harb|', 'tag:harbour ', 'tag:harbour |'],
])('%s with %s', ([text, chosen, expected]) => {
  const begun = at(text)
  if (!begun) throw new Error('Nothing is begun')
  const { text: next, caret } = completed(text.replace('|', ''), begun, chosen)
  expect(`${next.slice(0, caret)}|${next.slice(caret)}`).toBe(expected)
})

test('a value is put in once, taken out again, and takes the place of another where there is one only', () => {
  expect(toggledIn('', 'color', 'red', false)).toBe('color:red')
  expect(toggledIn('boat color:red', 'color', 'blue', false)).toBe('boat color:red color:blue')
  expect(toggledIn('a colour:RED b', 'color', 'red', false)).toBe('a b')
  expect(toggledIn('rating:4 a rating:>=2', 'rating', '5', true)).toBe('a rating:5')
  expect(toggledIn('-color:red', 'color', 'red', false)).toBe('-color:red color:red')
  expect(toggledIn('tag:"evening light"', 'tag', writeName('evening light'), false)).toBe('')
  expect(toggledIn('date:2021', 'date', '2022', true)).toBe('date:2022')
})

test('taking a term out leaves the others as they are', () => {
  const text = '  a "b  c"  d '
  const [, phrase] = parseFind(text)
  expect(phrase && withoutTerm(text, phrase)).toBe('  a d ')
})
