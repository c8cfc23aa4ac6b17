import type { SyncRow } from '../../library/index.ts'
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
  const { library, imaging } = rooms
  const sync = library.syncs.get(syncId)
  if (sync?.state !== 'running') return { fileIds: [], isLast: true }
  if (sync.page > page) return { fileIds: library.recording.recordPage(syncId, page, nothing), isLast: sync.isListed }
  const { source, root } = placeOf(rooms, sync.folderId)
  if (sync.chosenCount !== null) return listChosenPage(rooms, sync, page)
  const canShowVideos = page === 0 && imaging.canShowVideos()
  if (!sync.isWhole && source.listChanges && sync.pageCursor !== null) {
    const changes = await source.listChanges(root, sync.pageCursor, id => library.folders.below(sync.folderId, id))
    if (!changes.mustListWhole) {
      return {
        fileIds: library.recording.recordPage(syncId, page, { ...changes, canShowVideos }),
        isLast: changes.cursor === null,
      }
    }
    library.syncs.listWhole(syncId)
  }
  const before = sync.isWhole ? sync.pageCursor : null
  const listed = await source.listPage(root, before, pageSize)
  return {
    fileIds: library.recording.recordPage(syncId, page, { ...listed, canShowVideos }),
    isLast: listed.cursor === null,
  }
}

/** Of a folder that files were chosen of, only these are listed. */
async function listChosenPage(rooms: JobRooms, { id, folderId, pageCursor }: SyncRow, page: number) {
  const { recording, chosenFiles } = rooms.library
  const { source, root } = placeOf(rooms, folderId)
  const sourceIds = chosenFiles.page(id, pageCursor, pageSize)
  const files = (await source.listChosen?.(root, sourceIds)) ?? []
  const cursor = sourceIds.length === pageSize ? (sourceIds.at(-1) ?? null) : null
  return { fileIds: recording.recordPage(id, page, { files, cursor }), isLast: cursor === null }
}

const nothing = { files: [], cursor: null }
