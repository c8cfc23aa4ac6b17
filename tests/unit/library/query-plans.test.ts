import Database from 'better-sqlite3'
import { afterEach, expect, test, vi } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import { type MediaFilter, mediaGroups, mediaSorts } from '../../../src/shared/media.ts'
import { addPicture, listFiles, openBeside, openTestLibrary } from '../../support/library.ts'
import { addMany, answersOf } from '../../support/library-lists.ts'

afterEach(() => vi.restoreAllMocks())

/** Collects the SQL of every statement that is prepared from now on. */
function collectStatements(): Set<string> {
  const collected = new Set<string>()
  const prepare = Database.prototype.prepare
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql: string) {
    collected.add(sql.replaceAll(/\s+/g, ' ').trim())
    return prepare.call(this, sql)
  })
  return collected
}

function explain(db: Database.Database, sql: string): string[] {
  const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, 1]))
  const positional = [...sql.matchAll(/\?/g)].map(() => 1)
  const statement = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
  const rows = positional.length > 0 ? statement.all(...positional) : statement.all(named)
  return rows.map(row => row.detail)
}

/** Asks everything that lists, counts or suggests. */
function askEverything(library: Library): void {
  const answers = answersOf(library)
  const by = { analyser: 'openai', recipeKey: 'a recipe' }
  const filters: MediaFilter[] = [
    {},
    { tags: ['many'] },
    { tags: ['third'] },
    { text: 'img' },
    { status: 'pending' },
    { status: 'processing', folderId: 1, source: 'folder' },
    { status: 'failed' },
    { folderId: 1, takenFrom: '2001', takenTo: '2003-05', colours: ['red'] },
  ]
  for (const filter of filters) {
    for (const sort of mediaSorts) {
      for (const isWhole of [false, true]) {
        const view = { filter, sort, isWhole }
        const { nextCursor } = answers.page(view, null, 10)
        if (nextCursor) answers.page(view, nextCursor, 10)
        answers.index(view, 500)
        answers.countUpTo(view, 100)
      }
    }
    answers.facets(filter)
    answers.chosenPart({ filter }, by, null)
  }
  for (const group of mediaGroups) {
    const view = { filter: {}, sort: 'name' as const, group }
    answers.index(view, 500, true)
    answers.page(view, null, 10)
  }
  answers.chosenPart({ isUndescribed: true }, by, null)
  answers.chosenPart({ mediaIds: [1, 2] }, by, null)
  answers.suggestTags('ma', 10)
  answers.commonSuggestions([1, 2])
  answers.similarByLook(1, 10)
  answers.similarByMeaning(1, 10, 'model')
  answers.nearDuplicates(0, 10)
}

/** Tables that do not grow with the pictures, but with folders, imports, runs and settings. */
const smallTables = [
  'collections',
  'views',
  'accounts',
  'analysis_runs',
  'facet_counts',
  'folders',
  'moves',
  'prompts',
  'settings',
  'status_counts',
  'syncs',
  'tags',
  'users',
]

/** What may go over a large table, because the answer is all of it or its first rows, in the order of an index. */
const walks: [sql: RegExp, detail: RegExp][] = [
  [
    /FROM media m .*WHERE m\.facets IS NOT NULL.* ORDER BY/,
    /^SCAN m USING (COVERING )?INDEX media_(shown|by_(taken|name|size|sync))$/,
  ],
  // The proportions of all, and which file of which directory each is, for a list in full.
  [
    /^SELECT m\.id \* 256 \+ CASE .* FROM media m INDEXED BY media_by_sync/,
    /^SCAN m USING (COVERING )?INDEX media_by_sync$/,
  ],
  [
    / FROM files WHERE media_id IS NOT NULL (GROUP BY folder_id, directory )?ORDER BY folder_id, directory/,
    /^SCAN files USING (COVERING )?INDEX files_by_directory$/,
  ],
  // Everything by id, as far as the limit: the table is its own index.
  [/FROM media m WHERE true .*ORDER BY m\.id (ASC|DESC) LIMIT/, /^SCAN m$/],
  // Another store, or another address of it: that of every picture changes.
  [/^UPDATE media SET spaces_url = CASE/, /^SCAN media$/],
  // The first of what is still to do, in the order of the table.
  [/FROM (filings|embeddings)_due ORDER BY media_id LIMIT/, /^SCAN (filings|embeddings)_due$/],
  [/^SELECT count\(\*\) FROM embeddings_due$/, /^SCAN embeddings_due$/],
  // All of them, once for each model that is chosen.
  [/^INSERT OR IGNORE INTO embeddings_due SELECT id FROM media/, /^SCAN media USING (COVERING )?INDEX media_shown$/],
  // All fingerprints, from an index that holds nothing else.
  [/^SELECT id, fingerprint FROM media/, /^SCAN media USING COVERING INDEX media_fingerprints$/],
  // Those that are undone are the whole of their index.
  [
    / FROM commands INDEXED BY commands_undone WHERE is_undone = 1/,
    /^SCAN commands USING (COVERING )?INDEX commands_undone$/,
  ],
  // What all commands take together, now and then; and the first of them.
  [/^SELECT coalesce\(sum\(size_bytes\), 0\) FROM commands$/, /^SCAN commands$/],
  [/^SELECT id, size_bytes AS sizeBytes FROM commands ORDER BY id$/, /^SCAN commands$/],
  // Works are hundreds, and at most some thousands: their states, materials and numbers are counted at once.
  [/^SELECT number FROM inventory_numbers$/, /^SCAN inventory_numbers$/],
  [/^SELECT seq FROM sqlite_sequence /, /^SCAN sqlite_sequence$/],
  [
    /^SELECT status, count\(\*\) AS count FROM artworks GROUP BY status$/,
    /^SCAN artworks USING COVERING INDEX artworks_by_status$/,
  ],
  [
    /^SELECT c\.status, count\(DISTINCT c\.artwork_id\) AS count FROM artwork_copies c CROSS JOIN artworks a /,
    /^SCAN c USING COVERING INDEX copies_by_status$/,
  ],
  [/^SELECT medium FROM artworks /, /^SCAN artworks$/],
  [/^SELECT name FROM series ORDER BY id$/, /^SCAN series$/],
  // The check of the foreign key that SQLite plans for a new parent and does not carry out.
  [/^INSERT INTO folders /, /^SCAN media$/],
]

