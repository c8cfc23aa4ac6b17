import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Claim, FileRow, ReadContent } from '../../library/index.ts'
import { FileRefused, type OpenedFile } from '../../sources/index.ts'
import type { JobRooms } from '../rooms.ts'
import { incomingPath } from './incoming.ts'
import { placeOf, unfinishedFile } from './places.ts'

/**
 * Reads the file once, hashing, and files its bytes under their hash. What is far away is fetched with that. Of a halted
 * sync nothing is read.
 */
export async function readOriginal(rooms: JobRooms, fileId: number): Promise<Claim> {
  const { library } = rooms
  const file = unfinishedFile(rooms, fileId)
  if (!file || library.syncs.get(file.syncId)?.state !== 'running') return { kind: 'settled' }
  const { source, root } = placeOf(rooms, file.folderId)
  const open = () => source.open(root, file.sourceId)
  if (!source.isRemote) return library.claiming.claim(fileId, await readThrough(await open()))
  const path = incomingPath(rooms, fileId)
  await mkdir(library.layout.incoming, { recursive: true })
  const content = fetchedBefore(rooms, file, path) ?? (await fetchAsListed(rooms, file, path, open))
  const claim = library.claiming.claim(fileId, content)
  if (claim.kind === 'settled') await rm(path, { force: true })
  return claim
}

/** What was fetched before its sync was halted is there still: in the store, or where it arrived. */
function fetchedBefore({ library }: JobRooms, file: FileRow, path: string): ReadContent | null {
  const media = file.isRead && file.mediaId !== null ? library.media.get(file.mediaId) : null
  if (!media?.sha256 || (media.storeKey === null && !existsSync(path))) return null
  return { sha256: media.sha256, sizeBytes: file.sizeBytes, modifiedMs: file.modifiedMs }
}

/** Anew when the listing has told of other bytes meanwhile, and it is not those that arrived. */
async function fetchAsListed({ library }: JobRooms, file: FileRow, path: string, open: () => Promise<OpenedFile>) {
  for (let listedMs = file.modifiedMs; ; ) {
    const content = await fetchTo(path, open)
    const nowMs = library.files.get(file.id)?.modifiedMs ?? listedMs
    if (nowMs === listedMs || nowMs === content.modifiedMs) return content
    listedMs = nowMs
  }
}

async function readThrough({ stream, sizeBytes, modifiedMs }: OpenedFile) {
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return { sha256: hash.digest('hex'), sizeBytes, modifiedMs }
}

/** Fetches of a file that changes on its way, or arrives damaged, until that is believed. */
const fetchesMax = 3

/** Written in pieces of this size: Node's 64 KB, each waiting for the one before, take a fifth longer. */
const bufferBytes = 1024 * 1024

/**
 * Fetches a file to `path`, hashing.
 * @throws what the source throws; `changing` and `corrupt-download` when they stay.
 */
export async function fetchTo(path: string, open: () => Promise<OpenedFile>) {
  for (let fetches = 1; ; fetches++) {
    try {
      return await fetchOnce(path, await open())
    } catch (cause) {
      const mayPass = cause instanceof FileRefused && ['changing', 'corrupt-download'].includes(cause.code)
      if (!mayPass || fetches === fetchesMax) throw cause
    }
  }
}

/** A fetch that was cut off begins anew; within one the source goes on after a lost connection. */
async function fetchOnce(
  path: string,
  { stream, sizeBytes, modifiedMs, contentTag }: OpenedFile,
): Promise<ReadContent> {
  const hash = createHash('sha256')
  const hashing = new Transform({
    highWaterMark: bufferBytes,
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(stream, hashing, createWriteStream(path, { highWaterMark: bufferBytes }))
  return { sha256: hash.digest('hex'), sizeBytes, modifiedMs, ...(contentTag !== undefined && { contentTag }) }
}
