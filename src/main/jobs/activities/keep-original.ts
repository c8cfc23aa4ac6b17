import { createReadStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { diskPlace } from '../../library/index.ts'
import { originalKey } from '../../storage/index.ts'
import type { Sending } from '../originals/sending.ts'
import type { JobRooms } from '../rooms.ts'
import { incomingPath } from './incoming.ts'
import { placeOf, unfinishedFile } from './places.ts'

/**
 * Puts a copy of the original into the library's store, when its folder asks for that. Always on the disk first: a store in
 * the cloud gets it from there, and nothing waits for it.
 */
export async function keepOriginal(rooms: JobRooms, sending: Sending, fileId: number): Promise<void> {
  const { library, store, cloud } = rooms
  const file = unfinishedFile(rooms, fileId)
  const media = file?.mediaId ? library.media.get(file.mediaId) : null
  if (!file || !media?.sha256) return
  const { source, root, keepsCopies } = placeOf(rooms, file.folderId)
  if (!keepsCopies) return
  const { sha256 } = media
  const inCloud = library.copies.get(cloud.place() ?? '', sha256)
  const known = library.copies.get(diskPlace, sha256) ?? inCloud
  const key = known?.key ?? originalKey(sha256, extensionOf(media.filename))
  const fetched = source.isRemote ? incomingPath(rooms, fileId) : null
  let onDisk = await store.head(key)
  // What left this disk because the cloud has it is not fetched from its source again.
  if (!onDisk && !inCloud) {
    const stream =
      fetched !== null && existsSync(fetched)
        ? createReadStream(fetched)
        : (await source.open(root, file.sourceId)).stream
    onDisk = await store.put(key, stream, sha256)
  }
  library.media.recordCopy(media.id, key, inCloud && cloud.urlOf(key))
  if (onDisk) library.copies.note(diskPlace, { sha256, key, sizeBytes: onDisk.sizeBytes })
  if (fetched !== null) await rm(fetched, { force: true })
  await sending.wake()
}

function extensionOf(filename: string): string {
  const dot = filename.lastIndexOf('.')
  return dot > 0 ? filename.slice(dot + 1).toLowerCase() : ''
}
