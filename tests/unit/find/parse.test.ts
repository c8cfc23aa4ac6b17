import { expect, test } from 'vitest'
import { parseFind } from '../../../src/shared/find/parse.ts'
import { writeTerm } from '../../../src/shared/find/write.ts'

const day = '2026-03-14'
const parse = (text: string) => parseFind(text, day)
/** What each term says, without its place. */
const said = (text: string) => parse(text).map(({ start, end, ...rest }) => rest)
const faultsOf = (text: string) => parse(text).flatMap(term => (term.kind === 'fault' ? [term.message] : []))
const valuesOf = (text: string) => parse(text).flatMap(term => (term.kind === 'key' ? term.values : []))

test('words, phrases and what is not wanted', () => {
  expect(said('boat  "red barn" -calm')).toEqual([
    { kind: 'word', text: 'boat', isOpen: false, isNot: false },
    { kind: 'phrase', text: 'red barn', isOpen: false, isNot: false },
    { kind: 'word', text: 'calm', isOpen: true, isNot: true },
  ])
  expect(said('')).toEqual([])
  expect(said(' \t ')).toEqual([])
  expect(said('- self-portrait ')).toEqual([
    { kind: 'word', text: '-', isOpen: false, isNot: false },
    { kind: 'word', text: 'self-portrait', isOpen: false, isNot: false },
  ])
  expect(said('-"a b"')).toEqual([{ kind: 'phrase', text: 'a b', isOpen: false, isNot: true }])
  expect(said('"still typ')).toEqual([{ kind: 'phrase', text: 'still typ', isOpen: true, isNot: false }])
  expect(said('"say ""hi"""')).toEqual([{ kind: 'phrase', text: 'say "hi"', isOpen: false, isNot: false }])
})

test('every term knows where it stands', () => {
  const text = ' boat -color:red,blue "a b" colr:x'
  expect(parse(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'boat',
    '-color:red,blue',
    '"a b"',
    'colr:x',
  ])
})

test('values: one, several, quoted, by their beginning', () => {
  expect(said('tag:"evening light",ink -colour:Blue,gray')).toEqual([
    {
      kind: 'key',
      key: 'tag',
      isNot: false,
      values: [
        { kind: 'name', name: 'evening light', isBeginning: false, isOpen: false },
        { kind: 'name', name: 'ink', isBeginning: false, isOpen: false },
      ],
    },
    {
      kind: 'key',
      key: 'color',
      isNot: true,
      values: [
        { kind: 'choice', name: 'blue' },
        { kind: 'choice', name: 'grey' },
      ],
    },
  ])
  expect(valuesOf('tag:har* ')).toEqual([{ kind: 'name', name: 'har', isBeginning: true, isOpen: false }])
  expect(valuesOf('tag:"har*" ')).toEqual([{ kind: 'name', name: 'har*', isBeginning: false, isOpen: false }])
  expect(valuesOf('color:red,,blue,')).toHaveLength(2)
  expect(valuesOf('TYPE:JPG')).toEqual([{ kind: 'choice', name: 'jpeg' }])
})

test.for<[string, number | null, number | null]>([
  ['3', 3, 3],
  ['>=3', 3, null],
  ['>3', 4, null],
  ['<3', null, 2],
  ['<=3', null, 3],
  ['3..5', 3, 5],
  ['3..', 3, null],
  ['..2', null, 2],
])('rating:%s', ([text, from, to]) => {
  expect(valuesOf(`rating:${text}`)).toEqual([{ kind: 'rating', from, to }])
})

test.for<[string, number | null, number | null]>([
  ['>10mb', 10e6, null],
  ['<500kb', null, 500e3],
  ['1.2MB..5mb', 1.2e6, 5e6],
  ['>=1.5gb', 1.5e9, null],
  ['<9b', null, 9],
])('size:%s', ([text, from, to]) => {
  expect(valuesOf(`size:${text}`)).toEqual([{ kind: 'size', from, to }])
})

test.for<[string, string | null, string | null]>([
  ['2021', '2021', '2021'],
  ['2021-03..2022', '2021-03', '2022'],
  ['>=2021', '2021', null],
  ['>2021', '2022-01-01', null],
  ['<2020-03', null, '2020-02-29'],
  ['<=2020-03-05', null, '2020-03-05'],
  ['..2020', null, '2020'],
  ['2024-02-29', '2024-02-29', '2024-02-29'],
  ['today', '2026-03-14', '2026-03-14'],
  ['yesterday', '2026-03-13', '2026-03-13'],
  ['this-month', '2026-03', '2026-03'],
  ['last-month', '2026-02', '2026-02'],
  ['last-year..today', '2025', '2026-03-14'],
])('date:%s', ([text, from, to]) => {
  expect(valuesOf(`date:${text}`)).toEqual([{ kind: 'date', from, to }])
})

