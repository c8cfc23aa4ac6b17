import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import { migrations } from '../../../src/main/library/migrations/index.ts'
import {
  type MediaFilter,
  type MediaGroup,
  type MediaSort,
  mediaGroups,
  mediaSorts,
} from '../../../src/shared/media.ts'
import { ratioOf } from '../../../src/shared/shapes.ts'
import { addPicture, listFiles, openBeside, openTestLibrary, sha256Of, syncOf } from '../../support/library.ts'
import { addMany, allPages, answersOf, pagesOfIndex } from '../../support/library-lists.ts'

interface Known {
  id: number
  path: string
  folder: string
  takenOn: string
  tags: string[]
  syncId: number
}

const directories = ['', 'Sea/', 'Sea/Boats 10/', 'Sea/Boats 2/', 'attic/']

/** 90 pictures of two folders, which came with three imports; every seventh lies in another directory as well. */
function fill(library: Library): Known[] {
  const known: Known[] = []
  for (let i = 0; i < 90; i++) {
    const folder = i % 3 === 0 ? '/other' : '/pictures'
    if (i === 45) library.syncs.setState(syncOf(library, '/other').syncId, 'completed')
    const given = {
      path: `${directories[i % directories.length]}${(i * 37) % 90}.png`,
      folder,
      takenOn: `202${i % 4}-0${1 + (i % 3)}-1${i % 5}T10:00:00`,
      tags: i % 2 === 0 ? ['ink'] : [],
    }
    const id = addPicture(library, given)
    known.push({ ...given, id, syncId: syncOf(library, folder).syncId })
    if (i % 7 === 0) addCopy(library, given.path, folder)
  }
  return known
}

/** The same bytes, found later in a directory that is listed before the other. */
function addCopy(library: Library, path: string, folder: string): void {
  const [fileId] = listFiles(library, [`a copy/${path}`], folder)
  const claim = library.claiming.claim(fileId as number, { sha256: sha256Of(path), sizeBytes: 1000, modifiedMs: 1 })
  expect(claim.kind).toBe('settled')
}

const directoryOf = ({ folder, path }: Known) => `${folder.slice(1)}/${path.slice(0, path.lastIndexOf('/') + 1)}`

/** What a picture's section is called, in the simplest way to say it. */
const nameOf: Record<Exclude<MediaGroup, 'none'>, (picture: Known) => string> = {
  day: ({ takenOn }) => takenOn.slice(0, 10),
  month: ({ takenOn }) => takenOn.slice(0, 7),
  year: ({ takenOn }) => takenOn.slice(0, 4),
  folder: picture => directoryOf(picture).split('/').filter(Boolean).join(' / '),
  sync: ({ syncId }) => `${syncId}`,
}

const folderOrder = [
  'other',
  'other / attic',
  'other / Sea',
  'other / Sea / Boats 2',
  'other / Sea / Boats 10',
  'pictures',
  'pictures / attic',
  'pictures / Sea',
  'pictures / Sea / Boats 2',
  'pictures / Sea / Boats 10',
]

function expectedOrder(group: MediaGroup, sort: MediaSort, names: string[]): string[] {
  if (group === 'folder') return folderOrder.filter(name => names.includes(name))
  const ascending = [...new Set(names)].sort((a, b) => (group === 'sync' ? Number(a) - Number(b) : a < b ? -1 : 1))
  return sort.endsWith('oldest') ? ascending : ascending.reverse()
}

const groups = mediaGroups.filter(group => group !== 'none')
const sorts = mediaSorts.filter(sort => sort !== 'relevance')

test('every grouping of every order and filter lists each picture once, section by section, page by page', async () => {
  const library = await openTestLibrary()
  const byId = new Map(fill(library).map(picture => [picture.id, picture]))
  const answers = answersOf(library)
  const filters: MediaFilter[] = [{}, { tags: ['ink'] }, { takenFrom: '2022' }, { text: 'sea' }, { text: '-tag:ink' }]
  for (const filter of filters) {
    for (const sort of sorts) {
      const flat = allPages(answers, { filter, sort }, 100).map(({ id }) => byId.get(id) as Known)
      for (const group of groups) {
        const label = JSON.stringify({ filter, sort, group })
        const names = flat.map(nameOf[group])
        const order = expectedOrder(group, sort, names)
        const sections = order.map(name => flat.filter((_, i) => names[i] === name))
        const ids = sections.flat().map(({ id }) => id)
        const view = { filter, sort, group }
        expect(
          allPages(answers, view, 7).map(({ id }) => id),
          label,
        ).toEqual(ids)
        const { total, pages } = pagesOfIndex(answers, view, 10)
        expect(total, label).toBe(ids.length)
        expect(
          pages.flat().map(({ id }) => id),
          label,
        ).toEqual(ids)
        const said = answers.index(view, 10).sections
        expect(
          said.map(section => section.count),
          label,
        ).toEqual(sections.map(section => section.length))
        expect(
          said.map(section => (group === 'sync' ? section.key : section.name)),
          label,
        ).toEqual(order)
        expect(new Set(said.map(section => section.key)).size, label).toBe(said.length)
      }
    }
  }
})

test('a section of an import says which folder it was of and when it began', async () => {
  const library = await openTestLibrary()
  fill(library)
  const { sections } = answersOf(library).index({ filter: {}, sort: 'newest', group: 'sync' }, 200)
  expect(sections.map(({ name }) => name)).toEqual(['other', 'pictures', 'other'])
  for (const { key, startedAt } of sections) expect(startedAt).toBe(library.syncs.get(Number(key))?.startedAt)
})

