import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import { migrations } from '../../../src/main/library/migrations/index.ts'
import type { MediaFilter } from '../../../src/shared/media.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'
import { answersOf } from '../../support/library-lists.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'
import { until } from '../../support/watched-rooms.ts'

const find = (library: Library, filter: MediaFilter) =>
  answersOf(library)
    .page({ filter, sort: 'oldest' }, null, 500)
    .items.map(tile => tile.id)

function made<T extends object>(result: T | string): T {
  if (typeof result === 'string') throw new Error(`It was refused: ${result}`)
  return result
}

const addPictures = (library: Library, count: number): number[] =>
  Array.from({ length: count }, (_, i) => addPicture(library, { path: `${i}.png`, tags: i % 2 ? ['odd'] : ['even'] }))

/** Every row a command may touch, to be held against itself. */
function rowsOf(library: Library) {
  const db = openBeside(library)
  const all = (sql: string) => db.prepare(sql).raw().all()
  const rows = {
    collections: all('SELECT * FROM collections ORDER BY 1'),
    items: all('SELECT * FROM collection_items ORDER BY 1, 2'),
    views: all('SELECT * FROM views ORDER BY 1'),
    lists: all('SELECT id, facets FROM media ORDER BY id'),
    counts: all('SELECT term, count FROM facet_counts WHERE count <> 0 ORDER BY 1'),
  }
  db.close()
  return rows
}

test('a collection filters like a folder, with everything else, and knows how many it has', async () => {
  const library = await openTestLibrary()
  const [a, b, c] = addPictures(library, 3) as [number, number, number]
  const { id, count } = made(library.collections.create('Shown at Basel', [a, b]))
  expect(count).toBe(2)
  expect(find(library, { collectionId: id })).toEqual([a, b])
  expect(find(library, { collectionId: id, tags: ['odd'] })).toEqual([b])
  expect(find(library, { collectionId: id, text: '0.png ' })).toEqual([a])
  expect(made(library.collections.add(id, [b, c, c, 999]))).toMatchObject({ count: 1 })
  expect(library.collections.list()).toEqual([{ id, name: 'Shown at Basel', count: 3 }])
  expect(made(library.collections.remove(id, [a, 999]))).toMatchObject({ count: 1 })
  expect(find(library, { collectionId: id })).toEqual([b, c])
  // A picture that is filed anew stays where it was put.
  library.media.complete(b)
  expect(find(library, { collectionId: id })).toEqual([b, c])
})

test('each command on a collection is taken back exactly', async () => {
  const library = await openTestLibrary()
  const ids = addPictures(library, 4)
  const { id } = made(library.collections.create('Basel', ids.slice(0, 2)))
  const commands = [
    () => made(library.collections.create('Other', ids)),
    () => made(library.collections.rename(id, 'Basel 2026')),
    () => made(library.collections.add(id, ids)),
    () => made(library.collections.remove(id, ids)),
    () => made(library.collections.delete(id)),
    () =>
      made(
        library.views.save({ name: 'Odd', filter: { tags: ['odd'] }, sort: 'name', group: 'year', layout: 'square' }),
      ),
  ]
  for (const command of commands) {
    const before = rowsOf(library)
    const { commandId } = command()
    expect(rowsOf(library), String(command)).not.toEqual(before)
    expect(library.history.undo(commandId as number)).toMatchObject({ leftCount: 0 })
    expect(rowsOf(library), String(command)).toEqual(before)
    const after = library.history.redo()
    expect(after, String(command)).toMatchObject({ leftCount: 0 })
    library.history.undo()
    expect(rowsOf(library), String(command)).toEqual(before)
  }
})

test('a deleted collection keeps its pictures in the library, and comes back whole, also after a restart', async () => {
  const library = await openTestLibrary()
  const ids = addPictures(library, 3)
  const { id } = made(library.collections.create('Basel', ids))
  made(library.collections.delete(id))
  expect(library.collections.list()).toEqual([])
  expect(find(library, {})).toEqual(ids)
  expect(library.collections.add(id, ids)).toBe('unknown')
  // Its number is not given to the next one, which would have its pictures.
  const next = made(library.collections.create('Next', []))
  expect(library.collections.list()).toEqual([{ id: next.id, name: 'Next', count: 0 }])
  await library.close()
  const again = await openTestLibrary(library.layout.folder)
  expect(again.history.undo()?.title).toBe('Make the collection “Next”')
  expect(again.history.undo()?.title).toBe('Delete the collection “Basel”')
  expect(again.collections.list()).toEqual([{ id, name: 'Basel', count: 3 }])
})

test('a name is given once, whatever its capitals', async () => {
  const library = await openTestLibrary()
  const { id } = made(library.collections.create('Études', []))
  const other = made(library.collections.create('Other', []))
  expect(library.collections.create('études', [])).toBe('taken')
  expect(library.collections.rename(other.id, 'ÉTUDES')).toBe('taken')
  expect(library.collections.rename(id, 'ÉTUDES')).toMatchObject({})
  expect(library.collections.rename(999, 'New')).toBe('unknown')
})

