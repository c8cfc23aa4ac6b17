import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import type { ArtworkFields, ArtworkFilter, ArtworkSort } from '../../../src/shared/artworks.ts'
import { blankWork as blank, makeWork as make } from '../../support/artworks.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'
import { answersOf } from '../../support/library-lists.ts'

const numberOf = (library: Library, id: number) => library.artworkLists.get(id)?.inventoryNumber
const shownBy = (library: Library, id: number) =>
  library.artworkLists.get(id)?.media.map(({ media, role }) => [media.id, role])
const facetsOf = (library: Library, id: number) => {
  const db = openBeside(library)
  return (db.prepare('SELECT facets FROM media WHERE id = ?').pluck().get(id) as string).split(' ')
}
function rowsOf(library: Library) {
  const db = openBeside(library)
  const all = (table: string) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()
  const facets = db.prepare('SELECT id, facets FROM media ORDER BY id').all()
  return { works: all('artworks'), media: all('artwork_media'), sources: all('artwork_sources'), facets }
}

function titles(library: Library, filter: ArtworkFilter, sort: ArtworkSort = 'title', limit = 2): string[] {
  const found: string[] = []
  for (let after: string | null = null; ; ) {
    const { items, nextCursor } = library.artworkLists.page({ filter, sort }, after, limit)
    found.push(...items.map(item => item.title))
    if (nextCursor === null) return found
    after = nextCursor
  }
}

test('two pictures become a work: one of them is the main picture, and both are filed as artwork', async () => {
  const library = await openTestLibrary()
  const [a, b, c] = ['a.png', 'b.png', 'c.png'].map(path => addPicture(library, { path })) as [number, number, number]
  const fields: Partial<ArtworkFields> = {
    medium: 'Oil',
    dimensions: { heightMm: 317.5, widthMm: 228.6, depthMm: null, unit: 'in' },
    edition: { copy: 3, size: 10, proofs: 2 },
    series: 'Sea',
    price: { minor: Number.MAX_SAFE_INTEGER, currency: 'JPY' },
  }
  const id = make(library, [a, b], fields, { medium: { source: 'analysis', confidence: 0.5 } })
  expect(library.artworkLists.get(id)).toMatchObject({
    ...blank,
    ...fields,
    inventoryNumber: '2019-001',
    sources: { medium: { source: 'analysis', confidence: 0.5 } },
  })
  expect(shownBy(library, id)).toEqual([
    [a, 'main'],
    [b, 'detail'],
  ])
  expect(facetsOf(library, a)).toContain('zartwork')
  expect(facetsOf(library, c)).not.toContain('zartwork')
  expect(answersOf(library).page({ filter: { text: 'is:artwork' }, sort: 'oldest' }, null, 10).items).toMatchObject([
    { id: a },
    { id: b },
  ])
  expect(library.artworkLists.ofMedia(b)).toEqual([
    { id, title: 'Harbour', inventoryNumber: '2019-001', role: 'detail' },
  ])
})

test('what is undone leaves not a trace but its number, and comes back as it was', async () => {
  const library = await openTestLibrary()
  const [a, b, c] = ['a.png', 'b.png', 'c.png'].map(path => addPicture(library, { path })) as [number, number, number]
  const states = [rowsOf(library)]
  const id = make(library, [a, b], { series: 'Sea' }, { title: { source: 'file', confidence: 0.4 } })
  const steps = [
    () => library.artworks.update(id, { title: 'Pier', price: { minor: 1, currency: 'EUR' } }),
    () => library.artworks.addMedia(id, [c]),
    () => library.artworks.setRole(id, c, 'main'),
    () => library.artworks.reorder(id, [c, b, a]),
    () => library.artworks.removeMedia(id, [b]),
    () => library.artworks.delete(id),
  ]
  for (const step of steps) {
    states.push(rowsOf(library))
    expect(step()).toMatchObject({ commandId: expect.any(Number) })
  }
  const last = rowsOf(library)
  expect(last.works).toEqual([])
  expect(last.facets).toEqual(states[0]?.facets)
  for (const state of states.toReversed()) {
    expect(library.history.undo()).toMatchObject({ leftCount: 0 })
    expect(rowsOf(library)).toEqual(state)
  }
  expect(library.history.undo()).toBeNull()
  for (const _ of states) library.history.redo()
  expect(rowsOf(library)).toEqual(last)
})

test('a number is given once: not after a delete, not by hand, and gaps stay', async () => {
  const library = await openTestLibrary()
  const a = addPicture(library, { path: 'a.png' })
  const first = make(library, [a])
  const second = make(library, [a])
  expect([numberOf(library, first), numberOf(library, second)]).toEqual(['2019-001', '2019-002'])
  library.artworks.delete(second)
  expect(numberOf(library, make(library, [a]))).toBe('2019-003')
  expect(library.artworks.update(first, { inventoryNumber: '2019-002' })).toBe('number-taken')
  expect(library.artworks.create({ fields: { ...blank, inventoryNumber: '2019-003' }, sources: {}, media: [] })).toBe(
    'no-media',
  )
  const media = [{ id: a, role: 'main' as const }]
  const taken = { fields: { ...blank, inventoryNumber: '2019-003' }, sources: {}, media }
  expect(library.artworks.create(taken)).toBe('number-taken')
  library.artworks.update(first, { inventoryNumber: '2019-017' })
  expect(numberOf(library, make(library, [a]))).toBe('2019-018')
  // Its own earlier one is still its own.
  expect(library.artworks.update(first, { inventoryNumber: '2019-001' })).toMatchObject({})
  expect(numberOf(library, first)).toBe('2019-001')
  library.settings.set({ inventoryPattern: 'K{number:4}' })
  expect(numberOf(library, make(library, [a]))).toBe('K0001')
})