/** What the statement scans: tables, not results of its own parts or matches of full text. */
function scansOf(db: Database.Database, sql: string): string[] {
  const tables = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()
  const tableOf = (alias: string) =>
    tables.includes(alias) ? alias : sql.match(new RegExp(`\\b(\\w+)(?: AS)? ${alias}\\b`))?.[1]
  return explain(db, sql).filter(detail => {
    const [, alias] = detail.match(/^SCAN (\w+)(?! VIRTUAL TABLE)\b/) ?? []
    const table = alias && tableOf(alias)
    if (!table || !tables.includes(table) || smallTables.includes(table) || detail.includes('VIRTUAL TABLE'))
      return false
    return !walks.some(([of, how]) => of.test(sql) && how.test(detail))
  })
}

test('no statement of the room scans a large table', async () => {
  const library = await openTestLibrary()
  addPicture(library, { path: 'a.png', tags: ['ink'] })
  addMany(library, 20_500)
  listFiles(library, ['b.png', 'c.png'])
  await library.close()

  const collected = collectStatements()
  const again = await openTestLibrary(library.layout.folder)
  askEverything(again)
  vi.restoreAllMocks()
  expect(collected.size).toBeGreaterThan(80)
  const db = openBeside(again)
  const queries = [...collected].filter(sql => /^(SELECT|UPDATE|DELETE|INSERT|WITH)\b/.test(sql))
  const scans = queries.map(sql => ({ sql, scans: scansOf(db, sql) })).filter(({ scans }) => scans.length > 0)
  expect(scans).toEqual([])
})

test('the files of one picture are looked up by it, however many files its import has', async () => {
  const collected = collectStatements()
  const library = await openTestLibrary()
  vi.restoreAllMocks()
  const db = openBeside(library)
  const ofMedia = [...collected].filter(
    sql => /\bWHERE (f\.|h\.)?media_id = \?/.test(sql) && /\bFROM files\b/.test(sql),
  )
  expect(ofMedia.length).toBeGreaterThan(8)
  for (const sql of ofMedia) expect(explain(db, sql).join(), sql).toContain('USING INDEX files_of_media (media_id=?')
})

test('no statistics are gathered that would make other plans than these', async () => {
  const library = await openTestLibrary()
  addPicture(library, { path: 'a.png' })
  await library.close()
  const db = openBeside(await openTestLibrary(library.layout.folder))
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'`).all()).toEqual([])
})

test('a scan would be noticed', async () => {
  const library = await openTestLibrary()
  const db = openBeside(library)
  expect(scansOf(db, 'SELECT * FROM media m WHERE m.width = ?')).toEqual(['SCAN m'])
  expect(scansOf(db, `SELECT * FROM files AS f WHERE outcome = 'failed' AND id < @before OR size = 1`)).toEqual([
    'SCAN f',
  ])
  expect(scansOf(db, 'SELECT count(*) FROM files WHERE reason_code = ?')).toEqual(['SCAN files'])
  expect(scansOf(db, 'SELECT id FROM media ORDER BY size')).not.toEqual([])
  expect(scansOf(db, 'SELECT id FROM files WHERE sync_id = ? ORDER BY path')).toEqual([])
})

/** What is asked again and again with a limit, and how many such statements there are. */
const pages: [sql: RegExp, count: number][] = [
  [/^SELECT .* FROM media m .*facets IS NOT NULL .*ORDER BY .* LIMIT/, 14],
  [/^SELECT .* FROM media m .*processing_status = @status ORDER BY .* LIMIT/, 1],
  [/^SELECT .* FROM media_search s CROSS JOIN .* ORDER BY .* LIMIT/, 1],
  [/^SELECT .* FROM media m .*ORDER BY m\.processed_at DESC LIMIT/, 1],
  [/^SELECT .* FROM files WHERE (folder_id|sync_id) = .* ORDER BY id LIMIT/, 3],
]

test('pages of lists and of the ledger come from an index in their order, without being sorted', async () => {
  const library = await openTestLibrary()
  addMany(library, 20_500)
  await library.close()
  const collected = collectStatements()
  const again = await openTestLibrary(library.layout.folder)
  const answers = answersOf(again)
  for (const sort of mediaSorts) {
    const { nextCursor } = answers.page({ filter: {}, sort }, null, 10)
    answers.page({ filter: {}, sort }, nextCursor, 10)
  }
  answers.page({ filter: { status: 'pending' }, sort: 'newest' }, null, 10)
  answers.page({ filter: { tags: ['many'] }, sort: 'newest' }, null, 10)
  vi.restoreAllMocks()
  const statements = [...collected]
  const db = openBeside(again)
  for (const [pattern, count] of pages) {
    const found = statements.filter(sql => pattern.test(sql))
    expect(found, String(pattern)).toHaveLength(count)
    for (const sql of found) expect(explain(db, sql).join(), sql).not.toContain('TEMP B-TREE')
  }
})
