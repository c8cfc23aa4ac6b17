import type { Outcome } from '../../shared/outcomes.ts'
import type { LedgerEntry } from '../../shared/syncs.ts'
import type { Db } from './database.ts'

export interface FileRow {
  id: number
  folderId: number
  sourceId: string
  path: string
  filename: string
  sizeBytes: number
  modifiedMs: number
  isRead: boolean
  mediaId: number | null
  syncId: number
  outcome: Outcome
  missingSince: string | null
}

/** The inventory: every file ever found, and the ledger of the last sync that saw it. Read side; `recording.ts` writes. */
export function createFiles(db: Db) {
  type Raw = Omit<FileRow, 'isRead' | 'filename'> & { isRead: number }
  const columns = `id, folder_id AS folderId, source_id AS sourceId, path, size AS sizeBytes, modified_ms AS modifiedMs,
    is_read AS isRead, media_id AS mediaId, sync_id AS syncId, outcome, missing_since AS missingSince`
  const parse = (row: Raw): FileRow => ({ ...row, isRead: row.isRead === 1, filename: filenameOf(row.path) })
  const byId = db.prepare<[number], Raw>(`SELECT ${columns} FROM files WHERE id = ?`)
  const ledgerColumns = `id AS fileId, path, outcome, reason_code AS code, reason_message AS message, media_id AS mediaId,
    size AS sizeBytes`
  type RawEntry = Omit<LedgerEntry, 'reason'> & { code: string | null; message: string | null }
  const ledger = db.prepare<[{ syncId: number; after: number; limit: number }], RawEntry>(
    `SELECT ${ledgerColumns} FROM files WHERE folder_id = (SELECT folder_id FROM syncs WHERE id = @syncId)
       AND sync_id = @syncId AND id > @after ORDER BY id LIMIT @limit`,
  )
  const ledgerOf = db.prepare<[number, Outcome, number, number], RawEntry>(
    `SELECT ${ledgerColumns} FROM files WHERE sync_id = ? AND outcome = ? AND id > ? ORDER BY id LIMIT ?`,
  )
  const pendingIds = db.prepare<[number, number, number], { id: number }>(
    `SELECT id FROM files WHERE sync_id = ? AND outcome = 'pending' AND id > ? ORDER BY id LIMIT ?`,
  )
  const failedOfMedia = db.prepare<[number], { id: number; syncId: number }>(
    `SELECT id, sync_id AS syncId FROM files WHERE media_id = ? AND outcome = 'failed' ORDER BY id LIMIT 1`,
  )

  return {
    get(id: number): FileRow | null {
      const row = byId.get(id)
      return row ? parse(row) : null
    },

    /** How the files of one sync ended, in the order they were found. */
    ledger(syncId: number, query: { outcome?: Outcome | undefined; after: number; limit: number }): LedgerEntry[] {
      const { outcome, after, limit } = query
      const rows = outcome ? ledgerOf.all(syncId, outcome, after, limit) : ledger.all({ syncId, after, limit })
      return rows.map(({ code, message, ...entry }) => ({ ...entry, reason: reasonOf(code, message) }))
    },

    /** Files of this sync that have not ended, after this id. */
    pendingIds(syncId: number, after: number, limit: number): number[] {
      return pendingIds.all(syncId, after, limit).map(row => row.id)
    },

    /** The failed file behind a picture. */
    failedOf(mediaId: number): { id: number; syncId: number } | null {
      return failedOfMedia.get(mediaId) ?? null
    },
  }
}

function reasonOf(code: string | null, message: string | null): LedgerEntry['reason'] {
  return code === null ? null : { code, message: message ?? '' }
}

export function filenameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
