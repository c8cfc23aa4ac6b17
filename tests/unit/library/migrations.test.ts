import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { type LibraryLayout, libraryLayout, openLibraryForReading } from '../../../src/main/library/index.ts'
import { migrations } from '../../../src/main/library/migrations/index.ts'
import { addPicture, openTestLibrary } from '../../support/library.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'
import { until } from '../../support/watched-rooms.ts'

const landed = migrations.length
afterEach(() => void (migrations as string[]).splice(landed))
const addMigration = (sql: string) => (migrations as string[]).push(sql)

/** A library of this version with one picture, closed. */
async function makeLibrary(): Promise<LibraryLayout> {
  const library = await openTestLibrary()
  addPicture(library, { path: 'a.png' })
  await library.close()
  return library.layout
}

function inDatabase<T>(path: string, look: (db: Database.Database) => T): T {
  const db = new Database(path)
  try {
    return look(db)
  } finally {
    db.close()
  }
}

const versionOf = (path: string) => inDatabase(path, db => db.pragma('user_version', { simple: true }))
const tablesOf = (path: string) =>
  inDatabase(path, db => db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all())

test('a new library is made whole, with the columns that were given', async () => {
  const library = await openTestLibrary()
  const { database } = library.layout
  expect(versionOf(database)).toBe(landed)
  const columns = inDatabase(database, db => db.pragma('table_info(media)') as { name: string; type: string }[])
  expect(columns.slice(0, 19).map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id INTEGER',
    'user_id INTEGER',
    'source TEXT',
    'source_id TEXT',
    'filename TEXT',
    'mime_type TEXT',
    'size INTEGER',
    'width INTEGER',
    'height INTEGER',
    'spaces_key TEXT',
    'spaces_url TEXT',
    'thumbnail_url TEXT',
    'processing_status TEXT',
    'ai_analysis TEXT',
    'metadata TEXT',
    'tags TEXT',
    'description TEXT',
    'created_at TEXT',
    'updated_at TEXT',
  ])
  expect(columns[19]?.name).toBe('processed_at')
  expect(library.records.countByStatus()).toEqual({ pending: 0, processing: 0, completed: 0, failed: 0 })
  expect(existsSync(library.layout.backups)).toBe(false)
})

test('opening again changes nothing and makes no copy', async () => {
  const layout = await makeLibrary()
  const before = readFileSync(layout.database)
  const again = await openTestLibrary(layout.folder)
  await again.close()
  expect(readFileSync(layout.database).equals(before)).toBe(true)
  expect(existsSync(layout.backups)).toBe(false)
})

test('an older database is copied, then migrated, with everything in it', async () => {
  const layout = await makeLibrary()
  addMigration('ALTER TABLE media ADD COLUMN mood TEXT')
  const library = await openTestLibrary(layout.folder)
  expect(library.media.get(1)).toMatchObject({ filename: 'a.png', status: 'completed' })
  await library.close()
  expect(versionOf(layout.database)).toBe(landed + 1)
  const [copy, ...others] = readdirSync(layout.backups)
  expect(others).toEqual([])
  expect(copy).toMatch(/-migration\.db$/)
  const copyPath = join(layout.backups, copy as string)
  expect(versionOf(copyPath)).toBe(landed)
  expect(inDatabase(copyPath, db => db.prepare('SELECT filename FROM media').pluck().all())).toEqual(['a.png'])
})

test('a migration that fails in its middle has not happened, and those before it have', async () => {
  const layout = await makeLibrary()
  addMigration('CREATE TABLE exhibitions (id INTEGER PRIMARY KEY)')
  addMigration('CREATE TABLE half (id INTEGER PRIMARY KEY); INSERT INTO nowhere VALUES (1)')
  await expect(openTestLibrary(layout.folder)).rejects.toThrow('nowhere')
  expect(versionOf(layout.database)).toBe(landed + 1)
  expect(tablesOf(layout.database)).toContain('exhibitions')
  expect(tablesOf(layout.database)).not.toContain('half')
})

test('a migration that is killed has not happened, and the next start makes it', async () => {
  const layout = await makeLibrary()
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '../../support/migrate-endlessly.ts'),
    layout.folder,
  ])
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = new Promise(resolve => child.once('exit', resolve))
  // Only now does it write more than it can hold in memory, so the half of it is on the disk.
  const wal = `${layout.database}-wal`
  await until(() => existsSync(wal) && statSync(wal).size > 1_000_000)
  child.kill('SIGKILL')
  await exited
  expect(versionOf(layout.database)).toBe(landed)
  expect(tablesOf(layout.database)).not.toContain('half')
  addMigration('CREATE TABLE half (id INTEGER PRIMARY KEY)')
  const library = await openTestLibrary(layout.folder)
  await library.close()
  expect(versionOf(layout.database)).toBe(landed + 1)
})

test('a database of a newer app is refused and stays as it is', async () => {
  const layout = await makeLibrary()
  inDatabase(layout.database, db => db.pragma(`user_version = ${landed + 1}`))
  const before = readFileSync(layout.database)
  const names = readdirSync(layout.folder)
  await expect(openTestLibrary(layout.folder)).rejects.toMatchObject({
    code: 'too-new',
    message: expect.stringContaining('Update this one'),
  })
  expect(readFileSync(layout.database).equals(before)).toBe(true)
  expect(readdirSync(layout.folder)).toEqual(names)
  expect(() => openLibraryForReading(layout.folder)).toThrow(expect.objectContaining({ code: 'too-new' }))
  expect(readFileSync(layout.database).equals(before)).toBe(true)
})

test('looking into a library that waits to be migrated, or is not there, is refused with a sentence', async () => {
  const layout = await makeLibrary()
  addMigration('CREATE TABLE exhibitions (id INTEGER PRIMARY KEY)')
  expect(() => openLibraryForReading(layout.folder)).toThrow(/Open it once/)
  const empty = libraryLayout(join(await makeTempFolder(), 'none'))
  expect(() => openLibraryForReading(empty.folder)).toThrow(`There is no Burg Ink library at ${empty.folder}.`)
  await mkdir(empty.folder)
  inDatabase(empty.database, () => {})
  expect(() => openLibraryForReading(empty.folder)).toThrow(expect.objectContaining({ code: 'not-found' }))
})
