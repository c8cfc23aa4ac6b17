import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import Database from 'better-sqlite3'

/** Asks a library's database, also while a program works on it. */
export function ask<Row>(library: string, sql: string): Row[] {
  const db = new Database(join(library, 'library.db'), { readonly: true, timeout: 5000 })
  try {
    return db.prepare(sql).all() as Row[]
  } finally {
    db.close()
  }
}

/** How many files of all imports have ended; 0 while there is no library yet. */
export function countEnded(library: string): number {
  if (!existsSync(join(library, 'library.db'))) return 0
  try {
    const [row] = ask<{ count: number }>(library, `SELECT count(*) AS count FROM files WHERE outcome <> 'pending'`)
    return row?.count ?? 0
  } catch {
    // Its tables are being made.
    return 0
  }
}

/** `path: outcome code sentence` of every file. */
export function ledgerOf(library: string): string[] {
  const sql = `SELECT path || ': ' || outcome || ' ' || coalesce(reason_code, '') || ' ' || coalesce(reason_message, '') AS line
    FROM files ORDER BY path`
  return ask<{ line: string }>(library, sql).map(row => row.line)
}

/** Every file below `previews/` with the hash of its bytes. */
export function previewsOf(library: string): string[] {
  return filesBelow(join(library, 'previews')).map(path => {
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)
    return `${relative(library, path)} ${hash}`
  })
}

export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

/** What is wrong with a library that nobody has open: an empty list when all is as it should be. */
export function faultsOf(library: string): string[] {
  const faults: string[] = []
  const expectSame = (what: string, said: unknown, counted: unknown) => {
    const lines = (value: unknown) => [value].flat().map(each => JSON.stringify(each))
    const [one, other] = [lines(said), lines(counted)]
    for (const line of one) if (!other.includes(line)) faults.push(`${what}: kept ${line}, but it is not so`)
    for (const line of other) if (!one.includes(line)) faults.push(`${what}: counted ${line}, but it is not kept`)
    if (faults.length === 0 && one.length !== other.length) faults.push(`${what}: something is there twice`)
  }
  const rows = <Row>(sql: string) => ask<Row>(library, sql)
  expectSame('integrity', rows('PRAGMA integrity_check'), [{ integrity_check: 'ok' }])
  expectSame('foreign keys', rows('PRAGMA foreign_key_check'), [])
  expectSame(
    'status counts',
    rows('SELECT status, count FROM status_counts WHERE count <> 0 ORDER BY status'),
    rows('SELECT processing_status AS status, count(*) AS count FROM media GROUP BY status ORDER BY status'),
  )
  expectSame(
    'facet counts',
    rows('SELECT term, count FROM facet_counts WHERE count <> 0 ORDER BY term'),
    countTerms(rows<{ facets: string }>('SELECT facets FROM media WHERE facets IS NOT NULL')),
  )
  expectSame(
    'documents of the search',
    rows('SELECT rowid AS id FROM media_search ORDER BY rowid'),
    rows('SELECT id FROM media WHERE facets IS NOT NULL ORDER BY id'),
  )
  expectSame(
    'media of no file',
    rows('SELECT id FROM media WHERE id NOT IN (SELECT media_id FROM files WHERE media_id IS NOT NULL)'),
    [],
  )
  expectSame(
    'counts of imports',
    rows('SELECT id, found, imported, duplicates, skipped, failed FROM syncs WHERE id IN (SELECT sync_id FROM files)'),
    rows(`SELECT sync_id AS id, count(*) AS found, count(*) FILTER (WHERE outcome = 'imported') AS imported,
      count(*) FILTER (WHERE outcome = 'duplicate') AS duplicates, count(*) FILTER (WHERE outcome = 'skipped') AS skipped,
      count(*) FILTER (WHERE outcome = 'failed') AS failed FROM files GROUP BY sync_id`),
  )
  expectSame(
    'previews',
    rows<{ path: string }>(
      `SELECT 'previews/' || substr(sha256, 1, 2) || '/' || sha256 || '.' || kind || '.webp' AS path FROM previews
        ORDER BY path`,
    ).map(row => row.path),
    filesBelow(join(library, 'previews')).map(path => relative(library, path)),
  )
  expectSame(
    'totals of copies',
    rows('SELECT place, what, count, size FROM copy_totals WHERE count <> 0 ORDER BY place, what'),
    rows(`SELECT place, 'copies' AS what, count(*) AS count, sum(size) AS size FROM copies GROUP BY place
      UNION ALL SELECT place, 'unsent', count(*), sum(size) FROM unsent GROUP BY place ORDER BY place, what`),
  )
  expectSame(
    'what is unsent',
    rows('SELECT place, sha256, size FROM unsent ORDER BY place, sha256'),
    rows(`SELECT s.place, d.sha256, d.size FROM sendings s JOIN copies d ON d.place = 'disk'
      WHERE NOT EXISTS (SELECT 1 FROM copies c WHERE c.place = s.place AND c.sha256 = d.sha256) ORDER BY s.place, d.sha256`),
  )
  expectSame(
    'originals on the disk',
    rows<{ key: string }>(`SELECT key FROM copies WHERE place = 'disk' ORDER BY key`).map(row => row.key),
    filesBelow(join(library, 'originals')).map(path => relative(library, path)),
  )
  // Whoever only looks leaves SQLite's shared memory and an empty log behind.
  const known =
    /^(library\.db|library\.db-(shm|wal)|jobs\.db|runs\.db|library\.lock|previews\/..\/[0-9a-f]{64}\.(preview|thumbnail)\.webp|backups\/[^/]+\.db|originals\/.+)$/
  for (const path of filesBelow(library)) {
    const name = relative(library, path)
    if (!known.test(name)) faults.push(`a file that does not belong there: ${name}`)
  }
  return faults
}

function countTerms(rows: { facets: string }[]): { term: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { facets } of rows) for (const term of facets.split(' ')) counts.set(term, (counts.get(term) ?? 0) + 1)
  return [...counts].map(([term, count]) => ({ term, count })).sort((a, b) => (a.term < b.term ? -1 : 1))
}
