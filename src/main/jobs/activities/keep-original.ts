import { createReadStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { originalKey } from '../../storage/index.ts'
import type { JobRooms } from '../rooms.ts'
import { incomingPath } from './incoming.ts'
import { placeOf, unfinishedFile } from './places.ts'

/** Puts a copy of the original into the library's store, when its folder asks for that. */
export async function keepOriginal(rooms: JobRooms, fileId: number): Promise<void> {
  const { library, store } = rooms
  const file = unfinishedFile(rooms, fileId)
  const media = file?.mediaId ? library.media.get(file.mediaId) : null
  if (!file || !media?.sha256) return
  const { source, root, keepsCopies } = placeOf(rooms, file.folderId)
  if (!keepsCopies) return
  const key = originalKey(media.sha256, extensionOf(media.filename))
  const fetched = source.isRemote ? incomingPath(rooms, fileId) : null
  if (!(await store.head(key))) {
    const stream =
      fetched !== null && existsSync(fetched)
        ? createReadStream(fetched)
        : (await source.open(root, file.sourceId)).stream
    await store.put(key, stream, media.sha256)
  }
  library.media.recordCopy(media.id, key)
  if (fetched !== null) await rm(fetched, { force: true })
}

function extensionOf(filename: string): string {
  const dot = filename.lastIndexOf('.')
  return dot > 0 ? filename.slice(dot + 1).toLowerCase() : ''
}
