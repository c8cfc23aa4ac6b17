import { isContentFault } from './content-faults.ts'
import type { Db } from './database.ts'
import type { createLocations } from './locations.ts'
import { movedFrom, samePicture, withPath } from './reason-sentences.ts'
import type { createSyncs } from './syncs.ts'

/** Another folder in the place of the one that held files, and nothing in it: a disk was mounted there and is not now. */
const foundEmpty =
  'The folder was empty, and it held pictures before. If its disk is not connected, connect it and import again. Its pictures stay as they were.'

interface ClosingRooms {
  db: Db
  syncs: ReturnType<typeof createSyncs>
  locations: ReturnType<typeof createLocations>
}

/** The end of a sync: which of several equal files counts as the imported one, what has gone, what has only moved. */
export function createClosing({ db, syncs, locations }: ClosingRooms) {
  // Two equal files may be read at the same time and either can be first. The ledger says the one listed first was
  // imported, so that an import gives the same ledger however its work was interleaved.
  const crossed = db.prepare<{ syncId: number }, { firstId: number; laterId: number; mediaId: number }>(
    `SELECT f.id AS firstId, g.id AS laterId, g.media_id AS mediaId FROM (
         SELECT min(id) AS id, media_id FROM files WHERE sync_id = @syncId AND outcome = 'duplicate' GROUP BY media_id
       ) f CROSS JOIN files g ON g.media_id = f.media_id AND g.id > f.id
     WHERE g.sync_id = @syncId AND (g.outcome IN ('imported', 'failed') OR g.reason_code = 'moved')`,
  )
  const ending = db.prepare<[number], { path: string; outcome: string; code: string | null; message: string | null }>(
    'SELECT path, outcome, reason_code AS code, reason_message AS message FROM files WHERE id = ?',
  )
  const setEnding = db.prepare('UPDATE files SET outcome = ?, reason_code = ?, reason_message = ? WHERE id = ?')
  // For the same reason the others name the first of the files that are there.
  const nameFirst = db.prepare<{ syncId: number; sentence: string }>(
    `UPDATE files AS f SET reason_message = coalesce(replace(@sentence, '%', (SELECT path FROM files h
       WHERE h.media_id = f.media_id AND h.id <> f.id AND h.is_read = 1 AND h.missing_since IS NULL ORDER BY h.id LIMIT 1
     )), reason_message) WHERE sync_id = @syncId AND outcome = 'duplicate'`,
  )
  const gone = db.prepare<[number, number], { id: number; path: string; mediaId: number | null }>(
    `SELECT id, path, media_id AS mediaId FROM files
     WHERE folder_id = ? AND sync_id < ? AND missing_since IS NULL`,
  )
  const isReplaced = db.prepare<[number], { isReplaced: 0 | 1 }>(
    'SELECT s.root_identity IS NOT d.identity AS isReplaced FROM syncs s JOIN folders d ON d.id = s.folder_id WHERE s.id = ?',
  )
  const noteRoot = db.prepare<[number]>(
    `UPDATE folders SET identity = s.root_identity FROM syncs s WHERE s.id = ? AND s.folder_id = folders.id AND s.found > 0`,
  )
  const dropOldFolders = db.prepare<[number, number]>('DELETE FROM source_folders WHERE folder_id = ? AND sync_id < ?')
  const noteChangesFrom = db.prepare<[number]>(
    'UPDATE folders SET changes_from = s.changes_from FROM syncs s WHERE s.id = ? AND s.folder_id = folders.id',
  )
  const unreadableFolders = db.prepare<[number], { path: string }>(
    `SELECT path FROM files WHERE sync_id = ? AND outcome = 'failed' AND reason_code = 'folder-unreadable'`,
  )
  const markGone = db.prepare<[string, number]>('UPDATE files SET missing_since = ? WHERE id = ?')
  const arrivedCopy = db.prepare<[number, number], { id: number }>(
    `SELECT id FROM files INDEXED BY files_of_media
     WHERE media_id = ? AND sync_id = ? AND outcome = 'duplicate' ORDER BY id LIMIT 1`,
  )
  const countMove = db.prepare<[number]>(
    'UPDATE syncs SET duplicates = duplicates - 1, skipped = skipped + 1 WHERE id = ?',
  )

  function uncross(syncId: number): void {
    for (const { firstId, laterId, mediaId } of crossed.all({ syncId })) {
      const first = ending.get(firstId)
      const later = ending.get(laterId)
      if (!first || !later || (later.outcome === 'failed' && !isContentFault(later.code))) continue
      setEnding.run(later.outcome, later.code, later.message, firstId)
      setEnding.run('duplicate', 'same-content', withPath(samePicture, first.path), laterId)
      locations.settle(mediaId)
    }
  }

  /** A copy that arrived as the old file went is that file, moved. */
  function noteMove(mediaId: number, oldPath: string, syncId: number): void {
    const copy = arrivedCopy.get(mediaId, syncId)
    if (!copy) return
    setEnding.run('skipped', 'moved', withPath(movedFrom, oldPath), copy.id)
    countMove.run(syncId)
  }

  /** The folder held files before. */
  function held(sync: { id: number; folderId: number }): boolean {
    return gone.get(sync.folderId, sync.id) !== undefined
  }

  function sweepMissing(sync: { id: number; folderId: number }): void {
    const unknown = unreadableFolders.all(sync.id).map(row => `${row.path}/`)
    const now = new Date().toISOString()
    for (const { id, path, mediaId } of gone.all(sync.folderId, sync.id)) {
      if (unknown.some(prefix => prefix === './' || path.startsWith(prefix))) continue
      markGone.run(now, id)
      if (mediaId === null) continue
      noteMove(mediaId, path, sync.id)
      locations.settle(mediaId)
    }
  }

  return {
    /** Completes the sync when everything it found has ended. @returns whether it is complete (now or before). */
    closeIfDone: db.transaction((syncId: number): boolean => {
      const sync = syncs.get(syncId)
      if (!sync) return false
      if (sync.state !== 'running') return sync.state === 'completed'
      if (!sync.isListed || sync.pending > 0) return false
      uncross(syncId)
      // Of a listing that was cut short nothing is known to be gone.
      const isWhole = sync.isWhole && sync.page > 0 && sync.pageCursor === null
      const isOfFolder = sync.chosenCount === null
      const isMountPoint = isOfFolder && sync.found === 0 && held(sync) && isReplaced.get(syncId)?.isReplaced === 1
      if (isWhole && !isMountPoint) sweepMissing(sync)
      if (isWhole) dropOldFolders.run(sync.folderId, syncId)
      noteRoot.run(syncId)
      if (isOfFolder) noteChangesFrom.run(syncId)
      nameFirst.run({ syncId, sentence: samePicture })
      syncs.setState(syncId, 'completed', isMountPoint ? foundEmpty : null)
      return true
    }),
  }
}
