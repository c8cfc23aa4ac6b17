import type { Claim } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'

/**
 * The work on the file is done, and the ledger says so: a new picture is shown and found from now on.
 * @returns whether the sync has nothing left to read; `isChanged` when its listing has told of other bytes meanwhile.
 */
export function finishFile(
  { library }: Pick<JobRooms, 'library'>,
  syncId: number,
  fileId: number,
  done: Claim['kind'],
): { isDrained: boolean; isChanged: boolean } {
  const file = library.files.get(fileId)
  // What was settled, or belongs to a sync that halted, was not read.
  if (done !== 'settled' && file?.outcome === 'pending' && file.mediaId !== null) {
    if (!file.isRead) return { isDrained: false, isChanged: true }
    if (done === 'derive') library.finish(fileId, file.mediaId)
    else library.endings.endFile(fileId, 'skipped', 'unchanged')
  }
  return { isDrained: isDrained({ library }, syncId), isChanged: false }
}

/**
 * All retries of the run are used up. What no activity settled ends failed; when its sync was halted it stays pending.
 * @param why null when an activity settled it.
 */
export function giveUp({ library }: JobRooms, fileId: number, why: string | null): { isDrained: boolean } {
  const file = library.files.get(fileId)
  const sync = file && library.syncs.get(file.syncId)
  if (!file || sync?.state !== 'running') return { isDrained: false }
  if (why !== null) {
    library.endings.failFile(
      fileId,
      'internal',
      `Something went wrong inside Burg Ink (${why}). Retry; if it happens again, please report it.`,
    )
  }
  return { isDrained: isDrained({ library }, file.syncId) }
}

export function isDrained({ library }: Pick<JobRooms, 'library'>, syncId: number): boolean {
  const sync = library.syncs.get(syncId)
  return sync?.state === 'running' && sync.isListed && sync.pending === 0
}
