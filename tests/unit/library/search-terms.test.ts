import { expect, test } from 'vitest'
import { cellsNear, colourCell } from '../../../src/main/library/colour-cells.ts'
import { dateTerms } from '../../../src/main/library/date-terms.ts'
import { matchExpression } from '../../../src/main/library/search-terms.ts'
import type { MediaFilter } from '../../../src/shared/media.ts'
import { toOklab } from '../../../src/shared/oklab.ts'

const tagIds: Record<string, number> = { harbour: 12, 'evening light': 7 }
const names = {
  idOf: (field: string, name: string) => (field === 'tag' ? (tagIds[name] ?? null) : null),
  idsOf: (_: string, start: string) =>
    Object.keys(tagIds)
      .filter(name => name.startsWith(start))
      .map(name => tagIds[name] as number),
}
const expression = (filter: MediaFilter) => matchExpression(filter, names)

test('an empty filter matches everything', () => {
  expect(expression({})).toBeNull()
  expect(expression({ text: '', tags: [], colours: [] })).toBeNull()
  expect(expression({ text: ' \t ' })).toBeNull()
  expect(expression({ text: '- … "" ()' })).toBeNull()
})

test('every facet becomes one term', () => {
  expect(
    expression({
      status: 'failed',
      source: 'google_drive',
      folderId: 3,
      isMissing: true,
      colours: ['blue', 'navy'],
      tags: ['harbour', 'evening light'],
    }),
  ).toBe('facets : (xfailed AND sgoogledrive AND f3 AND zmissing AND cblue AND cnavy AND t12 AND t7)')
})

test('a tag nobody has matches nothing', () => {
  expect(expression({ tags: ['harbour', 'unknown'] })).toBe('none')
})

test('words are quoted, and the last one may be unfinished', () => {
  const columns = '{filename title description tags path}'
  expect(expression({ text: 'evening ligh' })).toBe(`${columns} : ("evening" AND "ligh"*)`)
  expect(expression({ text: ' evening  light ' })).toBe(`${columns} : ("evening" AND "light")`)
  expect(expression({ text: 'a"b NEAR(c) "facets:x' })).toBe(`${columns} : ("a""b" AND "NEAR(c)" AND "facets:x"*)`)
  expect(expression({ text: 'ink', tags: ['harbour'] })).toBe(`${columns} : ("ink"*) AND facets : (t12)`)
})

const all = '(xpending OR xprocessing OR xcompleted OR xfailed)'

test.for<[text: string, match: string | null]>([
  ['tag:harbour', 'facets : (t12)'],
  ['tag:harbour,"evening light" ', 'facets : ((t12 OR t7))'],
  ['tag:harb', 'facets : (t12)'],
  ['tag:harb ', 'none'],
  ['tag:harb* ', 'facets : (t12)'],
  ['tag:nowhere,harbour ', 'facets : (t12)'],
  ['-tag:nowhere ', null],
  ['-tag:harbour', `(facets : ${all}) NOT (facets : (t12))`],
  [
    'boat -"red barn" -color:red ',
    '({filename title description tags path} : ("boat")) NOT ({filename title description tags path} : ("red barn") OR facets : (cred))',
  ],
  ['rating:>=4', 'facets : ((r4 OR r5))'],
  ['rating:0', `facets : ((${all} NOT (r1 OR r2 OR r3 OR r4 OR r5)))`],
  ['rating:<=5', `facets : (${all})`],
  ['date:2021..2022', 'facets : ((y2021 OR y2022))'],
  ['size:>=10mb', 'facets : ((b07* OR b08* OR b09* OR b10* OR b11* OR b12* OR b13* OR b14* OR b15*))'],
  ['size:1.9mb..2.1mb', 'facets : ((b0619 OR b0620))'],
  ['size:9mb..30mb', 'facets : ((b069* OR b071* OR b072*))'],
  ['size:<1b', 'facets : (b000*)'],
  ['type:jpg,video', 'facets : ((ejpeg OR kvideo))'],
  ['is:picked has:label', 'facets : (zpicked AND (lred OR lyellow OR lgreen OR lblue OR lpurple))'],
  ['is:to-review', 'facets : (zunmarked)'],
  ['status:done source:drive ', 'facets : (xcompleted AND sgoogledrive)'],
  ['color:#808080~0', 'facets : (p5554)'],
  ['colr:red boat ', '{filename title description tags path} : ("boat")'],
  ['colr:red', null],
])('%s is %s', ([text, match]) => {
  expect(expression({ text })).toBe(match)
})

