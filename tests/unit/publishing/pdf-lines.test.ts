import { expect, test } from 'vitest'
import { printable } from '../../../src/main/publishing/pdf/letters.ts'
import { type Line, linesOf, withEllipsis } from '../../../src/main/publishing/pdf/lines.ts'

const regular = (text: string): Line => [{ text, style: 'regular' }]
const plain = (lines: readonly Line[]): string[] => lines.map(line => line.map(({ text }) => text).join(''))
/** Every letter is as wide as any other. */
const counted = ({ text }: { text: string }): number => text.length

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 13, ['one two three']],
  ['one two three', 12, ['one two', 'three']],
  ['  one   two', 3, ['one', 'two']],
  ['', 5, []],
  ['barn-door', 6, ['barn-', 'door']],
  ['2019–2021', 5, ['2019–', '2021']],
  ['unbreakable', 4, ['unbr', 'eaka', 'ble']],
  ['a unbreakable b', 6, ['a', 'unbrea', 'kable', 'b']],
  ['30\u00a0×\u00a040\u00a0cm wide', 12, ['30\u00a0×\u00a040\u00a0cm', 'wide']],
])('%j in a width of %i', (text, width, lines) => {
  expect(plain(linesOf(regular(text), width, counted))).toEqual(lines)
})

test('a comma in another style stays with the word before it', () => {
  const line: Line = [
    { text: 'Barn', style: 'italic' },
    { text: ', 2019', style: 'regular' },
  ]
  expect(plain(linesOf(line, 5, counted))).toEqual(['Barn,', '2019'])
  expect(linesOf(line, 10, counted)).toEqual([line])
})

test('letters of several parts are not taken apart', () => {
  expect(plain(linesOf(regular('e\u0301e\u0301e\u0301'), 4, counted))).toEqual(['e\u0301e\u0301', 'e\u0301'])
})

test('a line that goes on ends with a mark within its width', () => {
  expect(plain([withEllipsis(regular('one two three'), 9, counted)])).toEqual(['one two…'])
  expect(plain([withEllipsis(regular('one'), 9, counted)])).toEqual(['one…'])
  expect(plain([withEllipsis(regular('one'), 0, counted)])).toEqual(['…'])
})

const latin = (codePoint: number): boolean => codePoint < 0x250 || codePoint === 0x301

test.each([
  ['Élise', 'Élise', []],
  ['Barn 日本 日', 'Barn □□ □', ['日', '本']],
  ['👩‍🎨 at work', '□ at work', ['👩‍🎨']],
  ['a\tb\u0007c\u{feff}d', 'a b cd', []],
  ['half \ud800 a pair', 'half □ a pair', ['\u{fffd}']],
  // The whole is not in the font, its parts are.
  ['ḱ', 'k\u0301', []],
])('%j is printed as %j', (text, printed, missing) => {
  expect(printable(text, latin)).toEqual({ text: printed, missing })
})
