import { listBackups } from './backups.ts'
import { faultOfSqliteError, faultOfSystemError, LibraryUnavailable } from './errors.ts'
import type { LibraryLayout } from './layout.ts'

/** Adds what to do to what SQLite said. */
export function explained(cause: unknown, layout: LibraryLayout): unknown {
  const fault =
    cause instanceof LibraryUnavailable ? cause.code : (faultOfSqliteError(cause) ?? faultOfSystemError(cause))
  if (fault === 'damaged') return damagedWithWayOut(cause as Error, layout)
  if (cause instanceof LibraryUnavailable || fault === null) return cause
  const what =
    fault === 'full'
      ? 'The disk of the library is full. Free some space'
      : 'The library cannot be written. Check its permissions'
  return new LibraryUnavailable(fault, `${what}, then try again (${layout.folder}).`, { cause })
}

export function damagedWithWayOut(cause: Error, layout: LibraryLayout): LibraryUnavailable {
  const [newest] = listBackups(layout)
  const wayOut = newest
    ? `There is a copy of ${newest.madeAt.toLocaleString()}. "burg-ink restore --library ${layout.folder}" puts it in place and keeps the damaged one; pictures added since are found again by importing.`
    : 'There is no copy of it yet. Originals are not affected: move library.db away and import again.'
  const what =
    cause instanceof LibraryUnavailable ? cause.message : `The library's database is damaged (${cause.message}).`
  return new LibraryUnavailable('damaged', `${what} ${wayOut}`, { cause })
}
