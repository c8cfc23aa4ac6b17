import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import {
  type LibraryLayout,
  openLibrary,
  openLibraryForReading,
  restoreNewestBackup,
} from '../../../src/main/library/index.ts'
import { addPicture, openTestLibrary } from '../../support/library.ts'

/** A library of fifty pictures, closed, with as many copies of it as asked. */
async function makeLibrary(copies = 0): Promise<LibraryLayout> {
  const library = await openTestLibrary()
  for (let i = 0; i < 50; i++) addPicture(library, { path: `${i}.png`, tags: [`tag ${i}`], title: `Picture ${i}` })
  for (let i = 0; i < copies; i++) {
    await library.backUpDaily()
    for (const name of readdirSync(library.layout.backups)) age(join(library.layout.backups, name))
  }
  await library.close()
  return library.layout
}

/** A day older than it is. */
function age(path: string): void {
  const seconds = statSync(path).mtimeMs / 1000 - 90_000
  utimesSync(path, seconds, seconds)
}

const truncate = (path: string) => truncateSync(path, statSync(path).size - 3 * 4096)
function overwritePages(path: string): void {
  const file = openSync(path, 'r+')
  for (let page = 2; page < 12; page++) writeSync(file, Buffer.alloc(2000, 0xa5), 0, 2000, page * 4096 + 100)
  closeSync(file)
}
const damages: Record<string, (path: string) => void> = {
  truncated: truncate,
  'cut to half a page': path => truncateSync(path, 2000),
  'overwritten in its middle': overwritePages,
  'not a database at all': path => writeFileSync(path, 'Dear diary,'.repeat(1000)),
}

test.for(Object.entries(damages))('a database that is %s is told as damaged, with the way out', async ([, damage]) => {
  const layout = await makeLibrary()
  damage(layout.database)
  const damagedBytes = readFileSync(layout.database)
  await expect(openLibrary(layout.folder)).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringMatching(/damaged.*There is no copy of it yet.*move library\.db away and import again/),
  })
  expect(readFileSync(layout.database).equals(damagedBytes)).toBe(true)
})

test('the message names the copy there is, and the command that restores it', async () => {
  const layout = await makeLibrary(1)
  truncate(layout.database)
  await expect(openLibrary(layout.folder)).rejects.toThrow(`"burg-ink restore --library ${layout.folder}"`)
})

test('a database of no bytes beside copies of it is damaged, not new', async () => {
  const layout = await makeLibrary(1)
  truncateSync(layout.database, 0)
  await expect(openLibrary(layout.folder)).rejects.toMatchObject({ code: 'damaged' })
})

test('looking into a damaged library says what is the matter', async () => {
  const layout = await makeLibrary()
  writeFileSync(layout.database, 'Dear diary,'.repeat(1000))
  expect(() => openLibraryForReading(layout.folder)).toThrow(expect.objectContaining({ code: 'damaged' }))
})

test('restoring puts the newest copy in place and keeps the damaged database', async () => {
  const layout = await makeLibrary(2)
  truncate(layout.database)
  writeFileSync(layout.jobs, 'what an engine remembers')
  const damagedBytes = readFileSync(layout.database)
  const copies = readdirSync(layout.backups)
  const restored = restoreNewestBackup(layout.folder)
  expect(restored.restoredFrom).toBe(join(layout.backups, copies.toSorted().at(-1) as string))
  expect(readFileSync(restored.damagedKeptAt).equals(damagedBytes)).toBe(true)
  expect(readdirSync(layout.folder)).not.toContain('jobs.db')
  const library = await openTestLibrary(layout.folder)
  expect(library.records.countByStatus().completed).toBe(50)
})

test('restoring passes over copies that are damaged themselves', async () => {
  const layout = await makeLibrary(3)
  overwritePages(layout.database)
  const [oldest, ...newer] = readdirSync(layout.backups).toSorted()
  for (const name of newer) overwritePages(join(layout.backups, name))
  expect(restoreNewestBackup(layout.folder).restoredFrom).toBe(join(layout.backups, oldest as string))
  expect((await openTestLibrary(layout.folder)).records.countByStatus().completed).toBe(50)
})

test('without a sound copy restoring is refused, and the damaged database stays where it is', async () => {
  const layout = await makeLibrary(1)
  overwritePages(layout.database)
  for (const name of readdirSync(layout.backups)) writeFileSync(join(layout.backups, name), 'no copy')
  const damagedBytes = readFileSync(layout.database)
  expect(() => restoreNewestBackup(layout.folder)).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(readFileSync(layout.database).equals(damagedBytes)).toBe(true)
})

test('a copy is made once a day, three are kept, and what was left half made is cleared away', async () => {
  const library = await openTestLibrary()
  const { backups } = library.layout
  await Promise.all([library.backUpDaily(), library.backUpDaily()])
  await library.backUpDaily()
  expect(readdirSync(backups)).toHaveLength(1)
  writeFileSync(join(backups, '2020-daily.db.unfinished'), '')
  for (let day = 0; day < 5; day++) {
    for (const name of readdirSync(backups)) age(join(backups, name))
    await library.backUpDaily()
  }
  expect(readdirSync(backups)).toHaveLength(3)
  expect(readdirSync(backups).every(name => name.endsWith('-daily.db'))).toBe(true)
})

test('a copy from a time to come, made before the clock was set back, does not put off the next', async () => {
  const library = await openTestLibrary()
  await library.backUpDaily()
  const [copy] = readdirSync(library.layout.backups)
  const inTenYears = Date.now() / 1000 + 315_000_000
  utimesSync(join(library.layout.backups, copy as string), inTenYears, inTenYears)
  await library.backUpDaily()
  expect(readdirSync(library.layout.backups)).toHaveLength(2)
})

test('damage deep in a large database is found beside the work, and said', async () => {
  const layout = await makeLibrary()
  const db = new Database(layout.database)
  const insert = db.prepare(`INSERT INTO settings (name, value) VALUES (?, json_quote(hex(zeroblob(500000))))`)
  for (let i = 0; i < 60; i++) insert.run(`ballast ${i}`)
  db.close()
  // The first page of an index that nothing reads at the start.
  const spoilt = new Database(layout.database)
  const rootPage = spoilt
    .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'files_of_media'`)
    .pluck()
    .get() as number
  spoilt.close()
  const file = openSync(layout.database, 'r+')
  writeSync(file, Buffer.alloc(4000, 0xa5), 0, 4000, (rootPage - 1) * 4096 + 8)
  closeSync(file)

  // It was found sound, but not today.
  writeFileSync(layout.checkMark, '')
  age(layout.checkMark)

  const library = await openTestLibrary(layout.folder)
  await new Promise<void>(resolve => library.changes.once('library', resolve))
  expect(library.problem()).toMatch(/damaged.*There is no copy of it yet/)
})
