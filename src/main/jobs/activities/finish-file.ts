import type { JobRooms } from '../rooms.ts'

/** The picture is done: shown, found, and imported in the ledger. @returns whether its sync has nothing left to read. */
export function finishFile({ library }: JobRooms, fileId: number): { isDrained: boolean } {
  const file = library.files.get(fileId)
  if (!file) return { isDrained: false }
  if (file.outcome === 'pending' && file.mediaId !== null) library.finish(fileId, file.mediaId)
  return { isDrained: isDrained({ library }, file.syncId) }
}

/** All retries of the run are used up. What no activity settled ends failed; when its sync was halted it stays pending. */
export function giveUp({ library }: JobRooms, fileId: number, message: string): { isDrained: boolean } {
  const file = library.files.get(fileId)
  const sync = file && library.syncs.get(file.syncId)
  if (!file || sync?.state !== 'running') return { isDrained: false }
  library.endings.failFile(
    fileId,
    'internal',
    `Something went wrong inside Burg Ink (${message}). Retry; if it happens again, please report it.`,
  )
  return { isDrained: isDrained({ library }, file.syncId) }
}

export function isDrained({ library }: Pick<JobRooms, 'library'>, syncId: number): boolean {
  const sync = library.syncs.get(syncId)
  return sync?.state === 'running' && sync.isListed && sync.pending === 0
}
