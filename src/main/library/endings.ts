import type { Statement } from 'better-sqlite3'
import type { ProcessingStatus } from '../../shared/media.ts'
import { type Outcome, type ReasonCode, reasons } from '../../shared/outcomes.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import type { createFiles, FileRow } from './files.ts'
import type { createFiling } from './filing.ts'
import type { createWaitingMedia } from './waiting-media.ts'

/** The column of `syncs` that counts an outcome. */
const countColumns = { imported: 'imported', duplicate: 'duplicates', skipped: 'skipped', failed: 'failed' } as const
export type EndOutcome = keyof typeof countColumns

interface EndingRooms {
  db: Db
  files: ReturnType<typeof createFiles>
  filing: ReturnType<typeof createFiling>
  waiting: ReturnType<typeof createWaitingMedia>
  changes: ChangeFeed
}

/** How files end, and how ended ones are taken up again. A file ends once: whoever comes second changes nothing. */
export function createEndings({ db, files, filing, waiting, changes }: EndingRooms) {
  const endFile = db.prepare<[Outcome, string | null, string | null, number]>(
    `UPDATE files SET outcome = ?, reason_code = ?, reason_message = ? WHERE id = ? AND outcome = 'pending'`,
  )
  const counters = Object.fromEntries(
    Object.entries(countColumns).map(([outcome, column]) => [
      outcome,
      db.prepare(`UPDATE syncs SET ${column} = ${column} + ? WHERE id = ?`),
    ]),
  ) as Record<EndOutcome, Statement<[number, number]>>
  const failMedia = db.prepare<[string, string, number]>(
    `UPDATE media SET processing_status = 'failed', failure_code = ?, failure_message = ?,
       updated_at = CURRENT_TIMESTAMP WHERE id = ?`,
  )
  const awaitMedia = db.prepare<[number, ProcessingStatus]>(
    `UPDATE media SET processing_status = 'pending', failure_code = NULL, failure_message = NULL
     WHERE id = ? AND processing_status = ?`,
  )
  const isHeldElsewhere = db.prepare<[number, number], { found: 1 }>(
    'SELECT 1 AS found FROM files WHERE media_id = ? AND id <> ? AND is_read = 1 AND missing_since IS NULL LIMIT 1',
  )
  // An unreadable folder is no file: importing again looks into it again.
  const failedFiles = db.prepare<[number, number | null], { id: number; mediaId: number | null }>(
    `SELECT id, media_id AS mediaId FROM files WHERE sync_id = ? AND outcome = 'failed' AND id = coalesce(?, id)
       AND reason_code <> 'folder-unreadable'`,
  )
  const reopenFile = db.prepare<[number]>(
    `UPDATE files SET outcome = 'pending', reason_code = NULL, reason_message = NULL, is_read = 0 WHERE id = ?`,
  )

  const isShown = db.prepare<[number], { found: 1 }>('SELECT 1 AS found FROM media WHERE id = ? AND facets IS NOT NULL')
  const duplicatesOf = db.prepare<[number], { id: number; syncId: number }>(
    `SELECT id, sync_id AS syncId FROM files WHERE media_id = ? AND outcome = 'duplicate'`,
  )
  const setEnding = db.prepare('UPDATE files SET outcome = ?, reason_code = ?, reason_message = ? WHERE id = ?')
  const removeMedia = db.prepare<[number]>('DELETE FROM media WHERE id = ?')
  const endListing = db.prepare<[number]>('UPDATE syncs SET is_listed = 1 WHERE id = ?')

  function end(file: FileRow, outcome: EndOutcome, code: ReasonCode | null, message?: string): boolean {
    const text = code === null ? null : (message ?? reasons[code])
    if (endFile.run(outcome, code, text, file.id).changes === 0) return false
    counters[outcome].run(1, file.syncId)
    changes.emit('sync', file.syncId)
    return true
  }

  function fail(file: FileRow, code: ReasonCode, message?: string): boolean {
    if (!end(file, 'failed', code, message)) return false
    // A file that could not be read says nothing of the picture it once held, while another file holds it.
    if (file.mediaId === null || (!file.isRead && isHeldElsewhere.get(file.mediaId, file.id))) return true
    failMedia.run(code, message ?? reasons[code], file.mediaId)
    filing.file(file.mediaId)
    changes.emit('media', { id: file.mediaId, isListed: true })
    return true
  }

  /** Back to `pending`, if that is its status. */
  function putBack(mediaId: number, from: ProcessingStatus): void {
    if (awaitMedia.run(mediaId, from).changes === 0) return
    filing.refile(mediaId)
    changes.emit('media', { id: mediaId, isListed: false })
  }

  function reopen(file: { id: number; mediaId: number | null }): void {
    reopenFile.run(file.id)
    if (file.mediaId !== null) putBack(file.mediaId, 'failed')
  }

  function cancel(file: FileRow): void {
    const { mediaId } = file
    if (mediaId !== null && !waiting.removeUnread(mediaId)) putBack(mediaId, 'processing')
    end(file, 'skipped', 'cancelled')
  }

  /** Files that were told to be duplicates of what turned out to be no picture. */
  function dismissDuplicates(mediaId: number): void {
    for (const { id, syncId } of duplicatesOf.all(mediaId)) {
      setEnding.run('skipped', 'not-a-picture', reasons['not-a-picture'], id)
      counters.duplicate.run(-1, syncId)
      counters.skipped.run(1, syncId)
      changes.emit('sync', syncId)
    }
  }

  return {
    /** The picture waits again, if this is its status. */
    putBack,
    /** Within a transaction of the caller: it is waited for again by its sync. */
    takeBack(file: FileRow): void {
      if (file.outcome === 'pending') return
      counters[file.outcome].run(-1, file.syncId)
      reopen(file)
    },
    /** Within a transaction of the caller. `message` is the sentence of the code where nothing more is known. */
    end,
    /** The same, and its picture fails for the same reason. */
    fail,

    /** @returns false when the file had ended before. */
    endFile: db.transaction((fileId: number, outcome: EndOutcome, code: ReasonCode | null = null): boolean => {
      const file = files.get(fileId)
      return file ? end(file, outcome, code) : false
    }),

    /** @returns false when the file had ended before. */
    failFile: db.transaction((fileId: number, code: ReasonCode, message?: string): boolean => {
      const file = files.get(fileId)
      return file ? fail(file, code, message) : false
    }),

    /** It turned out not to be a picture: it ends skipped and leaves nothing behind, unless it was a picture before. */
    dismissFile: db.transaction((fileId: number): void => {
      const file = files.get(fileId)
      if (!file || file.mediaId === null) return
      if (isShown.get(file.mediaId)) {
        fail(file, 'unsupported-format')
      } else if (end(file, 'skipped', 'not-a-picture')) {
        dismissDuplicates(file.mediaId)
        removeMedia.run(file.mediaId)
      }
    }),

    /** Takes failed files up again: all of a sync, or one. @returns their ids. */
    reopenFailed: db.transaction((syncId: number, fileId: number | null): number[] => {
      const failed = failedFiles.all(syncId, fileId)
      for (const file of failed) reopen(file)
      counters.failed.run(-failed.length, syncId)
      return failed.map(file => file.id)
    }),

    /** What has not ended yet ends skipped, and no more is found; a later import of the folder takes it up again. */
    cancelPending: db.transaction((syncId: number): void => {
      endListing.run(syncId)
      for (const id of files.pendingIds(syncId, 0, -1)) cancel(files.get(id) as FileRow)
    }),
  }
}
