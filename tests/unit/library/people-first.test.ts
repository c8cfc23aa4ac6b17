import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import type { MediaFilter } from '../../../src/shared/media.ts'
import {
  addPicture,
  listFiles,
  measure,
  openBeside,
  openTestLibrary,
  type PictureGiven,
  sha256Of,
} from '../../support/library.ts'
import { answersOf } from '../../support/library-lists.ts'

const boat: PictureGiven = { path: 'sea/boat.png', description: 'A boat on the sea.', tags: ['boat', 'sea'] }

function analyse(library: Library, id: number, said: { description?: string; style?: string; tags?: string[] }): void {
  const { description = '', style, tags = [] } = said
  library.media.recordAnalysis(id, {
    analyser: 'openai',
    version: '1',
    result: { description, tags, content: '', ...(style && { style }) },
    failure: null,
    tags: tags.map(name => ({ name, origin: 'model', confidence: 0.9 })),
  })
  library.media.complete(id)
}

/** The analyser looks again, at the same bytes or at others. */
function changeFile(library: Library, path: string, content: string, given: Omit<PictureGiven, 'path'>): number {
  const { folderId } = { folderId: 1 }
  library.syncs.setState(library.syncs.activeOf(folderId)?.id ?? 0, 'cancelled')
  const [fileId] = listFiles(library, [path], undefined, 1_800_000_000_000)
  const claim = library.claiming.claim(fileId as number, { sha256: sha256Of(content), sizeBytes: 5, modifiedMs: 2 })
  if (claim.kind !== 'derive') throw new Error('These are no new bytes.')
  measure(library, claim.mediaId, sha256Of(content), given)
  library.finish(fileId as number, claim.mediaId)
  return claim.mediaId
}

const detailOf = (library: Library, id: number) => {
  const detail = library.detail(id)
  if (!detail) throw new Error('There is no such picture.')
  return detail
}
const suggestedOf = (library: Library, id: number) =>
  detailOf(library, id).suggestions.map(({ field, value }) => `${field}: ${value}`)
const personTags = (library: Library, id: number) =>
  detailOf(library, id)
    .tags.filter(tag => tag.source === 'person')
    .map(tag => tag.name)
const find = (library: Library, filter: MediaFilter) =>
  answersOf(library)
    .page({ filter, sort: 'oldest' }, null, 50)
    .items.map(tile => tile.id)

/** Every row a command may touch, to be held against itself. */
function rowsOf(library: Library) {
  const db = openBeside(library)
  const all = (sql: string) => db.prepare(sql).raw().all()
  const rows = {
    words: all('SELECT * FROM words ORDER BY 1, 2'),
    rejections: all('SELECT * FROM rejections ORDER BY 1, 2, 3'),
    tags: all('SELECT * FROM media_tags ORDER BY 1, 2, 3'),
    lists: all('SELECT id, tags, facets FROM media ORDER BY id'),
    counts: all('SELECT term, count FROM facet_counts WHERE count <> 0 ORDER BY 1'),
  }
  db.close()
  return rows
}

test('what an analyser says is a suggestion with its source and confidence, surest tag first', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  analyse(library, id, { description: 'A red boat.', style: 'Woodcut', tags: ['harbour'] })
  expect(detailOf(library, id).suggestions).toEqual([
    { field: 'description', value: 'A red boat.', source: 'openai', confidence: null },
    { field: 'style', value: 'Woodcut', source: 'openai', confidence: null },
    { field: 'tag', value: 'harbour', source: 'openai', confidence: 0.9 },
    { field: 'tag', value: 'boat', source: 'builtin', confidence: 0.5 },
    { field: 'tag', value: 'sea', source: 'builtin', confidence: 0.5 },
  ])
})

test('a confirmed tag is the person’s and stays whatever an analyser says later', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  expect(library.words.decide([id], 'confirm', { field: 'tag', value: 'Boat' })).toMatchObject({ count: 1 })
  expect(personTags(library, id)).toEqual(['boat'])
  expect(suggestedOf(library, id)).toEqual(['description: A boat on the sea.', 'tag: sea'])
  analyse(library, id, { tags: [] })
  measure(library, id, sha256Of(boat.path), { tags: [] })
  library.media.complete(id)
  expect(personTags(library, id)).toEqual(['boat'])
  expect(find(library, { tags: ['boat'] })).toEqual([id])
})

