import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import type { ColourName } from '../../../src/shared/colours.ts'
import { type MediaFilter, type MediaSort, mediaSorts } from '../../../src/shared/media.ts'
import { addPicture, listFiles, openTestLibrary, type PictureGiven, sha256Of, syncOf } from '../../support/library.ts'
import { addMany, allPages, answersOf, pagesOfIndex } from '../../support/library-lists.ts'

interface Known extends PictureGiven {
  id: number
  takenOn: string
  sizeBytes: number
  isMissing: boolean
}

const names = ['Boat.png', 'boat.png', 'BOAT.png', 'über.png', 'Zebra.png', 'a.png', 'zebra.png', 'Ärmel.png']
const allTags = ['harbour', 'night', 'ink']
const allColours: ColourName[] = ['blue', 'red', 'navy']

/** 120 pictures of two folders whose names, sizes and dates repeat; some failed, some missing. */
function fill(library: Library): Known[] {
  const known: Known[] = []
  for (let i = 0; i < 120; i++) {
    const given = {
      path: `${i}/${names[i % names.length]}`,
      folder: i % 4 === 0 ? '/other' : '/pictures',
      sizeBytes: 1000 * ((i * 7) % 5),
      takenOn: `202${i % 4}-0${1 + (i % 3)}-1${i % 5}T10:00:00`,
      title: i % 10 === 0 ? 'Evening at the quay' : `Study ${i}`,
      tags: allTags.filter((_, at) => (i >> at) % 2 === 1),
      colours: allColours.filter((_, at) => (i >> at) % 3 === 1),
      ...(i % 11 === 0 ? { failure: 'corrupt' as const } : {}),
    }
    known.push({ ...given, id: addPicture(library, given), isMissing: false })
  }
  return loseSome(library, known)
}

/** The next import of /other finds all but every second of its files. */
function loseSome(library: Library, known: Known[]): Known[] {
  const { syncId } = syncOf(library, '/other')
  library.syncs.setState(syncId, 'completed')
  const inOther = known.filter(picture => picture.folder === '/other' && !picture.failure)
  const lost = new Set(inOther.filter((_, i) => i % 2 === 0).map(picture => picture.id))
  const kept = known.filter(picture => picture.folder === '/other' && !lost.has(picture.id))
  const next = syncOf(library, '/other').syncId
  for (const fileId of listFiles(
    library,
    kept.map(picture => picture.path),
    '/other',
  )) {
    library.endings.endFile(fileId, 'skipped', 'unchanged')
  }
  library.recording.recordPage(next, 1, { files: [], cursor: null })
  expect(library.closing.closeIfDone(next)).toBe(true)
  return known.map(picture => ({ ...picture, isMissing: lost.has(picture.id) }))
}

const filename = (picture: Known) => picture.path.slice(picture.path.lastIndexOf('/') + 1)
const words = (picture: Known) =>
  [filename(picture), picture.title, ...(picture.tags ?? []), picture.path].join(' ').toLowerCase()

function matches(picture: Known, filter: MediaFilter, folderIds: Record<string, number>): boolean {
  const { status, tags = [], colours = [], takenFrom, takenTo, text, isMissing, folderId, source } = filter
  const day = picture.takenOn.slice(0, 10)
  return (
    (!status || status === (picture.failure ? 'failed' : 'completed')) &&
    (!source || source === 'folder') &&
    (!folderId || folderIds[picture.folder ?? ''] === folderId) &&
    tags.every(tag => picture.tags?.includes(tag)) &&
    colours.every(colour => picture.colours?.includes(colour)) &&
    (!takenFrom || day >= takenFrom) &&
    (!takenTo || day.slice(0, takenTo.length) <= takenTo) &&
    (!text ||
      words(picture)
        .split(/[^\p{L}\p{N}]+/u)
        .some(word => word.startsWith(text))) &&
    (!isMissing || picture.isMissing)
  )
}

/** As SQLite's NOCASE: only the letters of ASCII have no case. */
const nocase = (name: string) => Buffer.from(name.replaceAll(/[A-Z]/g, letter => letter.toLowerCase()))

