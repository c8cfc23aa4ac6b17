import type { ReasonCode } from '../../shared/outcomes.ts'
import type { SyncState } from '../../shared/syncs.ts'
import type { ChangeFeed } from './changes.ts'
import { isContentFault } from './content-faults.ts'
import type { Db } from './database.ts'
import type { createEndings } from './endings.ts'
import type { createFiles, FileRow } from './files.ts'
import type { createLocations } from './locations.ts'
import type { createWaitingMedia } from './waiting-media.ts'

/** A file as a source lists it; see `ListedFile` of the sources. */
export interface FoundFile {
  sourceId: string
  path: string
  sizeBytes: number
  modifiedMs: number
  verdict: { outcome: 'skipped' | 'failed'; code: ReasonCode } | null
  isFolder?: true
}

interface Known {
  id: number
  outcome: string
  code: ReasonCode | null
  message: string | null
  mediaStatus: string | null
  mediaFailure: string | null
  isCopyDue: number
}

interface RecordingRooms {
  db: Db
  files: ReturnType<typeof createFiles>
  waiting: ReturnType<typeof createWaitingMedia>
  endings: ReturnType<typeof createEndings>
  locations: ReturnType<typeof createLocations>
  changes: ChangeFeed
}

/** Writes down what a sync finds, before anything is read. */
export function createRecording({ db, files, waiting, endings, locations, changes }: RecordingRooms) {
  const syncById = db.prepare<
    [number],
    { id: number; folderId: number; state: SyncState; page: number; pageFiles: string }
  >('SELECT id, folder_id AS folderId, state, page, page_files AS pageFiles FROM syncs WHERE id = ?')
  const knownBySource = db.prepare<[number, string], Known>(
    `SELECT f.id, f.outcome, f.reason_code AS code, f.reason_message AS message, m.processing_status AS mediaStatus,
       m.failure_code AS mediaFailure, d.keeps_copies AND m.spaces_key IS NULL AS isCopyDue
     FROM files f JOIN folders d ON d.id = f.folder_id LEFT JOIN media m ON m.id = f.media_id
     WHERE f.folder_id = ? AND f.source_id = ?`,
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
  const addFound = db.prepare<[number, number]>('UPDATE syncs SET found = found + ? WHERE id = ?')
  const addPage = db.prepare<[string | null, number, string, number]>(
    'UPDATE syncs SET page = page + 1, page_cursor = ?, is_listed = ?, page_files = ? WHERE id = ?',
  )

  type Sync = { id: number; folderId: number }

  function admit(found: FoundFile, sync: Sync): FileRow {
    const { sourceId, path, sizeBytes, modifiedMs } = found
    const { id } = insertFile.get(sync.folderId, sourceId, path, sizeBytes, modifiedMs, sync.id) as { id: number }
    return files.get(id) as FileRow
  }

  function meet(found: FoundFile, before: FileRow, sync: Sync): FileRow {
    meetAgain.run(sync.id, found.path, before.id)
    // An earlier sync that has not ended with it never will: the file is this one's now.
    if (before.outcome === 'pending') {
      addFound.run(-1, before.syncId)
      changes.emit('sync', before.syncId)
    }
    const isSame = before.sizeBytes === found.sizeBytes && before.modifiedMs === found.modifiedMs
    if (!isSame) noteChange.run(found.sizeBytes, found.modifiedMs, before.id)
    const wasElsewhere = before.missingSince !== null || before.path !== found.path
    if (wasElsewhere && before.mediaId !== null) locations.settle(before.mediaId)
    return files.get(before.id) as FileRow
  }

  /** Its bytes were read before and it has not changed since: it ends as it did then. @returns whether it ended. */
  function endAsBefore(file: FileRow, known: Known): boolean {
    if (!file.isRead) return false
    const { outcome, code, message, mediaStatus, mediaFailure, isCopyDue } = known
    if (outcome === 'failed' && isContentFault(code)) return endings.end(file, 'failed', code, message ?? '')
    if (outcome === 'duplicate' && mediaStatus === 'failed' && isContentFault(mediaFailure)) {
      return endings.end(file, 'duplicate', code, message ?? '')
    }
    if (code === 'not-a-picture') return endings.end(file, 'skipped', 'not-a-picture')
    if (mediaStatus === 'completed' && !isCopyDue) return endings.end(file, 'skipped', 'unchanged')
    return false
  }

  function endByVerdict(file: FileRow, found: FoundFile): boolean {
    if (!found.verdict) return false
    const { outcome, code } = found.verdict
    if (outcome === 'skipped' || found.isFolder) return endings.end(file, outcome, code)
    if (file.mediaId === null) waiting.add(file)
    return endings.fail(files.get(file.id) as FileRow, code)
  }

  /** @returns the file's id when its bytes have to be read, else null. */
  function record(found: FoundFile, sync: Sync): number | null {
    const known = knownBySource.get(sync.folderId, found.sourceId)
    const before = known ? files.get(known.id) : null
    if (before?.syncId === sync.id) return null
    const file = before ? meet(found, before, sync) : admit(found, sync)
    addFound.run(1, sync.id)
    if (endByVerdict(file, found)) return null
    if (known && endAsBefore(file, known)) return null
    if (file.mediaId === null) waiting.add(file)
    return file.id
  }

  return {
    /**
     * Records one listed page and where the next begins, in one transaction. A page recorded before is not recorded again,
     * and one of a sync that was halted meanwhile is not recorded at all.
     * @returns ids of its files whose bytes have to be read.
     */
    recordPage: db.transaction(
      (syncId: number, page: number, listed: { files: FoundFile[]; cursor: string | null }): number[] => {
        const sync = syncById.get(syncId)
        if (!sync) return []
        if (sync.page > page) return JSON.parse(sync.pageFiles)
        if (sync.state !== 'running') return []
        const unread = listed.files.map(found => record(found, sync)).filter(id => id !== null)
        addPage.run(listed.cursor, listed.cursor === null ? 1 : 0, JSON.stringify(unread), syncId)
        changes.emit('sync', syncId)
        return unread
      },
    ),
  }
}