test('a work has one main picture whatever is done to the others', async () => {
  const library = await openTestLibrary()
  const [a, b, c] = ['a.png', 'b.png', 'c.png'].map(path => addPicture(library, { path })) as [number, number, number]
  const id = make(library, [a, b, c])
  library.artworks.setRole(id, c, 'main')
  expect(shownBy(library, id)).toEqual([
    [a, 'detail'],
    [b, 'detail'],
    [c, 'main'],
  ])
  library.artworks.removeMedia(id, [c])
  expect(shownBy(library, id)).toEqual([
    [a, 'main'],
    [b, 'detail'],
  ])
  library.artworks.reorder(id, [b])
  library.artworks.addMedia(id, [a, c, c, 999])
  expect(shownBy(library, id)).toEqual([
    [b, 'detail'],
    [a, 'main'],
    [c, 'detail'],
  ])
  expect(facetsOf(library, c)).toContain('zartwork')
})

test('what a person writes or confirms is not marked as anybody else’s any more', async () => {
  const library = await openTestLibrary()
  const a = addPicture(library, { path: 'a.png' })
  const said = { source: 'file', confidence: 0.4 } as const
  const id = make(library, [a], { medium: 'Oil' }, { title: said, year: said, medium: said, statement: said })
  const sources = () => Object.keys(library.artworkLists.get(id)?.sources ?? {}).sort()
  // A field that says nothing has no source.
  expect(sources()).toEqual(['medium', 'title', 'year'])
  library.artworks.update(id, { title: 'Pier' })
  expect(sources()).toEqual(['medium', 'year'])
  library.artworks.confirm(id, ['year', 'price'])
  expect(sources()).toEqual(['medium'])
  expect(library.artworks.confirm(id, ['year'])).toEqual({ commandId: null })
  expect(library.artworks.update(id, { title: 'Pier' })).toEqual({ commandId: null })
})

test('lists by status, series and words, in every order and page by page', async () => {
  const library = await openTestLibrary()
  const a = addPicture(library, { path: 'a.png' })
  make(library, [a], { title: 'pier', year: '2021', series: 'Sea', status: 'sold' })
  make(library, [a], { title: 'Boat', year: 'c. 2019', series: 'sea', location: 'Studio Łódź' })
  make(library, [a], { title: 'Cloud', year: null, medium: 'Ink' })
  make(library, [a], { title: 'Anchor', year: '2019–21' })
  expect(titles(library, {})).toEqual(['Anchor', 'Boat', 'Cloud', 'pier'])
  expect(titles(library, {}, 'newest')).toEqual(['Anchor', 'Cloud', 'Boat', 'pier'])
  expect(titles(library, {}, 'oldest')).toEqual(['pier', 'Boat', 'Cloud', 'Anchor'])
  expect(titles(library, {}, 'year-newest')).toEqual(['pier', 'Anchor', 'Boat', 'Cloud'])
  expect(titles(library, {}, 'year-oldest', 1)).toEqual(['Cloud', 'Boat', 'Anchor', 'pier'])
  expect(titles(library, {}, 'number').slice(0, 2)).toEqual(['Boat', 'Anchor'])
  expect(titles(library, { status: 'sold' })).toEqual(['pier'])
  const [sea] = library.series.list()
  expect(sea).toMatchObject({ name: 'Sea', count: 2 })
  expect(titles(library, { seriesId: sea?.id ?? 0 })).toEqual(['Boat', 'pier'])
  expect(titles(library, { text: 'INK cloud' })).toEqual(['Cloud'])
  expect(titles(library, { text: '% sea' })).toEqual([])
  expect(titles(library, { text: 'sea' })).toEqual(['Boat', 'pier'])
  expect(library.artworkLists.counts()).toMatchObject({ total: 4, byStatus: { sold: 1, available: 3, reserved: 0 } })
  const cursorOfAnother = library.artworkLists.page({ filter: {}, sort: 'title' }, null, 1).nextCursor
  expect(library.artworkLists.page({ filter: {}, sort: 'newest' }, cursorOfAnother, 1).items[0]?.title).toBe('Anchor')
})

test('a series is renamed for all of its works, and not to the name of another', async () => {
  const library = await openTestLibrary()
  const a = addPicture(library, { path: 'a.png' })
  const id = make(library, [a], { series: 'Sea' })
  make(library, [a], { series: 'Land' })
  const seaId = library.artworkLists.get(id)?.seriesId ?? 0
  expect(library.series.rename(seaId, 'LAND')).toBe('name-taken')
  expect(library.series.rename(99, 'Air')).toBe('no-series')
  library.series.rename(seaId, 'The Sea')
  expect(library.artworkLists.get(id)?.series).toBe('The Sea')
  // A new series takes the name that is free now; taking back the new name then changes nothing.
  const other = make(library, [a], { series: 'Sea' })
  library.history.undo()
  expect(library.artworkLists.get(other)).toBeNull()
  expect(library.history.undo()).toMatchObject({ leftCount: 1 })
  expect(library.artworkLists.get(id)?.series).toBe('The Sea')
})