const comparisons: Record<Exclude<MediaSort, 'relevance'>, (a: Known, b: Known) => number> = {
  newest: (a, b) => b.id - a.id,
  oldest: (a, b) => a.id - b.id,
  'taken-newest': (a, b) => Number(a.takenOn < b.takenOn) - Number(a.takenOn > b.takenOn) || b.id - a.id,
  'taken-oldest': (a, b) => Number(a.takenOn > b.takenOn) - Number(a.takenOn < b.takenOn) || a.id - b.id,
  name: (a, b) => Buffer.compare(nocase(filename(a)), nocase(filename(b))) || a.id - b.id,
  largest: (a, b) => b.sizeBytes - a.sizeBytes || b.id - a.id,
}

test('every order of every filter lists each match once, in order, page by page and from the index', async () => {
  const library = await openTestLibrary()
  const known = fill(library)
  const folderIds = Object.fromEntries(library.folders.list().map(folder => [folder.path, folder.id]))
  const other = folderIds['/other'] as number
  const filters: MediaFilter[] = [
    {},
    { status: 'completed' },
    { status: 'failed' },
    { source: 'folder' },
    { folderId: other },
    { tags: ['harbour'] },
    { tags: ['harbour', 'ink'] },
    { tags: ['harbour', 'nowhere'] },
    { colours: ['blue'] },
    { colours: ['blue', 'navy'] },
    { takenFrom: '2021', takenTo: '2022' },
    { takenFrom: '2021-02', takenTo: '2021-03-12' },
    { takenTo: '2020-01-11' },
    { text: 'boat' },
    { text: 'quay' },
    { isMissing: true },
    { isMissing: true, tags: ['night'] },
    { status: 'completed', colours: ['red'], tags: ['night'], takenFrom: '2020', text: 'study', folderId: other },
  ]
  const answers = answersOf(library)
  for (const filter of filters) {
    const expected = known.filter(picture => matches(picture, filter, folderIds))
    for (const [sort, compare] of Object.entries(comparisons) as [
      Exclude<MediaSort, 'relevance'>,
      typeof comparisons.name,
    ][]) {
      const ids = expected.toSorted(compare).map(picture => picture.id)
      const view = { filter, sort }
      const label = JSON.stringify(view)
      expect(
        allPages(answers, view, 7).map(tile => tile.id),
        label,
      ).toEqual(ids)
      const { total, pages } = pagesOfIndex(answers, view, 10)
      expect(total, label).toBe(ids.length)
      expect(
        pages.flat().map(tile => tile.id),
        label,
      ).toEqual(ids)
      expect(
        pages.slice(0, -1).every(page => page.length === 10),
        label,
      ).toBe(true)
    }
    expect(answers.countUpTo({ filter }, 1000)).toBe(expected.length)
    expect(answers.countUpTo({ filter }, 5)).toBe(Math.min(5, expected.length))
  }
  expect(known.filter(picture => picture.isMissing).length).toBeGreaterThan(5)
})

test('a tile tells whether it is missing and why it failed', async () => {
  const library = await openTestLibrary()
  fill(library)
  const answers = answersOf(library)
  const missing = allPages(answers, { filter: { isMissing: true }, sort: 'newest' }, 50)
  expect(missing.every(tile => tile.isMissing)).toBe(true)
  const [failed] = allPages(answers, { filter: { status: 'failed' }, sort: 'newest' }, 50)
  expect(failed).toMatchObject({
    status: 'failed',
    failure: { code: 'corrupt', message: expect.stringContaining('damaged') },
  })
})

test('by relevance a title counts more than a path, and every match of a word is there once', async () => {
  const library = await openTestLibrary()
  const inPath = addPicture(library, { path: 'quay/1.png' })
  const inTitle = addPicture(library, { path: '2.png', title: 'Quay' })
  const inTags = addPicture(library, { path: '3.png', tags: ['quay'] })
  addPicture(library, { path: '4.png', title: 'Harbour' })
  const answers = answersOf(library)
  const view = { filter: { text: 'quay' }, sort: 'relevance' as const }
  const ranked = allPages(answers, view, 2).map(tile => tile.id)
  expect(ranked).toEqual([inTitle, inTags, inPath])
  expect(pagesOfIndex(answers, view, 10)).toMatchObject({ total: 3, pages: [ranked.map(id => ({ id }))] })
  // Without words there is nothing to rank: newest first.
  expect(allPages(answers, { filter: {}, sort: 'relevance' }, 2).map(tile => tile.id)).toEqual([4, 3, 2, 1])
})

