import { expect, test } from 'vitest'
import { addPicture, openTestLibrary } from '../../support/library.ts'
import { allPages, answersOf } from '../../support/library-lists.ts'

async function openWithPictures() {
  const library = await openTestLibrary()
  addPicture(library, { path: 'Straße/Übermut am Fluß.png', title: 'Ärger', tags: ['café'], description: 'Ein Boot.' })
  addPicture(library, { path: '2.png', title: '"Quoted" AND NOT (this)', caption: 'a-b_c facets:xfailed *' })
  addPicture(library, { path: '漢字.png', title: 'Пейзаж' })
  const answers = answersOf(library)
  return (text: string, sort: 'newest' | 'relevance' = 'newest') =>
    allPages(answers, { filter: { text }, sort }, 10).map(tile => tile.id)
}

test('words are found without regard to case and accents, in every field, also by their beginning', async () => {
  const find = await openWithPictures()
  const first = [
    'übermut',
    'UBERMUT',
    'Überm',
    'arger',
    'ÄRGER',
    'CAFE',
    'café',
    'straße',
    'fluß',
    'boot',
    'über caf',
    'ein boot ',
  ]
  for (const text of first) expect(find(text), text).toEqual(text === 'über caf' ? [] : [1])
  expect(find('übermut caf')).toEqual([1])
  expect(find('пейзаж')).toEqual([3])
  expect(find('ПЕЙ')).toEqual([3])
  expect(find('漢字')).toEqual([3])
  expect(find('bermut')).toEqual([])
  // A word that is followed by a space is finished.
  expect(find('überm ')).toEqual([])
})

test.for([
  '"',
  '""',
  '"a',
  'a"b',
  "'",
  '*',
  'a*',
  '*a',
  '^a',
  'NEAR(',
  'NEAR(a b)',
  'a NEAR b',
  'AND',
  'a AND',
  'OR OR',
  'NOT',
  'NOT a',
  '(',
  ')',
  '((a',
  'facets:',
  'facets:xfailed',
  'facets : xcompleted',
  '{facets}:a',
  '-a',
  'a-b',
  'a + b',
  'a:b',
  '\\',
  ';',
  '--',
  '\0',
  'a\0b',
  '\u{1f600}',
  '\u{1f600}a',
  '\ud800',
  'a\ud800',
  '%',
  '_',
  '🏳️‍🌈 a',
  '٣',
  'x'.repeat(500),
  'a '.repeat(250),
])('%j is only words to look for', async text => {
  const find = await openWithPictures()
  for (const sort of ['newest', 'relevance'] as const) expect(() => find(text, sort)).not.toThrow()
})

test('what looks like the syntax of a search is found as it was written, and reaches no facet', async () => {
  const find = await openWithPictures()
  expect(find('"quoted"')).toEqual([2])
  expect(find('and not')).toEqual([2])
  expect(find('a-b')).toEqual([2])
  expect(find('"facets:xfailed"')).toEqual([2])
  expect(find('xcompleted')).toEqual([])
  expect(find('NOT (this)')).toEqual([2])
})
