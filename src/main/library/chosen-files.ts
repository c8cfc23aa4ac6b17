import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import type { createSyncs, SyncRow } from './syncs.ts'

interface ChosenRooms {
  db: Db
  syncs: ReturnType<typeof createSyncs>
  changes: ChangeFeed
}

/** Which files of a folder a sync is of, where a person chose some. Written down, so that it goes on with these alone. */
export function createChosenFiles({ db, syncs, changes }: ChosenRooms) {
  const begin = db.prepare<[number, string, string, number, number], { id: number }>(
    `INSERT INTO syncs (user_id, folder_id, root_identity, state, started_at, is_whole, chosen_count)
     SELECT ?, id, ?, 'running', ?, 0, ? FROM folders WHERE id = ? RETURNING id`,
  )
  const choose = db.prepare<[number, string]>('INSERT INTO chosen_files (sync_id, source_id) VALUES (?, ?)')
  const all = db.prepare<[number], string>('SELECT source_id FROM chosen_files WHERE sync_id = ?').pluck()
  const page = db
    .prepare<[number, string, number], string>(
      'SELECT source_id FROM chosen_files WHERE sync_id = ? AND source_id > ? ORDER BY source_id LIMIT ?',
    )
    .pluck()
  const activeOfCount = db
    .prepare<[number, number], number>(
      `SELECT id FROM syncs WHERE folder_id = ? AND state IN ('running', 'paused') AND chosen_count = ? ORDER BY id DESC`,
    )
    .pluck()

  return {
    /** `sourceIds` name each file once. */
    begin: db.transaction((userId: number, folderId: number, rootIdentity: string, sourceIds: string[]): number => {
      const now = new Date().toISOString()
      const { id } = begin.get(userId, rootIdentity, now, sourceIds.length, folderId) as { id: number }
      for (const sourceId of sourceIds) choose.run(id, sourceId)
      changes.emit('sync', id)
      return id
    }),

    /** The sync of exactly these files that is running or paused. */
    activeOf(folderId: number, sourceIds: string[]): SyncRow | null {
      const wanted = new Set(sourceIds)
      const id = activeOfCount
        .all(folderId, sourceIds.length)
        .find(syncId => all.all(syncId).every(sourceId => wanted.has(sourceId)))
      return id === undefined ? null : syncs.get(id)
    },

    /** The next ones in the order of their ids, after `after` (null: from the beginning). */
    page(syncId: number, after: string | null, limit: number): string[] {
      return page.all(syncId, after ?? '', limit)
    },
  }
}