test('what waits or is worked on is listed by its status alone, and nothing else is known of it', async () => {
  const library = await openTestLibrary()
  addPicture(library, { path: 'done.png' })
  const fileIds = listFiles(library, ['a.png', 'b.png', 'c.png'])
  const first = library.claiming.claim(fileIds[0] as number, { sha256: sha256Of('a'), sizeBytes: 1, modifiedMs: 1 })
  const answers = answersOf(library)
  const idsOf = (filter: MediaFilter, sort: MediaSort = 'newest') =>
    allPages(answers, { filter, sort }, 1).map(tile => tile.id)
  expect(first).toEqual({ kind: 'derive', mediaId: 2 })
  expect(idsOf({ status: 'processing' })).toEqual([2])
  expect(idsOf({ status: 'pending' })).toEqual([4, 3])
  expect(idsOf({ status: 'pending' }, 'oldest')).toEqual([3, 4])
  expect(idsOf({ status: 'pending' }, 'largest')).toEqual([4, 3])
  expect(idsOf({ status: 'pending', folderId: 1, source: 'folder' })).toEqual([4, 3])
  expect(idsOf({ status: 'pending', folderId: 2 })).toEqual([])
  for (const more of [
    { tags: ['x'] },
    { text: 'a' },
    { takenFrom: '2020' },
    { colours: ['red' as const] },
    { isMissing: true },
  ]) {
    expect(idsOf({ status: 'pending', ...more })).toEqual([])
  }
  expect(idsOf({})).toEqual([1])
  expect(allPages(answers, { filter: {}, sort: 'newest', isWhole: true }, 2).map(tile => tile.id)).toEqual([4, 3, 2, 1])
  expect(allPages(answers, { filter: {}, sort: 'name', isWhole: true }, 2).map(tile => tile.id)).toEqual([1])
  expect(pagesOfIndex(answers, { filter: { status: 'pending' }, sort: 'newest' }, 10).total).toBe(2)
})

test('a cursor that is garbage begins anew', async () => {
  const library = await openTestLibrary()
  for (let i = 0; i < 5; i++) addPicture(library, { path: `${i}.png` })
  const answers = answersOf(library)
  for (const sort of mediaSorts) {
    const view = { filter: {}, sort }
    const expected = answers.page(view, null, 3)
    for (const cursor of ['', 'garbage', '%00', 'W10', Buffer.from('[{},1]').toString('base64url')]) {
      expect(answers.page(view, cursor, 3)).toEqual(expected)
    }
  }
})

test('a cursor of another order begins anew', async () => {
  const library = await openTestLibrary()
  for (let i = 0; i < 5; i++) addPicture(library, { path: `${i}.png` })
  const answers = answersOf(library)
  const { nextCursor } = answers.page({ filter: {}, sort: 'newest' }, null, 2)
  const byName = answers.page({ filter: {}, sort: 'name' }, null, 2)
  expect(nextCursor).not.toBeNull()
  expect(answers.page({ filter: {}, sort: 'name' }, nextCursor, 2)).toEqual(byName)
  const newest = answers.page({ filter: {}, sort: 'newest' }, null, 2)
  expect(answers.page({ filter: {}, sort: 'newest' }, byName.nextCursor, 2)).toEqual(newest)
})

test('a list with more matches than are sorted at once is in order too, beginning to end', async () => {
  const library = await openTestLibrary()
  addMany(library, 20_500)
  const answers = answersOf(library)
  const idsOf = (filter: MediaFilter, sort: MediaSort) => allPages(answers, { filter, sort }, 500).map(tile => tile.id)
  const third = new Set(idsOf({ tags: ['third'] }, 'newest'))
  expect(third.size).toBe(6834)
  for (const sort of ['taken-newest', 'name', 'largest'] as const) {
    const all = idsOf({}, sort)
    expect(new Set(all).size).toBe(20_500)
    expect(idsOf({ tags: ['many'] }, sort)).toEqual(all)
    // Few enough to be sorted, and the same order.
    expect(idsOf({ tags: ['third'] }, sort)).toEqual(all.filter(id => third.has(id)))
  }
  const { total, pages } = pagesOfIndex(answers, { filter: { tags: ['many'] }, sort: 'name' }, 500)
  expect(total).toBe(20_500)
  expect(pages.flat().map(tile => tile.id)).toEqual(idsOf({}, 'name'))
  expect(answers.countUpTo({ filter: { tags: ['many'] } }, 20_000)).toBe(20_000)
  const ranked = idsOf({ text: 'many' }, 'relevance')
  expect(new Set(ranked).size).toBe(ranked.length)
})