test('a rejected tag is not found any more and is never suggested again, by any analyser', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  expect(find(library, { tags: ['sea'] })).toEqual([id])
  library.words.decide([id], 'reject', { field: 'tag', value: 'sea' })
  expect(find(library, { tags: ['sea'] })).toEqual([])
  analyse(library, id, { tags: ['Sea', 'boat'] })
  measure(library, id, sha256Of(boat.path), boat)
  library.media.complete(id)
  expect(suggestedOf(library, id)).not.toContain('tag: sea')
  expect(suggestedOf(library, id)).toContain('tag: boat')
  expect(find(library, { tags: ['sea'] })).toEqual([])
  expect(library.records.get(id)?.tags).toBe('["boat"]')
})

test('a person’s words stand before an analyser’s, and come back after it has spoken again', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  library.words.set([id], 'description', 'My father’s dinghy')
  analyse(library, id, { description: 'A vessel.' })
  expect(detailOf(library, id)).toMatchObject({
    description: 'My father’s dinghy',
    words: { description: 'My father’s dinghy' },
  })
  expect(suggestedOf(library, id)).not.toContain('description: A vessel.')
  expect(find(library, { text: 'dinghy ' })).toEqual([id])
  expect(find(library, { text: 'vessel ' })).toEqual([])
  library.words.set([id], 'description', null)
  expect(detailOf(library, id)).toMatchObject({ description: 'A vessel.', words: {} })
  expect(find(library, { text: 'vessel ' })).toEqual([id])
  // What an analyser says stays where the database is asked for it by that name.
  library.words.set([id], 'description', 'My father’s dinghy')
  expect(library.records.get(id)?.description).toBe('A vessel.')
})

test('a rejected description is neither shown nor found; another one is suggested', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  library.words.decide([id], 'reject', { field: 'description', value: 'A boat on the sea.' })
  expect(detailOf(library, id).description).toBeNull()
  analyse(library, id, { description: 'A boat on the sea.' })
  expect(suggestedOf(library, id)).not.toContain('description: A boat on the sea.')
  analyse(library, id, { description: 'A ferry.' })
  expect(suggestedOf(library, id)).toContain('description: A ferry.')
  expect(find(library, { text: 'ferry ' })).toEqual([id])
})

test('a suggestion that is not made any more is not decided', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  expect(library.words.decide([id], 'confirm', { field: 'tag', value: 'whale' }).count).toBe(0)
  expect(library.words.decide([id], 'confirm', { field: 'description', value: 'Another one' }).count).toBe(0)
  expect(library.words.decide([id], 'reject', { field: 'style', value: 'Woodcut' }).count).toBe(0)
  expect(rowsOf(library)).toMatchObject({ words: [], rejections: [] })
})

test('what a person said survives other bytes in the file; what an analyser said of the old ones does not', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  library.words.set([id], 'series', 'Harbours')
  library.words.decide([id], 'confirm', { field: 'tag', value: 'boat' })
  library.words.decide([id], 'reject', { field: 'tag', value: 'sea' })
  const again = changeFile(library, boat.path, 'other bytes', { description: 'A lake.', tags: ['lake', 'sea'] })
  expect(again).toBe(id)
  expect(detailOf(library, id)).toMatchObject({ description: 'A lake.', words: { series: 'Harbours' } })
  expect(personTags(library, id)).toEqual(['boat'])
  expect(suggestedOf(library, id)).toEqual(['description: A lake.', 'tag: lake'])
  expect(find(library, { text: 'Harbours ', tags: ['boat'] })).toEqual([id])
})

test('tags a person adds are found at once, in lower case and once; taking one away rejects an analyser’s', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  library.words.changeTags([id], ['  Old   Town ', 'old town', 'SEA'], [])
  expect(personTags(library, id)).toEqual(['old town', 'sea'])
  expect(find(library, { tags: ['old town'] })).toEqual([id])
  library.words.changeTags([id], [], ['sea', 'old town'])
  expect(personTags(library, id)).toEqual([])
  expect(suggestedOf(library, id)).toEqual(['description: A boat on the sea.', 'tag: boat'])
  analyse(library, id, { tags: ['sea', 'old town'] })
  // Nobody but the person had said "old town", so it may be suggested.
  expect(suggestedOf(library, id)).toEqual(['tag: old town', 'tag: boat'])
  library.words.changeTags([id], ['sea'], [])
  expect(rowsOf(library).rejections).toEqual([])
})

