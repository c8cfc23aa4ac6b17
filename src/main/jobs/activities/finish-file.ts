import type { Claim } from '../../library/index.ts'
import type { Automatic } from '../describing/automatic.ts'
import type { JobRooms } from '../rooms.ts'

export interface Finished {
  /** The sync has nothing left to read. */
  isDrained: boolean
  /** Its listing has told of other bytes meanwhile. */
  isChanged: boolean
  /** A run that has to be set going: it describes new pictures. */
  begunRun: number | null
}

/** The work on the file is done, and the ledger says so: a new picture is shown and found from now on. */
export function finishFile(
  { library, automatic }: Pick<JobRooms, 'library'> & { automatic: Automatic },
  syncId: number,
  fileId: number,
  done: Claim['kind'],
): Finished {
  const file = library.files.get(fileId)
  let begunRun: number | null = null
  // What was settled, or belongs to a sync that halted, was not read.
  if (done !== 'settled' && file?.outcome === 'pending' && file.mediaId !== null) {
    if (!file.isRead) return { isDrained: false, isChanged: true, begunRun }
    if (done === 'derive') {
      const run = automatic.openRun()
      library.finish(fileId, file.mediaId, run?.runId ?? null)
      if (run?.isNew) begunRun = run.runId
    } else library.endings.endFile(fileId, 'skipped', 'unchanged')
  }
  return { isDrained: isDrained({ library }, syncId), isChanged: false, begunRun }
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
