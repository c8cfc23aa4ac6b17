import { expect, test } from 'vitest'
import { dateTerms, matchExpression } from '../../../src/main/library/search-terms.ts'
import type { MediaFilter } from '../../../src/shared/media.ts'

const tagIds: Record<string, number> = { harbour: 12, 'evening light': 7 }
const expression = (filter: MediaFilter) => matchExpression(filter, name => tagIds[name] ?? null)

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
  expect(expression({ text: 'a"b NEAR(c) facets:x' })).toBe(`${columns} : ("a""b" AND "NEAR(c)" AND "facets:x"*)`)
  expect(expression({ text: 'ink', tags: ['harbour'] })).toBe(`${columns} : ("ink"*) AND facets : (t12)`)
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
