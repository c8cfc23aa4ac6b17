import { expect, test } from 'vitest'
import type { Edit } from '../../../src/main/library/edits.ts'
import type { Library } from '../../../src/main/library/index.ts'
import { createJournal } from '../../../src/main/library/journal.ts'
import { addPicture, listFiles, measure, openBeside, openTestLibrary, sha256Of } from '../../support/library.ts'

const addPictures = (library: Library, count: number): number[] =>
  Array.from({ length: count }, (_, i) => addPicture(library, { path: `${i}.png` }))

const marksOf = (library: Library, id: number) => {
  const { flag, rating, label } = library.detail(id) ?? {}
  return { flag, rating, label }
}
const none = { flag: null, rating: null, label: null }

/** How many pictures are filed under this term. */
function countFiled(library: Library, term: string): number {
  const db = openBeside(library)
  return db
    .prepare<[string], number>('SELECT count(*) FROM media_search WHERE media_search MATCH ?')
    .pluck()
    .get(`facets : ${term}`) as number
}

test('flag, stars and label are set each by itself, filed, and the row goes with the last of them', async () => {
  const library = await openTestLibrary()
  const [first, second] = addPictures(library, 2) as [number, number]
  expect(library.marks.set([first, second, 999], { flag: 'picked' })).toEqual({ count: 2, commandId: 1 })
  library.marks.set([first], { rating: 4 })
  library.marks.set([first], { label: 'green' })
  expect(marksOf(library, first)).toEqual({ flag: 'picked', rating: 4, label: 'green' })
  expect(marksOf(library, second)).toEqual({ flag: 'picked', rating: null, label: null })
  expect(['zpicked', 'r4', 'lgreen'].map(term => countFiled(library, term))).toEqual([2, 1, 1])
  library.marks.set([first, second], { flag: 'rejected', rating: null, label: null })
  expect(['zpicked', 'zrejected', 'r4', 'lgreen'].map(term => countFiled(library, term))).toEqual([0, 2, 0, 0])
  library.marks.set([first, second], { flag: null })
  expect(openBeside(library).prepare('SELECT * FROM marks').all()).toEqual([])
  expect(countFiled(library, 'zrejected')).toBe(0)
})

test('what is marked so already is no command', async () => {
  const library = await openTestLibrary()
  const [id] = addPictures(library, 1) as [number]
  library.marks.set([id], { rating: 3 })
  expect(library.marks.set([id], { rating: 3 })).toEqual({ count: 0, commandId: null })
  expect(library.marks.set([id], { flag: null })).toEqual({ count: 0, commandId: null })
  expect(library.history.undo()).toMatchObject({ count: 1 })
  expect(library.history.state()).toEqual({ undo: null, redo: 'Rate 1 picture 3 stars' })
})

test('stars of the file are shown until a person gives their own, no stars included', async () => {
  const library = await openTestLibrary()
  const [rated, plain] = addPictures(library, 2) as [number, number]
  openBeside(library).prepare('UPDATE media SET rating = 2 WHERE id = ?').run(rated)
  expect(library.detail(rated)).toMatchObject({ rating: 2, isRatingOfFile: true })
  library.marks.set([rated, plain], { rating: 0 })
  expect(library.detail(rated)).toMatchObject({ rating: 0, isRatingOfFile: false, ratingInFile: 2 })
  expect(library.detail(plain)).toMatchObject({ rating: null, isRatingOfFile: false })
  library.marks.set([rated], { rating: null })
  expect(library.detail(rated)).toMatchObject({ rating: 2, isRatingOfFile: true })
  expect(countFiled(library, 'r2')).toBe(1)
})

