import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { LibraryUnavailable } from './errors.ts'
import { migrations } from './migrations/index.ts'

export type Db = Database.Database

/** Up to this size a whole check takes well under half a second, and start waits for it; above, it is done beside the work. */
export const wholeCheckBytes = 48 * 1024 * 1024

/**
 * Opens the database for writing: checked, not yet migrated.
 *
 * `synchronous = NORMAL`: a killed process loses nothing; a power cut can lose the last moments but never damages. What is
 * lost then is found again, because the ledger still counts it as unfinished.
 *
 * No statistics are gathered (`ANALYZE`, `PRAGMA optimize`): what they say of a library of three files would turn queries
 * into scans that are wrong for the million files of the next import. Without them every plan is the one that the tests read.
 */
export function openDatabase(path: string): Db {
  const isNew = !existsSync(path) || statSync(path).size === 0
  const db = new Database(path, { timeout: 5000 })
  try {
    if (!isNew) checkQuickly(db, path)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('cache_size = -16000')
    db.pragma('temp_store = MEMORY')
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

/** For looking only: needs no lock and writes nothing. @throws {LibraryUnavailable} */
export function openDatabaseForReading(path: string): Db {
  if (!existsSync(path)) {
    throw new LibraryUnavailable('not-found', `There is no Burg Ink library at ${dirname(path)}.`)
  }
  const db = new Database(path, { readonly: true, timeout: 5000 })
  try {
    refuseNewerSchema(db)
    if (schemaVersion(db) < migrations.length) throw notReady(path)
    db.pragma('cache_size = -32000')
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

function notReady(path: string): LibraryUnavailable {
  return new LibraryUnavailable(
    'not-found',
    `The library at ${dirname(path)} is not set up for this Burg Ink yet. Open it once, then look again.`,
  )
}

/** Damage that shows at once, and for a small database all of it. `checkWholly` does the rest for a large one. */
function checkQuickly(db: Db, path: string): void {
  const sizeBytes = statSync(path).size
  const pages = db.pragma('page_count', { simple: true }) as number
  const pageBytes = db.pragma('page_size', { simple: true }) as number
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
  if (!existsSync(`${path}-wal`) && sizeBytes < pages * pageBytes) throw damaged('the file is shorter than it says')
  if (sizeBytes <= wholeCheckBytes) checkWholly(db)
}

/** @throws {LibraryUnavailable} `damaged` with what SQLite found. Reads every page: a second or so for each gigabyte. */
export function checkWholly(db: Db): void {
  const found = db.pragma('quick_check(3)') as { quick_check: string }[]
  const problems = found.map(row => row.quick_check.replaceAll(/\s+/g, ' ')).filter(text => text !== 'ok')
  if (problems.length > 0) throw damaged(problems.join('; '))
}

function damaged(detail: string): LibraryUnavailable {
  return new LibraryUnavailable('damaged', `The library's database is damaged: ${detail}.`)
}

export function schemaVersion(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number
}

/** @throws {LibraryUnavailable} `too-new` when a newer app has been here. */
export function refuseNewerSchema(db: Db): void {
  if (schemaVersion(db) > migrations.length) {
    throw new LibraryUnavailable(
      'too-new',
      'This library was last opened by a newer Burg Ink. Update this one to open it; nothing was changed.',
    )
  }
}

/** Each migration in a transaction of its own together with its number, so that a killed one has not happened. */
export function migrate(db: Db): void {
  for (let version = schemaVersion(db); version < migrations.length; version++) {
    db.transaction(() => {
      db.exec(migrations[version] as string)
      db.pragma(`user_version = ${version + 1}`)
    })()
  }
}
