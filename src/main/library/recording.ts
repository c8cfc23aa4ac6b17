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
  contentTag?: string
  verdict: { outcome: 'skipped' | 'failed'; code: ReasonCode } | null
  isFolder?: true
  isAbsent?: true
}

/** A page as a source lists it; see `ListedPage` and `ListedChanges` of the sources. */
export interface FoundPage {
  files: FoundFile[]
  folders?: { sourceId: string; parentId: string; name: string }[]
  /** Ids of files that are not in the source any more. */
  gone?: string[]
  /** Null when there is nothing more. */
  cursor: string | null
  changesFrom?: string | null
  /** Videos can be shown here: those that could not be until now are taken up again. */
  canShowVideos?: boolean
}

interface Known {
  id: number
  contentTag: string | null
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
    { id: number; folderId: number; state: SyncState; page: number; pageFiles: string; isOfChanges: 0 | 1 }
  >(
    `SELECT id, folder_id AS folderId, state, page, page_files AS pageFiles,
       NOT is_whole AND chosen_count IS NULL AS isOfChanges FROM syncs WHERE id = ?`,
  )
  const knownBySource = db.prepare<[number, string], Known>(
    `SELECT f.id, f.content_tag AS contentTag, f.outcome, f.reason_code AS code, f.reason_message AS message,
       m.processing_status AS mediaStatus, m.failure_code AS mediaFailure, d.keeps_copies AND m.spaces_key IS NULL AS isCopyDue
     FROM files f JOIN folders d ON d.id = f.folder_id LEFT JOIN media m ON m.id = f.media_id
     WHERE f.folder_id = ? AND f.source_id = ?`,
  )
  const insertFile = db.prepare<unknown[], { id: number }>(
    `INSERT INTO files (folder_id, source_id, path, size, modified_ms, content_tag, sync_id, outcome)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending') RETURNING id`,
  )
  const meetAgain = db.prepare(
    `UPDATE files SET sync_id = ?, path = ?, outcome = 'pending', reason_code = NULL, reason_message = NULL,
       missing_since = NULL WHERE id = ?`,
  )
  const noteChange = db.prepare('UPDATE files SET size = ?, modified_ms = ?, content_tag = ?, is_read = 0 WHERE id = ?')
  const meetOnceMore = db.prepare('UPDATE files SET path = ?, missing_since = NULL WHERE id = ?')
  const noteTouch = db.prepare('UPDATE files SET modified_ms = ? WHERE id = ?')
  const addFound = db.prepare<[number, number]>('UPDATE syncs SET found = found + ? WHERE id = ?')
  const addPage = db.prepare<[string | null, number, string, string | null, number]>(
    `UPDATE syncs SET page = page + 1, page_cursor = ?, is_listed = ?, page_files = ?,
       changes_from = coalesce(?, changes_from) WHERE id = ?`,
  )
  const noteFolder = db.prepare(
    `INSERT INTO source_folders (folder_id, source_id, parent_id, name, sync_id) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (folder_id, source_id) DO UPDATE
     SET parent_id = excluded.parent_id, name = excluded.name, sync_id = excluded.sync_id`,
  )
  const unfinished = db.prepare<[number, number], { id: number; code: string }>(
    `SELECT id, reason_code AS code FROM files WHERE folder_id = ? AND sync_id < ? AND missing_since IS NULL
       AND (outcome = 'failed' OR reason_code = 'cancelled')`,
  )
  const takeOver = db.prepare<[number, number]>(
    `UPDATE files SET sync_id = ?, outcome = 'pending', reason_code = NULL, reason_message = NULL WHERE id = ?`,
  )
  const unseen = db.prepare<[number, number], { id: number; mediaId: number }>(
    `SELECT min(f.id) AS id, f.media_id AS mediaId FROM media m JOIN files f ON f.media_id = m.id
     WHERE m.previewed_sha256 IS NULL AND m.processing_status = 'completed' AND m.metadata ->> '$.video.poster' = 'no-decoder'
       AND f.folder_id = ? AND f.sync_id < ? AND f.missing_since IS NULL AND f.is_read = 1 AND f.outcome <> 'duplicate'
     GROUP BY f.media_id`,
  )
  const presentBySource = db.prepare<[number, string], { id: number; mediaId: number | null }>(
    `SELECT id, media_id AS mediaId FROM files WHERE folder_id = ? AND source_id = ? AND missing_since IS NULL`,
  )
  const markGone = db.prepare<[string, number]>('UPDATE files SET missing_since = ? WHERE id = ?')

  type Sync = { id: number; folderId: number }

  function admit(found: FoundFile, sync: Sync): FileRow {
    const { sourceId, path, sizeBytes, modifiedMs, contentTag = null } = found
    const { id } = insertFile.get(sync.folderId, sourceId, path, sizeBytes, modifiedMs, contentTag, sync.id) as {
      id: number
    }
    return files.get(id) as FileRow
  }

  /**
   * Told of again by the same sync. A page that was recorded may come again; but it, or a folder above it, may also have
   * changed while pages were listed, and no later sync is told of that.
   * @returns its id when it has other bytes now and has to be read anew; what is still being read looks for itself.
   */
  function meetAgainHere(found: FoundFile, before: FileRow, knownTag: string | null): number | null {
    const { sizeBytes, modifiedMs, contentTag = null } = found
    if (before.path !== found.path || before.missingSince !== null) {
      meetOnceMore.run(found.path, before.id)
      if (before.mediaId !== null) locations.settle(before.mediaId, true)
    }
    if (found.verdict || isSame(found, before, knownTag)) return null
    noteChange.run(sizeBytes, modifiedMs, contentTag, before.id)
    if (before.outcome === 'pending') return null
    endings.takeBack(before)
    return before.id
  }

