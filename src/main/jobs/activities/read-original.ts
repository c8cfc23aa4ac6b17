import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Claim } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'
import { placeOf, unfinishedFile } from './places.ts'

/** Reads the file once, hashing, and files its bytes under their hash. Of a halted sync nothing is read. */
export async function readOriginal(rooms: JobRooms, fileId: number): Promise<Claim> {
  const file = unfinishedFile(rooms, fileId)
  if (!file || rooms.library.syncs.get(file.syncId)?.state !== 'running') return { kind: 'settled' }
  const { source, root } = placeOf(rooms, file.folderId)
  const { stream, sizeBytes, modifiedMs } = await source.open(root, file.sourceId)
  const sha256 = await hashOf(stream)
  return rooms.library.claiming.claim(fileId, { sha256, sizeBytes, modifiedMs })
}

async function hashOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
