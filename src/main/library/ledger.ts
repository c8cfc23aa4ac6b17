import { type Outcome, type ReasonCode, reasons } from '../../shared/outcomes.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import type { createFiles, FileRow } from './files.ts'
import { filenameOf } from './files.ts'
import type { createFiling } from './filing.ts'
import type { createLocations } from './locations.ts'

/** A file as a source lists it; see `ListedFile` of the sources. */
export interface FoundFile {
  sourceId: string
  path: string
  sizeBytes: number
  modifiedMs: number
  verdict: { outcome: 'skipped' | 'failed'; code: ReasonCode } | null
  isFolder?: true
}

/** What has to be done with a file whose bytes were read. */
export type Claim =
  /** The bytes are this picture's alone: make its previews and facts. */
  | { kind: 'derive'; mediaId: number }
  /** The library has these bytes already; the file is settled. */
  | { kind: 'known' }
  /** The file had ended before. */
  | { kind: 'settled' }

const countColumn = { imported: 'imported', duplicate: 'duplicates', skipped: 'skipped', failed: 'failed' } as const
export type EndOutcome = keyof typeof countColumn

interface LedgerRooms {
  db: Db
  files: ReturnType<typeof createFiles>
  filing: ReturnType<typeof createFiling>
  locations: ReturnType<typeof createLocations>
  changes: ChangeFeed
}

