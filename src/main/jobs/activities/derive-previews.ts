import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DerivedPicture } from '../../imaging/index.ts'
import { type FileRow, localTime, type MediaRow, type PictureRecord, previewPath } from '../../library/index.ts'
import { FileRefused } from '../../sources/index.ts'
import type { JobRooms } from '../rooms.ts'
import { type Place, placeOf, unfinishedFile } from './places.ts'

/** Decodes the picture once: both previews and every fact measured from it. Done already for these bytes: nothing. */
export async function derivePreviews(rooms: JobRooms, fileId: number): Promise<void> {
  const { library, imaging } = rooms
  const file = unfinishedFile(rooms, fileId)
  const media = file?.mediaId ? library.media.get(file.mediaId) : null
  if (!file || !media?.sha256 || media.previewedSha256 === media.sha256) return
  const place = placeOf(rooms, file.folderId)
  const targets = previewTargets(library.layout.folder, media.sha256)
  await mkdir(dirname(targets.preview), { recursive: true })
  const original = readablePath(rooms, place, file, media)
  // What could not be decoded may have been saved again, or taken away with its disk, while that went on.
  const [decoded] = await Promise.allSettled([imaging.derive(original, targets)])
  await assertUnchanged(place, file)
  if (decoded.status === 'rejected') throw decoded.reason
  const picture = decoded.value
  const replaced = library.media.recordPicture(media.id, recordOf(picture, file, media.sha256))
  for (const path of replaced) await rm(join(library.layout.folder, path), { force: true })
}

function previewTargets(folder: string, sha256: string) {
  return {
    preview: join(folder, previewPath(sha256, 'preview')),
    thumbnail: join(folder, previewPath(sha256, 'thumbnail')),
  }
}

/** @throws {FileRefused} when neither the source nor the store has it on a disk. */
function readablePath({ store }: JobRooms, place: Place, file: FileRow, media: MediaRow): string {
  const path = (media.storeKey && store.localPath(media.storeKey)) ?? place.source.localPath(place.root, file.sourceId)
  if (path === null) throw new FileRefused('unreadable', 'The original is on no disk of this computer.')
  return path
}

/** The facts must be those of the bytes that were hashed: a file saved again in between is read again. */
async function assertUnchanged({ source, root }: Place, file: FileRow): Promise<void> {
  const { stream, sizeBytes, modifiedMs } = await source.open(root, file.sourceId)
  stream.destroy()
  if (sizeBytes === file.sizeBytes && modifiedMs === file.modifiedMs) return
  throw new FileRefused('changing', 'It was saved again while it was being imported. Import the folder again.')
}

function recordOf(picture: DerivedPicture, file: FileRow, sha256: string): PictureRecord {
  const { mimeType, width, height, placeholder, meanColour, fingerprint, previewBytes, thumbnailBytes } = picture
  const { palette, light, frameCount, hasAlpha, embedded } = picture
  const takenOn = embedded.takenAt ?? localTime(file.modifiedMs)
  const metadata = { palette, light, frameCount, hasAlpha, ...embedded }
  const previews = { previewBytes, thumbnailBytes }
  return { sha256, mimeType, width, height, placeholder, meanColour, fingerprint, takenOn, metadata, ...previews }
}