test('all suggestions of many pictures are decided at once', async () => {
  const library = await openTestLibrary()
  const ids = ['1.png', '2.png', '3.png'].map(path => addPicture(library, { ...boat, path }))
  const [first, second] = ids as [number, number]
  library.words.set([first], 'description', 'Mine')
  expect(answersOf(library).commonSuggestions(ids)).toEqual([
    { field: 'tag', value: 'boat', count: 3 },
    { field: 'tag', value: 'sea', count: 3 },
    { field: 'description', value: 'A boat on the sea.', count: 2 },
  ])
  expect(library.words.decide(ids, 'confirm').count).toBe(8)
  expect(answersOf(library).commonSuggestions(ids)).toEqual([])
  expect(detailOf(library, first).words).toEqual({ description: 'Mine' })
  expect(detailOf(library, second).words).toEqual({ description: 'A boat on the sea.' })
})

const commands: [string, (library: Library, ids: number[]) => { commandId: number | null }][] = [
  ['confirming all', (library, ids) => library.words.decide(ids, 'confirm')],
  ['rejecting all', (library, ids) => library.words.decide(ids, 'reject')],
  ['rejecting a tag', (library, ids) => library.words.decide(ids, 'reject', { field: 'tag', value: 'sea' })],
  ['a description', (library, ids) => library.words.set(ids, 'description', 'Another')],
  ['taking words back', (library, ids) => library.words.set(ids, 'mood', null)],
  ['tags', (library, ids) => library.words.changeTags(ids, ['new', 'gone'], ['boat', 'mine'])],
]

test.for(commands)('undo puts everything back exactly after %s, and redo does it again', async ([, command]) => {
  const library = await openTestLibrary()
  const ids = ['1.png', '2.png'].map(path => addPicture(library, { ...boat, path }))
  library.words.set(ids, 'mood', 'Calm')
  library.words.changeTags(ids, ['mine'], [])
  library.words.decide([ids[0] as number], 'confirm', { field: 'tag', value: 'boat' })
  library.words.changeTags([ids[0] as number], ['gone'], [])
  const before = rowsOf(library)
  command(library, ids)
  const after = rowsOf(library)
  expect(after).not.toEqual(before)
  expect(library.history.undo()).toMatchObject({ count: 2, leftCount: 0 })
  expect(rowsOf(library)).toEqual(before)
  expect(find(library, { text: 'sea calm ' })).toEqual(ids)
  expect(library.history.redo()).toMatchObject({ count: 2, leftCount: 0 })
  expect(rowsOf(library)).toEqual(after)
})

test('pictures that are not there are passed over', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, boat)
  library.words.set([id, 999], 'mood', 'Calm')
  library.words.changeTags([999, id], ['ink'], [])
  expect(library.words.decide([999], 'confirm').count).toBe(0)
  expect(detailOf(library, id).words).toEqual({ mood: 'Calm' })
})

test('each change is told once, after it is written', async () => {
  const library = await openTestLibrary()
  const ids = ['1.png', '2.png'].map(path => addPicture(library, { ...boat, path }))
  const told: unknown[] = []
  library.changes.on('media', change => told.push(change))
  library.words.decide(ids, 'confirm')
  expect(told).toEqual(ids.map(id => ({ id, isListed: false })))
  told.length = 0
  library.words.decide(ids, 'reject')
  library.words.set(ids, 'mood', 'Calm')
  expect(told).toEqual(ids.map(id => ({ id, isListed: true })))
})

/** Many completed pictures with a description, by the doors of the library. */
function addBoats(library: Library, count: number): number[] {
  return Array.from({ length: count }, (_, i) => addPicture(library, { ...boat, path: `${i}.png` }))
}

test('a command on many pictures is answered at once, and lists and search follow by themselves', async () => {
  const library = await openTestLibrary()
  const ids = addBoats(library, 300)
  const listed = new Set<number>()
  const isFollowed = new Promise<void>(resolve => {
    library.changes.on('media', ({ id, isListed }) => {
      if (isListed) listed.add(id)
      if (listed.size === ids.length) resolve()
    })
  })
  library.words.set(ids, 'mood', 'Calm')
  expect(detailOf(library, ids[299] as number).words).toEqual({ mood: 'Calm' })
  await isFollowed
  expect(answersOf(library).countUpTo({ filter: { text: 'calm ' } }, 1000)).toBe(300)
})

test('a library that was closed in between goes on filing when it is opened again', async () => {
  const library = await openTestLibrary()
  const ids = addBoats(library, 300)
  library.words.changeTags(ids, ['fresh'], [])
  await library.close()
  const again = await openTestLibrary(library.layout.folder)
  const countFresh = () => answersOf(again).countUpTo({ filter: { tags: ['fresh'] } }, 1000)
  await expect.poll(countFresh, { timeout: 20_000 }).toBe(300)
})