test('a month before January is December', () => {
  expect(parseFind('date:last-month', '2026-01-31')[0]).toMatchObject({ values: [{ from: '2025-12' }] })
})

test('swatches with their tolerance', () => {
  expect(valuesOf('color:#A31')).toEqual([{ kind: 'near', hex: '#aa3311', tolerance: 10 }])
  expect(valuesOf('color:#aa3311~20,red')).toEqual([
    { kind: 'near', hex: '#aa3311', tolerance: 20 },
    { kind: 'choice', name: 'red' },
  ])
})

test.for<[string, string]>([
  ['colr:red', 'There is no “colr:”. Did you mean color:?'],
  ['ratng:3', 'There is no “ratng:”. Did you mean rating:?'],
  ['zzz:3', 'There is no “zzz:”. Put it in quotation marks to look for the words.'],
  ['constructor:3', 'There is no “constructor:”. Put it in quotation marks to look for the words.'],
  ['color:', 'color: needs a value, such as color:blue.'],
  ['tag:""', 'tag: needs a value, such as tag:"evening light".'],
  ['color:bleu', 'color: knows no “bleu”. Did you mean blue?'],
  [
    'color:constructor',
    'color: knows no “constructor”. There is black, grey, white, red, orange, brown, yellow, olive ….',
  ],
  ['is:pickd', 'is: knows no “pickd”. Did you mean picked?'],
  ['rating:6', '“6” is no rating: 0 to 5 stars, such as 3, >=3 or 3..5.'],
  ['rating:5..3', '“5..3” ends before it begins.'],
  ['rating:>5', 'No picture has more than 5 stars.'],
  ['rating:..', '“..” has neither a beginning nor an end.'],
  ['size:10', '“10” is no size, such as >10mb, <500kb or 1mb..5mb.'],
  ['size:5mb', 'Larger or smaller than 5mb? Say >5mb, <5mb, or a range such as 1mb..5mb.'],
  ['size:>1.25mb', '“1.25mb” is too exact: sizes go by two digits, such as 1.2mb.'],
  ['date:2021-02-30', 'There is no 2021-02-30 in the calendar.'],
  ['date:soon', '“soon” is no date, such as 2021, 2021-03, 2021-03-14, 2021..2023 or last-month.'],
  ['date:2022..2021', '“2022..2021” ends before it begins.'],
  ['date:>', '“>” has neither a beginning nor an end.'],
  ['color:#12', '“#12” is no swatch, such as #aa3311 or #aa3311~20.'],
  ['color:#aa3311~99', 'A tolerance is 0 to 30, such as #aa3311~20.'],
  ['tag:*', 'Before the star there has to be a beginning, such as tag:harb*.'],
])('%s is said to be wrong', ([text, message]) => {
  expect(faultsOf(text)).toEqual([message])
})

test('the rest counts beside a fault, and an address is only words', () => {
  expect(said('boat colr:red color:red').map(({ kind }) => kind)).toEqual(['word', 'fault', 'key'])
  expect(said('https://example.org 12:30')).toMatchObject([{ kind: 'word' }, { kind: 'word', text: '12:30' }])
})

const pieces = [
  ...'-",:*.~#<>=()\\\0 ',
  ' ',
  '..',
  'tag',
  'color:',
  'date:',
  'size:>',
  'rating:',
  '2021',
  '-02',
  '99999999999999999999',
  '5mb',
  '#fff',
  'é',
  '😀',
  '\ud800',
  '\n',
  'NEAR',
  'is:picked',
]

/** Repeatable, so that a failure can be looked into. */
function* oddTexts(count: number): Generator<string> {
  let state = 7
  const below = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * limit)
  }
  for (let i = 0; i < count; i++) yield Array.from({ length: below(12) }, () => pieces[below(pieces.length)]).join('')
}

test('any text is read, its terms cover all but spaces, and what is written again means the same', () => {
  for (const text of oddTexts(5_000)) {
    const terms = parse(text)
    let end = 0
    for (const term of terms) {
      expect(text.slice(end, term.start), text).toMatch(/^[\s\0]*$/)
      expect(term.end, text).toBeGreaterThan(term.start)
      end = term.end
    }
    expect(text.slice(end), text).toMatch(/^[\s\0]*$/)
    // What is last may be unfinished, which a term in the middle is not.
    const meant = parse(`${terms.map(writeTerm).filter(Boolean).join(' ')} `)
    const without = (each: (typeof terms)[number]) => JSON.stringify({ ...each, start: 0, end: 0 })
    const settled = terms
      .filter(term => term.kind !== 'fault')
      .map(term => without(term).replaceAll('"isOpen":true', '"isOpen":false'))
    expect(meant.map(without), text).toEqual(settled)
  }
})
