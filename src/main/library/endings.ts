import type { Statement } from 'better-sqlite3'
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
  const awaitMedia = db.prepare<[number]>(
    `UPDATE media SET processing_status = 'pending', failure_code = NULL, failure_message = NULL WHERE id = ?`,
  )
  // An unreadable folder is no file: importing again looks into it again.
  const failedFiles = db.prepare<[number, number | null], { id: number; mediaId: number | null }>(
    `SELECT id, media_id AS mediaId FROM files WHERE sync_id = ? AND outcome = 'failed' AND id = coalesce(?, id)
       AND reason_code <> 'folder-unreadable'`,
  )
  const reopenFile = db.prepare<[number]>(
    `UPDATE files SET outcome = 'pending', reason_code = NULL, reason_message = NULL WHERE id = ?`,
  )

  const removeUnshown = db.prepare<[number]>('DELETE FROM media WHERE id = ? AND facets IS NULL')

  function end(file: FileRow, outcome: EndOutcome, code: ReasonCode | null, message?: string): boolean {
    const text = code === null ? null : (message ?? reasons[code])
    if (endFile.run(outcome, code, text, file.id).changes === 0) return false
    counters[outcome].run(1, file.syncId)
    changes.emit('sync', file.syncId)
    return true
  }

  function fail(file: FileRow, code: ReasonCode, message?: string): boolean {
    if (!end(file, 'failed', code, message)) return false
    if (file.mediaId === null) return true
    failMedia.run(code, message ?? reasons[code], file.mediaId)
    filing.file(file.mediaId)
    changes.emit('media', { id: file.mediaId, isListed: true })
    return true
  }

  function reopen(file: { id: number; mediaId: number | null }): void {
    reopenFile.run(file.id)
    if (file.mediaId === null) return
    awaitMedia.run(file.mediaId)
    filing.refile(file.mediaId)
    changes.emit('media', { id: file.mediaId, isListed: false })
  }

  function cancel(file: FileRow): void {
    const { mediaId } = file
    if (mediaId !== null && !waiting.removeUnread(mediaId)) awaitMedia.run(mediaId)
    end(file, 'skipped', 'cancelled')
  }

  return {
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

    /** It turned out not to be a picture: it ends skipped and leaves nothing behind. */
    dismissFile: db.transaction((fileId: number): void => {
      const file = files.get(fileId)
      if (!file || !end(file, 'skipped', 'not-a-picture')) return
      if (file.mediaId !== null) removeUnshown.run(file.mediaId)
    }),

    /** Takes failed files up again: all of a sync, or one. @returns how many. */
    reopenFailed: db.transaction((syncId: number, fileId: number | null): number => {
      const failed = failedFiles.all(syncId, fileId)
      for (const file of failed) reopen(file)
      counters.failed.run(-failed.length, syncId)
      return failed.length
    }),

    /** What has not ended yet ends skipped; a later import of the folder takes it up again. */
    cancelPending: db.transaction((syncId: number): void => {
      for (const id of files.pendingIds(syncId, 0, -1)) cancel(files.get(id) as FileRow)
    }),
  }
}