test('undo goes back step by step and redo forth again, through all kinds of commands', async () => {
  const library = await openTestLibrary()
  const ids = addPictures(library, 3)
  const first = ids[0] as number
  library.marks.set(ids, { rating: 5 })
  library.words.changeTags(ids, ['sea'], [])
  library.words.set([first], 'mood', 'Calm')
  library.marks.set([first], { label: 'red' })
  const titles = ['Label 1 picture red', 'Change the mood of 1 picture', 'Add tag “sea” to 3 pictures']
  for (const title of titles) {
    expect(library.history.state().undo).toBe(title)
    expect(library.history.undo()).toMatchObject({ title, leftCount: 0 })
    expect(library.history.state().redo).toBe(title)
  }
  expect(library.detail(first)).toMatchObject({ rating: 5, label: null, words: {}, tags: [] })
  expect(countFiled(library, 'r5')).toBe(3)
  for (const title of titles.toReversed()) expect(library.history.redo()).toMatchObject({ title, leftCount: 0 })
  expect(library.history.redo()).toBeNull()
  expect(library.detail(first)).toMatchObject({ rating: 5, label: 'red', words: { mood: 'Calm' } })
  expect(library.detail(first)?.tags.map(tag => tag.name)).toEqual(['sea'])
  expect(library.records.get(first)?.tags).toBe('["sea"]')
})

test('a new command forgets what is undone', async () => {
  const library = await openTestLibrary()
  const [id] = addPictures(library, 1) as [number]
  library.marks.set([id], { rating: 1 })
  library.marks.set([id], { rating: 2 })
  library.history.undo()
  library.marks.set([id], { flag: 'picked' })
  expect(library.history.state()).toEqual({ undo: 'Pick 1 picture', redo: null })
  expect(library.history.redo()).toBeNull()
  library.history.undo()
  library.history.undo()
  expect(library.history.undo()).toBeNull()
  expect(marksOf(library, id)).toEqual(none)
})

test('undo and redo go on after a restart', async () => {
  const library = await openTestLibrary()
  const ids = addPictures(library, 2)
  const first = ids[0] as number
  library.marks.set(ids, { rating: 1 })
  library.marks.set(ids, { rating: 2 })
  library.marks.set(ids, { rating: 3 })
  library.history.undo()
  await library.close()
  const again = await openTestLibrary(library.layout.folder)
  expect(again.history.state()).toEqual({ undo: 'Rate 2 pictures 2 stars', redo: 'Rate 2 pictures 3 stars' })
  again.history.redo()
  expect(marksOf(again, first).rating).toBe(3)
  for (let i = 0; i < 3; i++) expect(again.history.undo()).toMatchObject({ count: 2 })
  expect(marksOf(again, first)).toEqual(none)
})

test('what something else has changed since stays as it is, and is told', async () => {
  const library = await openTestLibrary()
  const ids = addPictures(library, 2) as [number, number]
  library.marks.set(ids, { rating: 2 })
  const beside = openBeside(library)
  beside.prepare('UPDATE marks SET rating = 5 WHERE media_id = ?').run(ids[0])
  expect(library.history.undo()).toEqual({ title: 'Rate 2 pictures 2 stars', count: 1, leftCount: 1 })
  expect(ids.map(id => marksOf(library, id).rating)).toEqual([5, null])
  expect(library.history.redo()).toEqual({ title: 'Rate 2 pictures 2 stars', count: 1, leftCount: 1 })
  expect(ids.map(id => marksOf(library, id).rating)).toEqual([5, 2])
})

test('a picture that is gone is passed over', async () => {
  const library = await openTestLibrary()
  const [gone, stays] = addPictures(library, 2) as [number, number]
  library.marks.set([gone, stays], { rating: 2 })
  library.words.set([gone, stays], 'mood', 'Calm')
  library.words.set([gone, stays], 'mood', null)
  const beside = openBeside(library)
  beside.prepare('UPDATE files SET media_id = NULL WHERE media_id = ?').run(gone)
  beside.prepare('DELETE FROM media WHERE id = ?').run(gone)
  for (let i = 0; i < 3; i++) expect(library.history.undo()).toMatchObject({ count: 1, leftCount: 1 })
  for (let i = 0; i < 3; i++) library.history.redo()
  expect(library.detail(stays)).toMatchObject({ rating: 2, words: {} })
})

