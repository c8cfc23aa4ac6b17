import type { Folder } from '../../shared/contract.ts'
import type { Db } from './database.ts'

export interface FolderRow {
  id: number
  userId: number
  source: string
  root: string
  name: string
  keepsCopies: boolean
}

interface ListedRow extends Omit<FolderRow, 'keepsCopies'> {
  keepsCopies: 0 | 1
  mediaCount: number
  isWatched: 0 | 1
  lastSyncedAt: string | null
  accountId: number | null
  email: string
  state: 'connected' | 'reconnect'
}

/** The roots that media come from: folders on disk, and folders of Drive. */
export function createFolders(db: Db) {
  const columns = 'id, user_id AS userId, source, root, name, keeps_copies AS keepsCopies'
  const byId = db.prepare<[number], Record<string, unknown>>(`SELECT ${columns} FROM folders WHERE id = ?`)
  const byRoot = db.prepare<[string, string], Record<string, unknown>>(
    `SELECT ${columns} FROM folders WHERE source = ? AND root = ?`,
  )
  const roots = db.prepare<[string], string>('SELECT root FROM folders WHERE source = ?').pluck()
  const upsert = db.prepare<[number, string, string, string, number], { id: number }>(
    `INSERT INTO folders (user_id, source, root, name, keeps_copies) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (source, root) DO UPDATE SET name = excluded.name, keeps_copies = excluded.keeps_copies
     RETURNING id`,
  )
  const all = db.prepare<[], ListedRow>(
    // The root of a folder of Drive begins with the number of its account.
    `SELECT d.id, d.user_id AS userId, d.source, d.root, d.name, d.keeps_copies AS keepsCopies,
       coalesce((SELECT count FROM facet_counts WHERE term = 'f' || d.id), 0) AS mediaCount, d.is_watched AS isWatched,
       (SELECT max(finished_at) FROM syncs WHERE folder_id = d.id AND state = 'completed'
         AND chosen_count IS NULL) AS lastSyncedAt,
       a.id AS accountId, a.email, a.state
     FROM folders d LEFT JOIN accounts a ON d.source = 'google_drive' AND a.state <> 'removed'
       AND a.id = CAST(substr(d.root, 1, instr(d.root, '/') - 1) AS INTEGER)
     ORDER BY d.name COLLATE NOCASE, d.id`,
  )
  const parse = (row: Record<string, unknown>) =>
    ({ ...row, keepsCopies: row.keepsCopies === 1 }) as unknown as FolderRow

  const below = db.prepare<[number, string], { parentId: string; name: string }>(
    'SELECT parent_id AS parentId, name FROM source_folders WHERE folder_id = ? AND source_id = ?',
  )

  const watched = db.prepare<[], number>('SELECT id FROM folders WHERE is_watched = 1 ORDER BY id').pluck()
  const setWatched = db.prepare<[number, number]>('UPDATE folders SET is_watched = ? WHERE id = ?')

  return {
    /** Those that are looked into again and again. */
    watched: (): number[] => watched.all(),

    setWatched(id: number, isWatched: boolean): void {
      setWatched.run(isWatched ? 1 : 0, id)
    },

    /** A folder below the root, by the source's id of it. */
    below(folderId: number, sourceId: string): { parentId: string; name: string } | null {
      return below.get(folderId, sourceId) ?? null
    },

    get(id: number): FolderRow | null {
      const row = byId.get(id)
      return row ? parse(row) : null
    },

    ofRoot(source: string, root: string): FolderRow | null {
      const row = byRoot.get(source, root)
      return row ? parse(row) : null
    },

    roots: (source: string): string[] => roots.all(source),

    /** The same root again is the same folder. */
    add(folder: Omit<FolderRow, 'id'>): number {
      const { userId, source, root, name, keepsCopies } = folder
      return (upsert.get(userId, source, root, name, keepsCopies ? 1 : 0) as { id: number }).id
    },

    list(): Folder[] {
      return all.all().map(({ id, name, root, source, keepsCopies, mediaCount, isWatched, lastSyncedAt, ...row }) => {
        const { accountId, email, state } = row
        const account = accountId === null ? null : { id: accountId, email, state }
        const facts = { keepsCopies: keepsCopies === 1, isWatched: isWatched === 1, lastSyncedAt, account }
        return { id, name, path: root, source, mediaCount, ...facts }
      })
    },
  }
}
