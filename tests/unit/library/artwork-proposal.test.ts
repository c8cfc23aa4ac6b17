import { expect, test } from 'vitest'
import { addPicture, measure, openTestLibrary, sha256Of } from '../../support/library.ts'

test('a draft says of each field who says it: the file, its folder, an analyser, the person', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'Harbour series 2018/harbour-at-dusk_30x40cm.jpg' })
  library.media.recordAnalysis(id, {
    analyser: 'openai',
    version: '1',
    result: { description: 'A harbour.', tags: [], content: '', medium: 'Oil on canvas', series: 'Something' },
    failure: null,
    tags: [],
  })
  library.media.complete(id)
  const settings = library.analysis.settings.get()
  library.analysis.settings.set({ ...settings, vocabulary: { media: [], series: ['Harbour'], subjects: [] } })
  const draft = library.artworkDraft([id])
  expect(draft?.fields).toEqual({
    title: 'Harbour at dusk',
    year: '2018',
    medium: 'Oil',
    support: 'canvas',
    dimensions: { heightMm: 300, widthMm: 400, depthMm: null, unit: 'cm' },
    series: 'Harbour',
    statement: null,
    edition: null,
    price: null,
    location: null,
    provenance: null,
    inventoryNumber: null,
    status: 'available',
  })
  expect(draft?.sources).toEqual({
    title: { source: 'file', confidence: 0.4 },
    year: { source: 'folder', confidence: 0.6 },
    medium: { source: 'analysis', confidence: 0.5 },
    support: { source: 'analysis', confidence: 0.5 },
    dimensions: { source: 'file', confidence: 0.7 },
    series: { source: 'file', confidence: 0.7 },
  })
})

test('a person’s word goes before an analyser’s, and what they rejected is not proposed', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'IMG_1234.jpg' })
  library.media.recordAnalysis(id, {
    analyser: 'openai',
    version: '1',
    result: { description: 'A harbour.', tags: [], content: '', medium: 'Oil', series: 'Sea' },
    failure: null,
    tags: [],
  })
  library.media.complete(id)
  library.words.set([id], 'medium', 'Egg tempera')
  library.words.set([id], 'description', 'The harbour that I grew up in.')
  library.words.decide([id], 'reject', { field: 'series', value: 'Sea' })
  const draft = library.artworkDraft([id])
  expect(draft?.fields).toMatchObject({
    title: '',
    medium: 'Egg tempera',
    series: null,
    statement: 'The harbour that I grew up in.',
  })
  expect(draft?.sources.medium).toEqual({ source: 'person', confidence: 1 })
})

test('of several pictures the surest word is taken, and their names say what each shows', async () => {
  const library = await openTestLibrary()
  const detail = addPicture(library, { path: 'pier (detail).jpg' })
  const main = addPicture(library, { path: 'pier.jpg' })
  const wip = addPicture(library, { path: 'pier in progress.jpg' })
  measure(library, wip, sha256Of('pier in progress.jpg'), {
    title: 'The Pier',
    caption: 'Oil and charcoal on linen, 2017, 12 x 9 in',
  })
  library.media.complete(wip)
  const draft = library.artworkDraft([detail, main, wip, main, 999])
  expect(draft?.fields).toMatchObject({
    title: 'The Pier',
    year: '2017',
    medium: 'Oil and charcoal',
    support: 'linen',
  })
  expect(draft?.fields.dimensions).toMatchObject({ heightMm: 304.8, unit: 'in' })
  expect(draft?.media.map(({ media, role }) => [media.id, role])).toEqual([
    [detail, 'detail'],
    [main, 'main'],
    [wip, 'in-progress'],
  ])
  expect(library.artworkDraft([999])).toBeNull()
})

test.each([
  ['linocut-edition-of-10.jpg', '', { copy: null, size: 10, proofs: null }],
  ['a.jpg', 'Harbour, linocut, 3/10', { copy: 3, size: 10, proofs: null }],
  ['a.jpg', 'Etching, ed. 3/10 + 2 AP', { copy: 3, size: 10, proofs: 2 }],
  ['a.jpg', 'Screen print, open edition', { copy: null, size: null, proofs: null }],
  ['a.jpg', 'Print, 12 1/2 × 9 in', null],
  ['a.jpg', 'Print, taken 3/10/2019', null],
  ['a.jpg', 'Print, f 8, 1/250 s', null],
  ['a.jpg', 'Oil, 3/10', null],
  ['second edition 2019.jpg', '', null],
])('of %s with “%s” the edition %j is proposed', async (path, caption, edition) => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path, caption })
  const draft = library.artworkDraft([id])
  expect(draft?.fields.edition).toEqual(edition)
  expect(draft?.sources.edition).toEqual(edition ? { source: 'file', confidence: 0.6 } : undefined)
})
