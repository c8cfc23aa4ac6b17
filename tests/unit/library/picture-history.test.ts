import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import { migrations } from '../../../src/main/library/migrations/index.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const addPictures = (library: Library, count: number): number[] =>
  Array.from({ length: count }, (_, i) => addPicture(library, { path: `${i}.png` }))
const kindsOf = (history: readonly { kind: string }[] | null) => history?.map(({ kind }) => kind)
const titlesOf = (history: readonly object[] | null) =>
  (history ?? []).flatMap(entry => ('title' in entry ? [entry.title] : []))

test('what a person did to a picture, and where it came from, is told newest first; what is undone is not', async () => {
  const library = await openTestLibrary()
  const [one, other] = addPictures(library, 2) as [number, number]
  openBeside(library).prepare(`UPDATE media SET created_at = '2024-03-01 10:00:00'`).run()
  library.marks.set([one, other], { rating: 3 })
  library.words.changeTags([one], ['sea'], [])
  library.marks.set([other], { flag: 'picked' })
  const { commandId } = library.marks.set([one], { label: 'red' })
  expect(titlesOf(library.pictureHistory(one))).toEqual([
    'Label 1 picture red',
    'Add tag “sea” to 1 picture',
    'Rate 2 pictures 3 stars',
  ])
  library.history.undo(commandId as number)
  expect(titlesOf(library.pictureHistory(one))).toEqual(['Add tag “sea” to 1 picture', 'Rate 2 pictures 3 stars'])
  expect(library.pictureHistory(one)?.at(-1)).toMatchObject({
    kind: 'arrived',
    at: '2024-03-01T10:00:00Z',
    folder: 'pictures',
  })
  expect(titlesOf(library.pictureHistory(other))).toEqual(['Pick 1 picture', 'Rate 2 pictures 3 stars'])
  expect(library.pictureHistory(999)).toBeNull()
})

test('who looked at it is told, with the model where there was one, and that its file went', async () => {
  const library = await openTestLibrary()
  const [id] = addPictures(library, 1) as [number]
  const db = openBeside(library)
  db.prepare('DELETE FROM analyses').run()
  const add = db.prepare(
    `INSERT INTO analyses (media_id, analyser, version, sha256, created_at, model, failure)
     VALUES (?, ?, '1', 'x', ?, ?, ?)`,
  )
  add.run(id, 'openai', '2999-01-02T00:00:00Z', 'gpt-5.4-mini', null)
  add.run(id, 'compatible', '2999-01-03T00:00:00Z', 'llava', 'It answered nothing.')
  db.prepare(`UPDATE media SET missing_since = '2999-01-04T00:00:00Z'`).run()
  const history = library.pictureHistory(id)
  expect(kindsOf(history)).toEqual(['missing', 'described', 'described', 'arrived'])
  expect(history?.[1]).toMatchObject({ model: 'llava', failure: 'It answered nothing.' })
  expect(history?.[2]).toMatchObject({ model: 'gpt-5.4-mini', failure: null })
})

test('commands that are forgotten leave nothing of theirs behind', async () => {
  const library = await openTestLibrary()
  const [id] = addPictures(library, 1) as [number]
  library.marks.set([id], { rating: 3 })
  library.history.undo()
  library.marks.set([id], { rating: 4 })
  const db = openBeside(library)
  expect(db.prepare('SELECT count(*) FROM command_pictures').pluck().get()).toBe(1)
})

test('commands of a library before this are of their pictures when it is opened', async () => {
  const folder = await makeTempFolder('older')
  const db = new Database(join(folder, 'library.db'))
  const before = migrations.findIndex(sql => sql.includes('CREATE TABLE command_pictures'))
  for (const sql of migrations.slice(0, before)) db.exec(sql)
  db.pragma(`user_version = ${before}`)
  db.exec(`INSERT INTO media (id, user_id, source, filename, mime_type) VALUES
    (7, 1, 'folder', 'a.png', 'image/png'), (8, 1, 'folder', 'b.png', 'image/png');
    INSERT INTO commands (id, title, made_at, is_filed, size_bytes) VALUES
    (1, 'Rate 2 pictures 3 stars', '2024-01-01T00:00:00Z', 1, 10), (2, 'Make the artwork “Sea”', '2024-01-02T00:00:00Z', 1, 10)`)
  const edits = db.prepare('INSERT INTO command_edits (command_id, position, edits) VALUES (?, 0, ?)')
  edits.run(1, '[["marks",null,[7,null,3,null]],["marks",[8,null,3,null],null],["marks",null,[99,null,3,null]]]')
  edits.run(2, '[["artworks",null,[8,"Sea"]],["artwork_media",null,[8,7,"main",0]],["views",null,[8,"a"]]]')
  db.close()
  const library = await openTestLibrary(folder)
  expect(titlesOf(library.pictureHistory(7))).toEqual(['Make the artwork “Sea”', 'Rate 2 pictures 3 stars'])
  expect(titlesOf(library.pictureHistory(8))).toEqual(['Rate 2 pictures 3 stars'])
})
