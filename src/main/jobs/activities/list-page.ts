import type { JobRooms } from '../rooms.ts'
import { placeOf } from './places.ts'

/** Files of one page. Small enough that recording them does not keep the window waiting. */
const pageSize = 1000

/**
 * Lists page `page` of a sync and records it. Called again for a recorded page, it answers what it answered then; of a
 * halted sync nothing is listed.
 */
export async function listPage(
  rooms: JobRooms,
  syncId: number,
  page: number,
): Promise<{ fileIds: number[]; isLast: boolean }> {
  const { library } = rooms
  const sync = library.syncs.get(syncId)
  if (sync?.state !== 'running') return { fileIds: [], isLast: true }
  if (sync.page > page) return { fileIds: library.recording.recordPage(syncId, page, nothing), isLast: sync.isListed }
  const { source, root } = placeOf(rooms, sync.folderId)
  const listed = await source.listPage(root, sync.pageCursor, pageSize)
  return { fileIds: library.recording.recordPage(syncId, page, listed), isLast: listed.cursor === null }
}

const nothing = { files: [], cursor: null }