/** Writes what a sync finds and how each file ends. Every method is one transaction and can be called again. */
export function createLedger({ db, files, filing, locations, changes }: LedgerRooms) {
  const syncById = db.prepare<
    [number],
    { id: number; userId: number; folderId: number; page: number; pageFiles: string }
  >('SELECT id, user_id AS userId, folder_id AS folderId, page, page_files AS pageFiles FROM syncs WHERE id = ?')
  const fileBySource = db.prepare<[number, string], { id: number }>(
    'SELECT id FROM files WHERE folder_id = ? AND source_id = ?',
  )
  const insertFile = db.prepare<unknown[], { id: number }>(
    `INSERT INTO files (folder_id, source_id, path, size, modified_ms, sync_id, outcome) VALUES (?, ?, ?, ?, ?, ?, 'pending')
     RETURNING id`,
  )
  const meetAgain = db.prepare(
    `UPDATE files SET sync_id = ?, path = ?, outcome = 'pending', reason_code = NULL, reason_message = NULL,
       missing_since = NULL WHERE id = ?`,
  )
  const noteChange = db.prepare('UPDATE files SET size = ?, modified_ms = ?, is_read = 0 WHERE id = ?')
  const noteRead = db.prepare('UPDATE files SET size = ?, modified_ms = ?, is_read = 1, media_id = ? WHERE id = ?')
  const setMedia = db.prepare<[number | null, number]>('UPDATE files SET media_id = ? WHERE id = ?')
  const addFound = db.prepare<[number, number]>('UPDATE syncs SET found = found + ? WHERE id = ?')
  const addPage = db.prepare<[string | null, number, string, number]>(
    'UPDATE syncs SET page = page + 1, page_cursor = ?, is_listed = ?, page_files = ? WHERE id = ?',
  )
  const endFile = db.prepare<[Outcome, string | null, string | null, number]>(
    `UPDATE files SET outcome = ?, reason_code = ?, reason_message = ? WHERE id = ? AND outcome = 'pending'`,
  )
  const addEnd = Object.fromEntries(
    Object.entries(countColumn).map(([outcome, column]) => [
      outcome,
      db.prepare<[number, number]>(`UPDATE syncs SET ${column} = ${column} + ? WHERE id = ?`),
    ]),
  ) as unknown as Record<EndOutcome, import('better-sqlite3').Statement<[number, number]>>
  const insertMedia = db.prepare<unknown[], { id: number }>(
    `INSERT INTO media (user_id, folder_id, source, source_id, filename, mime_type, size, taken_on)
     SELECT ?, d.id, d.source, ?, ?, 'application/octet-stream', ?, ? FROM folders d WHERE d.id = ? RETURNING id`,
  )
  const mediaBySha = db.prepare<[string], { id: number; status: string; missingSince: string | null }>(
    'SELECT id, processing_status AS status, missing_since AS missingSince FROM media WHERE sha256 = ?',
  )
  const mediaById = db.prepare<[number], { id: number; sha256: string | null; status: string; facets: string | null }>(
    'SELECT id, sha256, processing_status AS status, facets FROM media WHERE id = ?',
  )
  const otherHolder = db.prepare<[number, number], { path: string }>(
    'SELECT path FROM files WHERE media_id = ? AND id <> ? AND is_read = 1 AND missing_since IS NULL ORDER BY id LIMIT 1',
  )
  const takeContent = db.prepare(
    `UPDATE media SET sha256 = ?, size = ?, processing_status = 'processing', updated_at = CURRENT_TIMESTAMP WHERE id = ?`,
  )
  const deleteMedia = db.prepare<[number]>('DELETE FROM media WHERE id = ?')
  const failMedia = db.prepare(
    `UPDATE media SET processing_status = 'failed', failure_code = ?, failure_message = ?,
       updated_at = CURRENT_TIMESTAMP WHERE id = ?`,
  )
  const awaitMedia = db.prepare<[number]>(`UPDATE media SET processing_status = 'pending' WHERE id = ?`)
  const endedFailed = db.prepare<[number], { code: ReasonCode; message: string }>(
    `SELECT reason_code AS code, reason_message AS message FROM files WHERE id = ? AND outcome = 'failed'`,
  )
  const failedFiles = db.prepare<[number, number | null], { id: number; mediaId: number | null }>(
    `SELECT id, media_id AS mediaId FROM files WHERE sync_id = ?1 AND outcome = 'failed' AND id = coalesce(?2, id)
       AND reason_code <> 'folder-unreadable'`,
  )
  const reopenFile = db.prepare<[number]>(
    `UPDATE files SET outcome = 'pending', reason_code = NULL, reason_message = NULL WHERE id = ?`,
  )
  const pendingFiles = db.prepare<[number], { id: number }>(
    `SELECT id FROM files WHERE sync_id = ? AND outcome = 'pending'`,
  )

  /** @param message the sentence of the code where nothing more is known. */
  function end(file: FileRow, outcome: EndOutcome, code: ReasonCode | null, message?: string): boolean {
    const text = code === null ? null : (message ?? reasons[code])
    if (endFile.run(outcome, code, text, file.id).changes === 0) return false
    addEnd[outcome].run(1, file.syncId)
    changes.emit('sync', file.syncId)
    return true
  }

  function awaitContent(file: FileRow, userId: number): void {
    if (file.mediaId !== null) return
    const { sourceId, path, sizeBytes, modifiedMs, folderId, id } = file
    const takenOn = localTime(modifiedMs)
    const row = insertMedia.get(userId, sourceId, filenameOf(path), sizeBytes, takenOn, folderId) as { id: number }
    setMedia.run(row.id, id)
  }

  /** Nothing was ever read for this picture: its row goes with the file that asked for it. */
  function dropIfUnread(mediaId: number | null): boolean {
    if (mediaId === null) return false
    const media = mediaById.get(mediaId)
    if (!media || media.sha256 !== null) return false
    filing.unfile(mediaId)
    deleteMedia.run(mediaId)
    return true
  }

  function failFile(file: FileRow, code: ReasonCode, message?: string): boolean {
    if (!end(file, 'failed', code, message)) return false
    if (file.mediaId === null) return true
    failMedia.run(code, message ?? reasons[code], file.mediaId)
    filing.file(file.mediaId)
    changes.emit('media', { id: file.mediaId, isListed: true })
    return true
  }

  /** @returns whether its bytes have to be read. */
  function meet(found: FoundFile, sync: { id: number; userId: number; folderId: number }): number | null {
    const known = fileBySource.get(sync.folderId, found.sourceId)
    if (!known) return admit(found, sync)
    const before = files.get(known.id) as FileRow
    if (before.syncId === sync.id) return null
    const failure = endedFailed.get(known.id)
    meetAgain.run(sync.id, found.path, known.id)
    addFound.run(1, sync.id)
    const isUnchanged = before.sizeBytes === found.sizeBytes && before.modifiedMs === found.modifiedMs
    if (!isUnchanged) noteChange.run(found.sizeBytes, found.modifiedMs, known.id)
    const file = files.get(known.id) as FileRow
    const hasMoved = before.missingSince !== null || before.path !== found.path
    if (hasMoved && file.mediaId !== null) locations.settle(file.mediaId)
    if (found.verdict) return endByVerdict(file, found, sync.userId)
    if (isUnchanged && before.isRead) {
      if (failure) end(file, 'failed', failure.code, failure.message)
      else end(file, 'skipped', 'unchanged')
      return null
    }
    awaitContent(file, sync.userId)
    return file.id
  }

  function admit(found: FoundFile, sync: { id: number; userId: number; folderId: number }): number | null {
    const { sourceId, path, sizeBytes, modifiedMs } = found
    const row = insertFile.get(sync.folderId, sourceId, path, sizeBytes, modifiedMs, sync.id) as { id: number }
    addFound.run(1, sync.id)
    const file = files.get(row.id) as FileRow
    if (found.verdict) return endByVerdict(file, found, sync.userId)
    awaitContent(file, sync.userId)
    return row.id
  }

  function endByVerdict(file: FileRow, found: FoundFile, userId: number): null {
    const { outcome, code } = found.verdict as NonNullable<FoundFile['verdict']>
    if (outcome === 'skipped' || found.isFolder) {
      end(file, outcome, code)
      return null
    }
    awaitContent(file, userId)
    failFile(files.get(file.id) as FileRow, code)
    return null
  }

  return {
    /**
     * Records one listed page and where the next begins. A page that was recorded before is not recorded again.
     * @returns ids of its files whose bytes have to be read.
     */
    recordPage: db.transaction(
      (syncId: number, page: number, listed: { files: FoundFile[]; cursor: string | null }): number[] => {
        const sync = syncById.get(syncId)
        if (!sync) return []
        if (sync.page > page) return JSON.parse(sync.pageFiles)
        const unread = listed.files.map(found => meet(found, sync)).filter(id => id !== null)
        addPage.run(listed.cursor, listed.cursor === null ? 1 : 0, JSON.stringify(unread), syncId)
        changes.emit('sync', syncId)
        return unread
      },
    ),

    /** Files the bytes under their hash: the same bytes are one picture, whatever their file is called. */
    claim: db.transaction(
      (fileId: number, content: { sha256: string; sizeBytes: number; modifiedMs: number }): Claim => {
        const file = files.get(fileId)
        if (file?.outcome !== 'pending') return { kind: 'settled' }
        const { sha256, sizeBytes, modifiedMs } = content
        const same = mediaBySha.get(sha256)
        if (same && same.id === file.mediaId) {
          noteRead.run(sizeBytes, modifiedMs, same.id, fileId)
          if (same.status !== 'completed') return { kind: 'derive', mediaId: same.id }
          end(file, 'skipped', 'unchanged')
          return { kind: 'known' }
        }
        if (same) {
          noteRead.run(sizeBytes, modifiedMs, same.id, fileId)
          if (same.missingSince !== null) end(file, 'skipped', 'moved')
          else end(file, 'duplicate', 'same-content', sameContentMessage(same.id, fileId))
          if (!dropIfUnread(file.mediaId) && file.mediaId !== null) locations.settle(file.mediaId)
          locations.settle(same.id)
          return { kind: 'known' }
        }
        const mediaId = mediaForNewBytes(file)
        takeContent.run(sha256, sizeBytes, mediaId)
        noteRead.run(sizeBytes, modifiedMs, mediaId, fileId)
        return { kind: 'derive', mediaId }
      },
    ),

    /** @returns false when it had ended before. */
    end: db.transaction((fileId: number, outcome: EndOutcome, code: ReasonCode | null = null): boolean => {
      const file = files.get(fileId)
      if (!file) return false
      if (outcome === 'skipped') dropIfUnread(file.mediaId)
      return end(file, outcome, code)
    }),

    /** The file and its picture end failed, for the same reason. */
    fail: db.transaction((fileId: number, code: ReasonCode, message?: string): boolean => {
      const file = files.get(fileId)
      return file ? failFile(file, code, message) : false
    }),

    /** Takes failed files up again. @returns how many. */
    reopenFailed: db.transaction((syncId: number, fileId: number | null): number => {
      const failed = failedFiles.all(syncId, fileId)
      for (const { id, mediaId } of failed) {
        reopenFile.run(id)
        if (mediaId === null) continue
        awaitMedia.run(mediaId)
        filing.file(mediaId)
        changes.emit('media', { id: mediaId, isListed: false })
      }
      addEnd.failed.run(-failed.length, syncId)
      return failed.length
    }),

    /** What has not ended yet ends skipped; a later import of the folder takes it up again. */
    cancelPending: db.transaction((syncId: number): void => {
      for (const { id } of pendingFiles.all(syncId)) {
        const file = files.get(id) as FileRow
        dropIfUnread(file.mediaId)
        end(file, 'skipped', 'cancelled')
      }
    }),
  }

  function sameContentMessage(mediaId: number, fileId: number): string {
    const holder = otherHolder.get(mediaId, fileId)
    return holder ? `The same picture as ${holder.path}.` : reasons['same-content']
  }

  /** A changed file keeps its picture, unless other files still hold the old bytes: then those keep it. */
  function mediaForNewBytes(file: FileRow): number {
    const media = file.mediaId === null ? null : mediaById.get(file.mediaId)
    const isShared = media?.sha256 != null && otherHolder.get(media.id, file.id) !== undefined
    if (media && !isShared) return media.id
    const userId = (syncById.get(file.syncId) as { userId: number }).userId
    awaitContent({ ...file, mediaId: null }, userId)
    if (media) locations.settle(media.id)
    return (files.get(file.id) as FileRow).mediaId as number
  }
}

/** `YYYY-MM-DDTHH:MM:SS` in this computer's time zone, as a camera would write it. */
export function localTime(ms: number): string {
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000
  return new Date(ms - offsetMs).toISOString().slice(0, 19)
}