test('a selection of thousands is answered at once, and lists and counts follow', async () => {
  const library = await openTestLibrary()
  const ids = addPictures(library, 300)
  const { id, commandId } = made(library.collections.create('Many', ids))
  await until(() => library.collections.list()[0]?.count === 300)
  expect(find(library, { collectionId: id })).toEqual(ids)
  library.history.undo(commandId as number)
  await until(() => find(library, { collectionId: id }).length === 0)
  expect(library.collections.list()).toEqual([])
})

test('a view is kept with its filter, order, groups and layout; one that is not understood is left out', async () => {
  const library = await openTestLibrary()
  const filter = { tags: ['odd'], text: 'is:to-review' }
  const view = { name: 'Odd', filter, sort: 'taken-newest', group: 'month', layout: 'justified' } as const
  const { id } = made(library.views.save(view))
  expect(library.views.list()).toEqual([{ id, ...view }])
  expect(library.views.save({ ...view, name: 'odd', filter: {} })).toBe('taken')
  library.views.rename(id, 'Uneven')
  expect(library.views.list()).toEqual([{ id, ...view, name: 'Uneven' }])
  const write = openBeside(library).prepare<[string]>('UPDATE views SET filter = ?')
  write.run('{"tags":["odd"],"isUnmarked":true,"isNew":true,"text":"oak"}')
  expect(library.views.list()[0]?.filter).toEqual({ tags: ['odd'], text: 'is:new is:to-review oak' })
  write.run('{"isUnmarked":true,"isNew":false}')
  expect(library.views.list()[0]?.filter).toEqual({ text: 'is:to-review' })
  write.run('{"newerThanMoon":true}')
  expect(library.views.list()).toEqual([])
  library.views.delete(id)
  expect(library.views.rename(id, 'Odd')).toBe('unknown')
})

test('a view that was kept before there were groups has none, and leaves the layout as it is', async () => {
  const library = await openTestLibrary()
  openBeside(library).exec(`INSERT INTO views (name, filter, sort, created_at) VALUES ('Old', '{}', 'name', '2026')`)
  const old = { id: 1, name: 'Old', filter: {}, sort: 'name', group: 'none', layout: null }
  expect(library.views.list()).toEqual([old])
  library.views.delete(1)
  expect(library.views.list()).toEqual([])
  expect(library.history.undo()).toMatchObject({ leftCount: 0 })
  expect(library.views.list()).toEqual([old])
})

test('to review is what is complete and has neither flag nor star; new is what came within seven days', async () => {
  const library = await openTestLibrary()
  const [rated, flagged, unmarked, old] = addPictures(library, 4) as [number, number, number, number]
  addPicture(library, { path: 'broken.png', failure: 'corrupt' })
  const db = openBeside(library)
  db.prepare('INSERT INTO marks (media_id, rating) VALUES (?, 3)').run(rated)
  db.prepare(`INSERT INTO marks (media_id, flag) VALUES (?, 'rejected')`).run(flagged)
  db.prepare('INSERT INTO marks (media_id, rating) VALUES (?, 0)').run(unmarked)
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  db.prepare('UPDATE media SET created_at = ? WHERE id = ?').run(daysAgo(8), old)
  db.prepare('UPDATE media SET created_at = ? WHERE id = ?').run(daysAgo(6), rated)
  for (const id of [rated, flagged, unmarked, old]) library.media.complete(id)
  expect(find(library, { text: 'is:to-review' })).toEqual([unmarked, old])
  expect(library.records.countUnmarked()).toBe(2)
  expect(find(library, { text: 'is:new', status: 'completed' })).toEqual([rated, flagged, unmarked])
  expect(find(library, { text: 'is:new is:to-review' })).toEqual([unmarked])
  expect(library.records.countNew()).toBe(4)
})

test('pictures of a library before this are filed by these terms when it is opened', async () => {
  const folder = await makeTempFolder('older')
  const db = new Database(join(folder, 'library.db'))
  const before = migrations.findIndex(sql => sql.includes('CREATE TABLE collections'))
  for (const sql of migrations.slice(0, before)) db.exec(sql)
  db.pragma(`user_version = ${before}`)
  db.exec(`INSERT INTO media (id, user_id, source, filename, mime_type, processing_status, facets)
    VALUES (7, 1, 'folder', 'a.png', 'image/png', 'completed', 'xcompleted');
    INSERT INTO media_search (rowid, filename, title, description, tags, path, facets)
    VALUES (7, 'a.png', '', '', '', '', 'xcompleted')`)
  db.close()
  const library = await openTestLibrary(folder)
  await until(() => library.records.countUnmarked() === 1)
  expect(find(library, { text: 'is:new is:to-review' })).toEqual([7])
})
