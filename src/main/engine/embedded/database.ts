import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { migrate } from './migrations.ts'

export interface OpenedDatabase {
  db: Database.Database
  /** False when the engine begins with an empty memory: there was no database, or a damaged one was put aside. */
  isResumed: boolean
}

/**
 * Opens the engine's own database, made new where there is none. A file that SQLite cannot read is renamed to
 * `<path>.damaged`, because a queue can be filled again from the library, and a program that does not start cannot.
 * @throws {Error} when the database is from a newer version of the program, or open in another process.
 */
export function openDatabase(path: string): OpenedDatabase {
  mkdirSync(dirname(path), { recursive: true })
  try {
    return openReadable(path)
  } catch (cause) {
    if (!isDamage(cause)) throw cause
    putAside(path)
    return { ...openReadable(path), isResumed: false }
  }
}

/** Nobody may have it open. */
export async function removeDatabase(path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true })
}

function openReadable(path: string): OpenedDatabase {
  // Nobody else writes here, so a lock that is held is not waited for long: that would stop the whole program.
  const db = new Database(path, { timeout: 100 })
  try {
    db.pragma('auto_vacuum = INCREMENTAL') // Takes effect only before the first table.
    db.pragma('journal_mode = WAL')
    // Survives a killed process whole. After a power cut the last moments may be missing, and steps of them run again.
    // FULL waits for the disk at every commit: alike where many runs share a commit, but one run at a time measured less
    // than half as fast, and what it saves is those last moments.
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('cache_size = -4000')
    return { db, isResumed: migrate(db) }
  } catch (cause) {
    db.close()
    throw cause
  }
}

function isDamage(cause: unknown): boolean {
  return (
    cause instanceof Database.SqliteError && (cause.code === 'SQLITE_NOTADB' || cause.code.startsWith('SQLITE_CORRUPT'))
  )
}

function putAside(path: string): void {
  renameSync(path, `${path}.damaged`)
  for (const suffix of ['-wal', '-shm']) if (existsSync(path + suffix)) rmSync(path + suffix)
}
