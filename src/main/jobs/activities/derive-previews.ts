import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DerivedPicture } from '../../imaging/index.ts'
import {
  type FileRow,
  framePaths,
  localTime,
  type MediaRow,
  type PictureRecord,
  previewPath,
} from '../../library/index.ts'
import { FileRefused } from '../../sources/index.ts'
import { StoreFailed } from '../../storage/index.ts'
import { CloudUnavailable } from '../failures.ts'
import type { InUse } from '../originals/in-use.ts'
import type { JobRooms } from '../rooms.ts'
import { withSidecars } from './beside.ts'
import { type Place, placeOf, unfinishedFile } from './places.ts'

/** Decodes the picture once: both previews and every fact measured from it. Done already for these bytes: nothing. */
export async function derivePreviews(rooms: JobRooms, inUse: InUse, fileId: number): Promise<void> {
  const { library, imaging } = rooms
  const file = unfinishedFile(rooms, fileId)
  const media = file?.mediaId ? library.media.get(file.mediaId) : null
  if (!file || !media?.sha256 || media.previewedSha256 === media.sha256) return
  const place = placeOf(rooms, file.folderId)
  const targets = previewTargets(library.layout.folder, media.sha256)
  await makeFolder(dirname(targets.preview))
  const derive = () => withOriginal(rooms, place, file, media, path => imaging.derive(path, targets))
  const picture = await inUse.whileReading(media.sha256, derive).catch(async cause => {
    // The disk may be gone and not the picture, or it was being saved and is not damaged: then that is the reason.
    await assertUnchanged(place, file)
    throw cause
  })
  await assertUnchanged(place, file).catch(async cause => {
    for (const path of Object.values(targets).flat()) await rm(path, { force: true })
    throw cause
  })
  const embedded = await withSidecars(rooms, place, file, picture.embedded)
  const replaced = library.media.recordPicture(media.id, recordOf({ ...picture, embedded }, file, media.sha256))
  for (const path of replaced) await rm(join(library.layout.folder, path), { force: true })
}

/** Node says ENOENT where making folders on the way meets a read-only disk; making the one alone says what it is. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch(() => mkdir(path))
}

function previewTargets(folder: string, sha256: string) {
  return {
    preview: join(folder, previewPath(sha256, 'preview')),
    thumbnail: join(folder, previewPath(sha256, 'thumbnail')),
    frames: framePaths(sha256).map(path => join(folder, path)),
  }
}

/** Decoders want a path that is text: of an original that has none, a copy lasts as long as the work on it. */
async function withOriginal<T>(
  rooms: JobRooms,
  { source, root }: Place,
  file: FileRow,
  media: MediaRow,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const kept = media.storeKey && rooms.store.localPath(media.storeKey)
  const isInCloud = rooms.library.copies.get(rooms.cloud.place() ?? '', media.sha256 ?? '') !== null
  // It may have left this disk, which is then read no more than the network has to be.
  const path =
    kept && (existsSync(kept) || !isInCloud) ? kept : isInCloud ? null : source.localPath(root, file.sourceId)
  if (path !== null) return work(path)
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-original-'))
  try {
    const copy = join(folder, 'original')
    const isFetched = await fetchFromCloud(rooms, media, copy)
    if (!isFetched) await writeFile(copy, (await source.open(root, file.sourceId)).stream)
    return await work(copy)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns false when it is not there. @throws {CloudUnavailable} */
async function fetchFromCloud(
  { library, cloud }: JobRooms,
  { sha256, storeKey }: MediaRow,
  path: string,
): Promise<boolean> {
  if (storeKey === null || !library.copies.get(cloud.place() ?? '', sha256 ?? '')) return false
  try {
    await writeFile(path, await (await cloud.open()).get(storeKey))
    return true
  } catch (cause) {
    if (!(cause instanceof StoreFailed)) throw cause
    if (cause.code === 'not-found') return false
    throw new CloudUnavailable(cause.message, { cause })
  }
}

/** The facts must be those of the bytes that were hashed: a file saved again in between is read again. */
async function assertUnchanged({ source, root }: Place, file: FileRow): Promise<void> {
  // What was fetched does not change any more.
  if (source.isRemote) return
  const { stream, sizeBytes, modifiedMs } = await source.open(root, file.sourceId)
  stream.destroy()
  if (sizeBytes === file.sizeBytes && modifiedMs === file.modifiedMs) return
  throw new FileRefused('changing', 'It was saved again while it was being imported. Import the folder again.')
}

function recordOf(picture: DerivedPicture, file: FileRow, sha256: string): PictureRecord {
  const { mimeType, width, height, placeholder, meanColour, fingerprint, previewBytes, thumbnailBytes } = picture
  const { palette, light, frameCount, hasAlpha, embedded, video } = picture
  const takenOn = embedded.takenAt ?? localTime(file.modifiedMs)
  const metadata = { palette, light, frameCount, hasAlpha, ...embedded, ...(video && { video }) }
  const previews = { previewBytes, thumbnailBytes }
  return { sha256, mimeType, width, height, placeholder, meanColour, fingerprint, takenOn, metadata, ...previews }
}
