import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import Database from 'better-sqlite3'
import { LibraryUnavailable } from './errors.ts'
import type { LibraryLayout } from './layout.ts'

/**
 * One opener at a time. The lock is SQLite's own on an empty file beside the database: the system lets go of it when the
 * process ends, however it ends, so there is never a stale one to clean up. The JSON file only says who holds it.
 * @throws {LibraryUnavailable} `in-use`, and what SQLite or the system says when the folder cannot be written.
 */
export function lockLibrary(layout: LibraryLayout): () => void {
  const lock = new Database(layout.lock, { timeout: 0 })
  try {
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    writeFileSync(
      layout.lockOwner,
      JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }),
    )
  } catch (cause) {
    lock.close()
    const isHeld = (cause as { code?: unknown }).code === 'SQLITE_BUSY'
    throw isHeld ? new LibraryUnavailable('in-use', inUseMessage(layout), { cause }) : cause
  }
  return () => {
    rmSync(layout.lockOwner, { force: true })
    lock.close()
  }
}

function inUseMessage(layout: LibraryLayout): string {
  const hint = 'Use that window, or close it and try again.'
  try {
    const owner = JSON.parse(readFileSync(layout.lockOwner, 'utf8')) as { pid: number; host: string; since: string }
    const since = new Date(owner.since).toLocaleString()
    return `This library is already open in another Burg Ink (process ${owner.pid} on ${owner.host}, since ${since}). ${hint}`
  } catch {
    return `This library is already open in another Burg Ink. ${hint}`
  }
}
