import { expect, test } from 'vitest'
import { lineOf } from '../../../src/renderer/src/features/export/export-state.tsx'
import { askedBy, type Draft, firstDraft, type Shown } from '../../../src/renderer/src/features/export/order.ts'
import type { Export, Settings } from '../../../src/shared/contract.ts'

const view = { filter: { tags: ['ink'] }, sort: 'name' as const }
const list = { filter: { status: 'sold' as const }, sort: 'title' as const }
const shown: Shown = { selected: [3, 1], view, work: 7, list }
const draft = firstDraft(shown, 'pictures')
const settings: Settings = {
  copyOriginals: false,
  googleClientId: '',
  inventoryPattern: '{number}',
  sizeUnit: 'cm',
  currency: 'EUR',
  artistName: 'Élise',
  pageSize: 'letter',
  runsKeptDays: 7,
}

const asked = (
  changes: { pictures?: Partial<Draft['pictures']>; works?: Partial<Draft['works']> },
  subject = 'pictures',
) =>
  askedBy(
    {
      subject: subject as Draft['subject'],
      pictures: { ...draft.pictures, ...changes.pictures },
      works: { ...draft.works, ...changes.works },
    },
    shown,
    '/out',
    settings,
  )

test('what is chosen is what leaves', () => {
  expect(asked({})).toMatchObject({ chosen: { mediaIds: [3, 1] } })
  expect(asked({ pictures: { which: 'view' } })).toMatchObject({ chosen: view })
  expect(asked({ pictures: { which: 'all' } })).toMatchObject({ chosen: { filter: {}, sort: 'newest' } })
  expect(asked({}, 'works')).toMatchObject({ works: { artworkIds: [7] } })
  expect(asked({ works: { which: 'list' } }, 'works')).toMatchObject({ works: list })
  expect(asked({ works: { which: 'all' } }, 'works')).toMatchObject({ works: { filter: {}, sort: 'number' } })
})

test('without a selection or a work, what was shown is meant', () => {
  const nothing = firstDraft({ ...shown, selected: [], work: null }, 'works')
  expect([nothing.pictures.which, nothing.works.which]).toEqual(['view', 'list'])
})

test('each format takes its own choices along', () => {
  const order = (pictures: Partial<Draft['pictures']>) => asked({ pictures }).order
  expect(order({ isBeside: true })).toEqual({ format: 'csv', to: '/out', isForSpreadsheets: true })
  expect(order({ isBeside: true, format: 'json' })).toEqual({ format: 'json', to: '/out' })
  const sidecars = { format: 'xmp', naming: 'short', includesSuggestions: false }
  expect(order({ isBeside: true, format: 'xmp' })).toEqual({ ...sidecars, to: null })
  expect(order({ format: 'xmp' })).toEqual({ ...sidecars, to: '/out' })
  expect(asked({ works: { isForSpreadsheets: false } }, 'works').order).toEqual({
    format: 'works-csv',
    to: '/out',
    isForSpreadsheets: false,
  })
  expect(asked({ works: { format: 'works-json' } }, 'works').order).toEqual({ format: 'works-json', to: '/out' })
})

test('what is printed is of the artist and on the paper of the settings, unless it is said here', () => {
  const printed = (format: 'catalogue' | 'labels', changes: Partial<Draft['works']['sheets']> = {}) =>
    asked({ works: { format, sheets: { ...draft.works.sheets, ...changes } } }, 'works').order
  expect(printed('labels')).toEqual({
    format: 'labels',
    to: '/out',
    artist: 'Élise',
    pageSize: 'letter',
    showsPrices: false,
    labelSize: '90x50',
  })
  const own = printed('catalogue', { artist: '', pageSize: 'a4', title: 'Barns', layout: 'two', showsStatus: true })
  expect(own).toEqual({
    format: 'catalogue',
    to: '/out',
    artist: '',
    pageSize: 'a4',
    showsPrices: false,
    title: 'Barns',
    layout: 'two',
    showsStatus: true,
    showsStatement: true,
    showsProvenance: false,
    listsWorks: true,
  })
})

test('a portfolio takes along what is said of the artist', () => {
  const portfolio = { ...draft.works.portfolio, showsPrices: true }
  expect(asked({ works: { format: 'portfolio', portfolio } }, 'works').order).toEqual({
    format: 'portfolio',
    to: '/out',
    artist: 'Élise',
    about: '',
    contact: '',
    address: '',
    isIndexed: true,
    showsStatus: false,
    showsPrices: true,
    showsProvenance: false,
  })
})

const ended: Export = {
  id: 1,
  format: 'xmp',
  state: 'completed',
  total: 5,
  done: 5,
  path: null,
  unchanged: 0,
  refused: 0,
  refusals: [],
  remarks: [],
  remarked: 0,
  message: null,
}

test.each([
  [{}, '5 sidecars written, beside the originals.'],
  [{ unchanged: 3, refused: 1, path: '/out' }, '1 sidecar written, 3 up to date already, 1 not written, in /out.'],
  [{ format: 'csv', path: '/out/all.csv' }, 'Exported 5 pictures to /out/all.csv.'],
  [{ format: 'works-csv', path: '/out/all.csv' }, 'Exported 5 artworks to /out/all.csv.'],
  [{ format: 'portfolio', path: '/out', done: 1 }, 'A portfolio of 1 artwork is in /out.'],
  [
    { format: 'portfolio', path: '/out', refused: 2 },
    'A portfolio of 5 artworks is in /out. 2 files were left as they are.',
  ],
  [
    { format: 'portfolio', state: 'cancelled' },
    'Cancelled. The portfolio is not complete: export it again to complete it.',
  ],
  [{ state: 'running', done: 2 }, 'Exporting 2 of 5 pictures …'],
  [{ state: 'failed', message: 'The disk is full.' }, 'The disk is full.'],
  [{ state: 'cancelled' }, 'Cancelled. Sidecars that were written stay.'],
] as const)('%j is said so', (changes, line) => {
  expect(lineOf({ ...ended, ...changes })).toBe(line)
})