test('the button of a notice takes back its own command alone', async () => {
  const library = await openTestLibrary()
  const [id] = addPictures(library, 1) as [number]
  const first = library.marks.set([id], { rating: 1 }).commandId as number
  const second = library.marks.set([id], { rating: 2 }).commandId as number
  expect(library.history.undo(first)).toBeNull()
  expect(library.history.undo(second)).toMatchObject({ count: 1 })
  expect(library.history.undo(second)).toBeNull()
  expect(marksOf(library, id).rating).toBe(1)
})

test('an analyser’s word about other bytes does not come back, also after a restart', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'a.png', tags: ['sea'] })
  library.words.decide([id], 'reject', { field: 'tag', value: 'sea' })
  library.syncs.setState(library.syncs.activeOf(1)?.id ?? 0, 'cancelled')
  const [fileId] = listFiles(library, ['a.png'], undefined, 1_800_000_000_000) as [number]
  library.claiming.claim(fileId, { sha256: sha256Of('other'), sizeBytes: 5, modifiedMs: 2 })
  measure(library, id, sha256Of('other'), { tags: ['lake'] })
  library.finish(fileId, id)
  await library.close()
  const again = await openTestLibrary(library.layout.folder)
  again.history.undo()
  expect(again.detail(id)?.tags.map(tag => tag.name)).toEqual(['lake'])
})

test('hundreds of pictures are one command, and hundreds of commands go back one by one', async () => {
  const library = await openTestLibrary()
  const ids = addPictures(library, 510)
  const first = ids[0] as number
  library.marks.set(ids, { flag: 'picked' })
  expect(openBeside(library).prepare('SELECT count(*) FROM command_edits').pluck().get()).toBe(2)
  for (let i = 0; i < 200; i++) library.marks.set([first], { rating: 1 + (i % 5) })
  for (let i = 0; i < 200; i++) expect(library.history.undo()).toMatchObject({ count: 1 })
  expect(library.history.undo()).toEqual({ title: 'Pick 510 pictures', count: 510, leftCount: 0 })
  expect(library.history.state().undo).toBeNull()
  expect(library.history.redo()).toMatchObject({ count: 510 })
  await expect.poll(() => countFiled(library, 'zpicked'), { timeout: 30_000 }).toBe(510)
})

test('each command, undo and redo is told', async () => {
  const library = await openTestLibrary()
  const [id] = addPictures(library, 1) as [number]
  const told: unknown[] = []
  library.changes.on('history', () => told.push('history'))
  library.changes.on('media', change => told.push(change))
  library.marks.set([id], { rating: 1 })
  library.history.undo()
  library.history.redo()
  const change = { id, isListed: true }
  expect(told).toEqual([change, 'history', change, 'history', change, 'history'])
})

test('the oldest commands are forgotten where they take too much room, and never the last one', async () => {
  const library = await openTestLibrary()
  const db = openBeside(library)
  const edit = (id: number): Edit => ({ table: 'marks', before: null, after: [id, 'picked', null, null] })
  const journal = createJournal(db, 20_000)
  for (let i = 0; i < 500; i++) journal.keep(`Command ${i}`, true, [edit(i)])
  // Looked at again when it is opened.
  const kept = () => db.prepare<[], string>('SELECT title FROM commands ORDER BY id').pluck().all()
  expect(kept()).toHaveLength(500)
  createJournal(db, 20_000).keep('Another', true, [edit(1)])
  expect(kept().length).toBeGreaterThan(50)
  expect(kept().length).toBeLessThan(100)
  expect(kept().slice(-2)).toEqual(['Command 499', 'Another'])
  const many = Array.from({ length: 2000 }, (_, i) => edit(i))
  createJournal(db, 20_000).keep('Many', true, many)
  expect(kept()).toEqual(['Many'])
  expect(journal.editsOf(journal.last()?.id ?? 0)).toEqual(many)
})
