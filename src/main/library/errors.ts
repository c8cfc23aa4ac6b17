export type LibraryFault = 'in-use' | 'damaged' | 'too-new' | 'read-only' | 'not-a-library' | 'not-found' | 'full'

/** The library as a whole cannot be used. `message` says what to do; hosts show it and stop. */
export class LibraryUnavailable extends Error {
  readonly code: LibraryFault
  constructor(code: LibraryFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LibraryUnavailable'
    this.code = code
  }
}

const sqliteFaults: Record<string, LibraryFault> = {
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
  SQLITE_FULL: 'full',
  SQLITE_READONLY: 'read-only',
  SQLITE_CANTOPEN: 'read-only',
}

const systemFaults: Record<string, LibraryFault> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
}

/** What an error of SQLite means for the library as a whole, or null when it is about one statement. */
export function faultOfSqliteError(error: unknown): LibraryFault | null {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return null
  // Extended codes such as SQLITE_CORRUPT_VTAB and SQLITE_READONLY_DBMOVED begin with their primary code.
  const primary = code.split('_').slice(0, 2).join('_')
  return sqliteFaults[primary] ?? null
}

/** The same for an error of the file system. */
export function faultOfSystemError(error: unknown): LibraryFault | null {
  return systemFaults[String((error as { code?: unknown } | null)?.code)] ?? null
}