test('a picture stays with the import it came with when a later one meets it again', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'a.png' })
  const first = syncOf(library).syncId
  library.syncs.setState(first, 'completed')
  listFiles(library, ['a.png'])
  expect(syncOf(library).syncId).not.toBe(first)
  const { sections } = answersOf(library).index({ filter: {}, sort: 'newest', group: 'sync' }, 200)
  expect(sections).toMatchObject([{ key: `${first}`, count: 1 }])
  expect(allPages(answersOf(library), { filter: {}, sort: 'newest', group: 'sync' }, 5)).toMatchObject([{ id }])
})

test('what nothing is known of comes last, in a section of its own', async () => {
  const library = await openTestLibrary()
  const known = addPicture(library, { path: 'a.png' })
  addMany(library, 3)
  const db = openBeside(library)
  db.exec('UPDATE media SET taken_on = NULL WHERE id = 3')
  const answers = answersOf(library)
  const sectionsBy = (group: MediaGroup) =>
    answers.index({ filter: {}, sort: 'oldest', group }, 200).sections.map(({ key, count }) => [key, count])
  expect(sectionsBy('year')).toEqual([
    ['2000', 1],
    ['2002', 1],
    ['2023', 1],
    ['', 1],
  ])
  expect(sectionsBy('folder')).toEqual([
    ['1:', 1],
    ['', 3],
  ])
  expect(sectionsBy('sync')).toEqual([
    ['1', 1],
    ['', 3],
  ])
  expect(allPages(answers, { filter: {}, sort: 'oldest', group: 'sync' }, 1).map(({ id }) => id)).toEqual([
    known,
    ...[2, 3, 4],
  ])
})

test('by relevance nothing can be grouped: the newest come first instead', async () => {
  const library = await openTestLibrary()
  fill(library)
  const answers = answersOf(library)
  const filter = { text: 'sea' }
  const ids = (sort: MediaSort) => allPages(answers, { filter, sort, group: 'year' }, 7).map(({ id }) => id)
  expect(ids('relevance')).toEqual(ids('newest'))
})

test('the shapes of a list are those of its pictures, in its order, also of one that came just now', async () => {
  const library = await openTestLibrary()
  fill(library)
  const db = openBeside(library)
  const sizes = [
    [3000, 2000],
    [2000, 3000],
    [1000, 1000],
    [9000, 100],
    [100, 9000],
    [0, 0],
    [null, null],
  ]
  for (let id = 1; id <= 90; id++)
    db.prepare('UPDATE media SET width = ?, height = ? WHERE id = ?').run(...(sizes[id % 7] as number[]), id)
  const answers = answersOf(library)
  const check = () => {
    for (const group of mediaGroups) {
      for (const view of [
        { filter: {}, sort: 'name' as const, group },
        { filter: { tags: ['ink'] }, sort: 'newest' as const, group },
      ]) {
        const { shapes, total } = answers.index(view, 10, true)
        const bytes = Buffer.from(shapes ?? '', 'base64')
        const tiles = allPages(answers, view, 50)
        expect([bytes.length, tiles.length]).toEqual([total, total])
        for (const [i, { width, height }] of tiles.entries()) {
          const ratio = width && height ? Math.min(Math.max(width / height, 1 / 8.2), 8.2) : 1
          expect(Math.abs(ratioOf(bytes[i] as number) / ratio - 1)).toBeLessThan(0.01)
        }
      }
    }
  }
  check()
  addPicture(library, { path: 'new.png', tags: ['ink'] })
  check()
  expect(answers.index({ filter: {}, sort: 'newest' }, 10).shapes).toBeNull()
  expect(answers.index({ filter: { tags: ['nowhere'] }, sort: 'newest' }, 10, true).shapes).toBe('')
})

test('pictures of before are given the import they came with', () => {
  const db = new Database(':memory:')
  for (const sql of migrations.slice(0, 12)) db.exec(sql)
  db.exec(`INSERT INTO folders (id, user_id, source, root, name) VALUES (1, 1, 'folder', '/a', 'a'), (2, 1, 'folder', '/b', 'b');
    INSERT INTO syncs (id, user_id, folder_id, state, started_at) VALUES
      (1, 1, 1, 'completed', '2026-05-01T10:00:00.500Z'), (2, 1, 2, 'completed', '2026-05-02T10:00:00.000Z'),
      (3, 1, 1, 'completed', '2026-05-03T10:00:00.000Z');
    INSERT INTO media (id, user_id, folder_id, source, filename, mime_type, created_at) VALUES
      (1, 1, 1, 'folder', '', '', '2026-05-01 10:00:00'), (2, 1, 1, 'folder', '', '', '2026-05-02 23:00:00'),
      (3, 1, 2, 'folder', '', '', '2026-05-02 10:00:03'), (4, 1, 1, 'folder', '', '', '2026-05-03 10:00:00'),
      (5, 1, 1, 'folder', '', '', '2026-04-01 10:00:00'), (6, 1, NULL, 'upload', '', '', '2026-05-03 10:00:00')`)
  db.exec(migrations[12] as string)
  const syncs = db.prepare('SELECT sync_id FROM media ORDER BY id').pluck().all()
  expect(syncs).toEqual([1, 1, 2, 3, null, null])
  db.close()
})
