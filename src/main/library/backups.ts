import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { checkWholly, type Db } from './database.ts'
import { faultOfSqliteError, faultOfSystemError, LibraryUnavailable } from './errors.ts'
import { type LibraryLayout, libraryLayout } from './layout.ts'
import { lockLibrary } from './lock.ts'

const keptCopies = 3
const unfinishedSuffix = '.unfinished'

/** The newest first. Names begin with the date and time they were made, in UTC. */
export function listBackups(layout: LibraryLayout): { path: string; madeAt: Date; sizeBytes: number }[] {
  if (!existsSync(layout.backups)) return []
  return readdirSync(layout.backups)
    .filter(name => name.endsWith('.db'))
    .sort()
    .reverse()
    .map(name => {
      const path = join(layout.backups, name)
      const { mtime, size } = statSync(path)
      return { path, madeAt: mtime, sizeBytes: size }
    })
}

/** A database of no bytes is a new one, unless there are copies of it. @throws {LibraryUnavailable} `damaged` */
export function refuseEmptied(layout: LibraryLayout): void {
  const { database } = layout
  if (!existsSync(database) || statSync(database).size > 0 || existsSync(`${database}-wal`)) return
  if (listBackups(layout).length > 0) {
    throw new LibraryUnavailable('damaged', "The library's database is damaged: the file is empty.")
  }
}

/** A whole, consistent copy while the database is in use. Runs in small steps between other work. */
export async function backUp(db: Db, layout: LibraryLayout, why: 'daily' | 'migration'): Promise<string> {
  mkdirSync(layout.backups, { recursive: true })
  for (const name of readdirSync(layout.backups)) {
    if (name.endsWith(unfinishedSuffix)) rmSync(join(layout.backups, name))
  }
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const path = join(layout.backups, `${stamp}-${why}.db`)
  const unfinished = path + unfinishedSuffix
  await db.backup(unfinished)
  renameSync(unfinished, path)
  for (const old of listBackups(layout).slice(keptCopies)) rmSync(old.path)
  return path
}

/**
 * Puts the newest sound copy in the place of the database and keeps the damaged one beside it. The library must be closed.
 * @returns the copy used and where the damaged database is now.
 * @throws {LibraryUnavailable} `not-found` when there is no sound copy.
 */
export function restoreNewestBackup(folder: string): {
  restoredFrom: string
  madeAt: Date
  damagedKeptAt: string
} {
  const layout = libraryLayout(resolve(folder))
  let unlock = () => {}
  try {
    unlock = lockLibrary(layout)
    return putBack(layout)
  } catch (cause) {
    throw explained(cause, layout)
  } finally {
    unlock()
  }
}

function explained(cause: unknown, { folder }: LibraryLayout): unknown {
  const fault = faultOfSqliteError(cause) ?? faultOfSystemError(cause)
  if (cause instanceof LibraryUnavailable || fault === null) return cause
  const what = fault === 'full' ? 'Its disk is full. Free some space' : 'It cannot be written. Check its permissions'
  return new LibraryUnavailable(fault, `The library ${folder} was not restored. ${what}, then try again.`, { cause })
}

function putBack(layout: LibraryLayout) {
  const sound = listBackups(layout).find(copy => isSound(copy.path))
  if (!sound) throw new LibraryUnavailable('not-found', `There is no sound copy in ${layout.backups}.`)
  const kept = `${layout.database}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`
  // Copied beside it first: the rename at the end is all that can be interrupted, and it cannot be half done.
  const incoming = `${layout.database}.incoming`
  copyFileSync(sound.path, incoming)
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(layout.database + suffix)) renameSync(layout.database + suffix, kept + suffix)
  }
  renameSync(incoming, layout.database)
  // Runs of the lost days would speak of rows that are gone.
  forgetJobs(layout)
  return { restoredFrom: sound.path, madeAt: sound.madeAt, damagedKeptAt: kept }
}

/** The engine begins with an empty memory; the ledger sends unfinished work again. */
export function forgetJobs(layout: LibraryLayout): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(layout.jobs + suffix, { force: true })
}

function isSound(path: string): boolean {
  try {
    const db = new Database(path, { readonly: true })
    try {
      checkWholly(db)
      return true
    } finally {
      db.close()
    }
  } catch {
    return false
  } finally {
    // Looking makes them, and a copy never has a log of its own.
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  }
}