  /** An earlier sync that has not ended with it never will: the file is another one's now. */
  function leaveEarlier({ outcome, syncId }: FileRow): void {
    if (outcome !== 'pending') return
    addFound.run(-1, syncId)
    changes.emit('sync', syncId)
  }

  function meet(found: FoundFile, before: FileRow, knownTag: string | null, sync: Sync): FileRow {
    meetAgain.run(sync.id, found.path, before.id)
    leaveEarlier(before)
    const { sizeBytes, modifiedMs, contentTag = null } = found
    if (!isSame(found, before, knownTag)) noteChange.run(sizeBytes, modifiedMs, contentTag, before.id)
    else if (before.modifiedMs !== modifiedMs) noteTouch.run(modifiedMs, before.id)
    const isPathNew = before.path !== found.path
    if ((before.missingSince !== null || isPathNew) && before.mediaId !== null) {
      locations.settle(before.mediaId, isPathNew)
    }
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

  /** It was chosen and is not there. The ledger says so; what is known of the file and its picture stays. */
  function recordAbsent(found: FoundFile, before: FileRow | null, sync: Sync): null {
    if (before) {
      takeOver.run(sync.id, before.id)
      leaveEarlier(before)
    }
    const { id } = before ?? admit(found, sync)
    addFound.run(1, sync.id)
    endings.end(files.get(id) as FileRow, 'failed', 'vanished')
    return null
  }

  /** @returns the file's id when its bytes have to be read, else null. */
  function record(found: FoundFile, sync: Sync): number | null {
    const known = knownBySource.get(sync.folderId, found.sourceId)
    const before = known ? files.get(known.id) : null
    if (found.isAbsent) return recordAbsent(found, before, sync)
    if (before?.syncId === sync.id) return meetAgainHere(found, before, known?.contentTag ?? null)
    const file = before ? meet(found, before, known?.contentTag ?? null, sync) : admit(found, sync)
    addFound.run(1, sync.id)
    if (endByVerdict(file, found)) return null
    if (known && endAsBefore(file, known)) return null
    if (file.mediaId === null) waiting.add(file)
    return file.id
  }

  /** It is not in the source any more; its picture stays, and is missing unless another file holds it. */
  function noteGone(sourceId: string, sync: Sync): void {
    const file = presentBySource.get(sync.folderId, sourceId)
    if (!file) return
    markGone.run(new Date().toISOString(), file.id)
    if (file.mediaId !== null) locations.settle(file.mediaId)
  }

  /**
   * A list of changes does not name what an earlier sync could not finish: cancelled, or failed for a reason that may have
   * passed. This sync takes it up.
   */
  function takeUpAgain(sync: Sync): number[] {
    return unfinished
      .all(sync.folderId, sync.id)
      .filter(({ code }) => !isContentFault(code))
      .map(({ id }) => {
        takeOver.run(sync.id, id)
        addFound.run(1, sync.id)
        const file = files.get(id) as FileRow
        if (file.mediaId === null) waiting.add(file)
        else endings.putBack(file.mediaId, 'failed')
        return id
      })
  }

  /** Videos that nothing could show when they came in: their files are read again, for their posters. */
  function takeUpUnseen(sync: Sync): number[] {
    return unseen.all(sync.folderId, sync.id).map(({ id, mediaId }) => {
      takeOver.run(sync.id, id)
      addFound.run(1, sync.id)
      endings.putBack(mediaId, 'completed')
      return id
    })
  }

  return {
    /**
     * Records one listed page and where the next begins, in one transaction. A page recorded before is not recorded again,
     * and one of a sync that was halted meanwhile is not recorded at all.
     * @returns ids of its files whose bytes have to be read.
     */
    recordPage: db.transaction((syncId: number, page: number, listed: FoundPage): number[] => {
      const sync = syncById.get(syncId)
      if (!sync) return []
      if (sync.page > page) return JSON.parse(sync.pageFiles)
      if (sync.state !== 'running') return []
      const { files: found, folders = [], gone = [], cursor, changesFrom = null, canShowVideos = false } = listed
      for (const { sourceId, parentId, name } of folders)
        noteFolder.run(sync.folderId, sourceId, parentId, name, syncId)
      // First, or what is gone would be taken up again.
      for (const sourceId of gone) noteGone(sourceId, sync)
      const again = sync.isOfChanges && sync.page === 0 ? takeUpAgain(sync) : []
      const seen = canShowVideos && sync.page === 0 ? takeUpUnseen(sync) : []
      const unread = [...again, ...seen, ...found.map(file => record(file, sync)).filter(id => id !== null)]
      addPage.run(cursor, cursor === null ? 1 : 0, JSON.stringify(unread), changesFrom, syncId)
      changes.emit('sync', syncId)
      return unread
    }),
  }
}

function isSame(found: FoundFile, before: FileRow, knownTag: string | null): boolean {
  const { sizeBytes, modifiedMs, contentTag = null } = found
  const hasTags = contentTag !== null && knownTag !== null
  return before.sizeBytes === sizeBytes && (hasTags ? contentTag === knownTag : before.modifiedMs === modifiedMs)
}
