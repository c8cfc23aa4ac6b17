import type { SyncState } from '../../shared/syncs.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'

export interface SyncRow {
  id: number
  userId: number
  folderId: number
  folderName: string
  folderPath: string
  source: string
  state: SyncState
  isListed: boolean
  /** All of the folder is listed; false when only what changed since the last sync is. */
  isWhole: boolean
  /** How many files a person chose of the folder, and only those are listed; null: the folder itself was imported. */
  chosenCount: number | null
  page: number
  pageCursor: string | null
  generation: number
  found: number
  imported: number
  duplicates: number
  skipped: number
  failed: number
  pending: number
  error: string | null
  startedAt: string
  finishedAt: string | null
}

const select = `SELECT s.id, s.user_id AS userId, s.folder_id AS folderId, f.name AS folderName, f.root AS folderPath,
  f.source, s.state, s.is_listed AS isListed, s.is_whole AS isWhole,
  s.chosen_count AS chosenCount, s.page, s.page_cursor AS pageCursor, s.generation, s.found, s.imported,
  s.duplicates, s.skipped, s.failed, s.found - s.imported - s.duplicates - s.skipped - s.failed AS pending, s.error,
  s.started_at AS startedAt, s.finished_at AS finishedAt FROM syncs s JOIN folders f ON f.id = s.folder_id`

/** One row for each import of one folder: its state and its counts, which always add up. */
export function createSyncs(db: Db, changes: ChangeFeed) {
  type Raw = Omit<SyncRow, 'isListed' | 'isWhole'> & { isListed: number; isWhole: number }
  const parse = (row: Raw): SyncRow => ({ ...row, isListed: row.isListed === 1, isWhole: row.isWhole === 1 })
  const byId = db.prepare<[number], Raw>(`${select} WHERE s.id = ?`)
  const latest = db.prepare<[number], Raw>(`${select} ORDER BY s.id DESC LIMIT ?`)
  const active = db.prepare<[], Raw>(`${select} WHERE s.state IN ('running', 'paused') ORDER BY s.id DESC`)
  const activeOfFolder = db.prepare<[number], Raw>(
    `${select} WHERE s.folder_id = ? AND s.state IN ('running', 'paused') AND s.chosen_count IS NULL
     ORDER BY s.id DESC LIMIT 1`,
  )
  // Where the source can say what changed since the last sync, the listing begins there.
  const insert = db.prepare<[number, string, string, number], { id: number }>(
    `INSERT INTO syncs (user_id, folder_id, root_identity, state, started_at, page_cursor, is_whole)
     SELECT ?, id, ?, 'running', ?, changes_from, changes_from IS NULL FROM folders WHERE id = ? RETURNING id`,
  )
  // A watched folder is looked into a hundred times a day, mostly in vain. The newest stays: SQLite would give its id away
  // again, and the engine takes an event of that id for one it has seen.
  const forgetEmpty = db.prepare<[number, number]>(
    `DELETE FROM syncs WHERE folder_id = ? AND id < ? AND state = 'completed' AND found = 0 AND error IS NULL`,
  )
  const makeWhole = db.prepare<[number]>('UPDATE syncs SET is_whole = 1, page_cursor = NULL WHERE id = ?')
  const setState = db.prepare<[SyncState, string | null, string | null, number]>(
    'UPDATE syncs SET state = ?, error = ?, finished_at = ? WHERE id = ?',
  )
  const forgetChosen = db.prepare<[number]>('DELETE FROM chosen_files WHERE sync_id = ?')
  const nextGeneration = db.prepare<[number], { generation: number }>(
    'UPDATE syncs SET generation = generation + 1 WHERE id = ? RETURNING generation',
  )

  function get(id: number): SyncRow | null {
    const row = byId.get(id)
    return row ? parse(row) : null
  }

  return {
    get,

    begin(userId: number, folderId: number, rootIdentity: string): number {
      const { id } = insert.get(userId, rootIdentity, new Date().toISOString(), folderId) as { id: number }
      forgetEmpty.run(folderId, id)
      changes.emit('sync', id)
      return id
    },

    /** What changed cannot be told: from here on all of the folder is listed. */
    listWhole(id: number): void {
      makeWhole.run(id)
    },

    list(limit: number): SyncRow[] {
      return latest.all(limit).map(parse)
    },

    /** Running and paused ones, newest first. */
    active(): SyncRow[] {
      return active.all().map(parse)
    },

    /** Of the folder itself, not of files that were chosen of it. */
    activeOf(folderId: number): SyncRow | null {
      const row = activeOfFolder.get(folderId)
      return row ? parse(row) : null
    },

    /** `error` says why it was paused or failed, for a person to read. */
    setState(id: number, state: SyncState, error: string | null = null): void {
      const isOver = state === 'completed' || state === 'cancelled' || state === 'failed'
      setState.run(state, error, isOver ? new Date().toISOString() : null, id)
      // A failed one may go on with what it had not listed yet.
      if (isOver && state !== 'failed') forgetChosen.run(id)
      changes.emit('sync', id)
    },

    /** Makes the ids of events sent from now on differ from those sent before. */
    nextGeneration(id: number): number {
      return (nextGeneration.get(id) as { generation: number }).generation
    },
  }
}