test('a swatch is looked for in more cubes the farther it may be, and in larger ones when it may be far', () => {
  const countOf = (tolerance: number) =>
    (expression({ text: `color:#aa3311~${tolerance}` })?.match(/\bp\w{3,4}\b/g) ?? []).length
  expect([0, 5, 10, 20].map(countOf)).toEqual([1, 4, 36, 33])
})

test.for<[from: string | undefined, to: string | undefined, terms: string[]]>([
  ['2023', '2023', ['y2023']],
  ['2021', '2023', ['y2021', 'y2022', 'y2023']],
  ['2023-02', '2023-02', ['m202302']],
  ['2023-02-03', '2023-02-03', ['d20230203']],
  ['2022-12-30', '2023-01', ['d20221230', 'd20221231', 'm202301']],
  ['2022-11', '2024-01-02', ['m202211', 'm202212', 'y2023', 'd20240101', 'd20240102']],
  ['2024-02', '2024-03-01', ['m202402', 'd20240301']],
  ['2024-02-28', '2024-02', ['d20240228', 'd20240229']],
  ['2023-02-28', '2023-03-01', ['d20230228', 'd20230301']],
  ['2024', '2023', []],
  ['2023-05-02', '2023-05-01', []],
])('from %s to %s is %j', ([from, to, terms]) => {
  expect(dateTerms(from, to)).toEqual(terms)
})

test('an open range ends where pictures do', () => {
  expect(dateTerms('2198', undefined)).toEqual(['y2198', 'y2199'])
  expect(dateTerms(undefined, '1801-01')).toEqual(['y1800', 'm180101'])
  expect(dateTerms('9999-12-31', '9999-12-31')).toEqual(['d99991231'])
})

test('the terms of a range are the days of it, each once, and as few as there can be', () => {
  const day = (offset: number) => new Date(Date.UTC(2019, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10)
  for (let i = 0; i < 300; i++) {
    const [start, length] = [(i * 37) % 1200, (i * 101) % 900]
    const terms = dateTerms(day(start), day(start + length))
    const days = Array.from({ length: length + 1 }, (_, at) => day(start + at).replaceAll('-', ''))
    const covering = days.map(date => terms.filter(term => date.startsWith(term.slice(1))))
    expect(covering.every(found => found.length === 1)).toBe(true)
    expect(terms.length).toBeLessThanOrEqual(60 + 22 + 5)
    expect(new Set(terms).size).toBe(terms.length)
  }
})

test('colours are in the cubes near a swatch where they are near it, and in none of them where they are far', () => {
  const hex = (value: number) => `#${value.toString(16).padStart(6, '0')}`
  const labOf = (text: string) => {
    const lab = new Float64Array(3)
    toOklab(...([1, 3, 5].map(at => Number.parseInt(text.slice(at, at + 2), 16)) as [number, number, number]), lab)
    return lab
  }
  for (let i = 0; i < 2000; i++) {
    const [swatch, colour, tolerance] = [
      hex((i * 7_919_123) % 0xffffff),
      hex((i * 104_729_777) % 0xffffff),
      (i * 7) % 31,
    ]
    const [one, other] = [labOf(swatch), labOf(colour)]
    const distance = 100 * Math.hypot(...[0, 1, 2].map(axis => (one[axis] as number) - (other[axis] as number)))
    // From the middle of a cube to a corner of it.
    const blur = (tolerance > 10 ? 10 : 5) * Math.sqrt(0.75)
    const cell = colourCell(colour)
    const isFound = cellsNear(swatch, tolerance).some(
      term => cell === term || (term.endsWith('*') && cell.startsWith(term.slice(0, -1))),
    )
    if (distance <= tolerance - blur) expect(isFound, `${swatch}~${tolerance} ${colour}`).toBe(true)
    if (distance > tolerance + 2 * blur) expect(isFound, `${swatch}~${tolerance} ${colour}`).toBe(false)
  }
  expect(new Set(['#909090', '#90908f', '#8f9090', '#919090'].map(colourCell)).size).toBe(1)
})
