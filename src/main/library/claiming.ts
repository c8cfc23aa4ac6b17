import { type Outcome, reasons } from '../../shared/outcomes.ts'
import { isContentFault } from './content-faults.ts'
import type { Db } from './database.ts'
import type { createEndings } from './endings.ts'
import type { createFiles, FileRow } from './files.ts'
import type { createFiling } from './filing.ts'
import type { createLocations } from './locations.ts'
import { movedFrom, samePicture, withPath } from './reason-sentences.ts'
import type { createWaitingMedia } from './waiting-media.ts'

/** What has to be done with a file whose bytes were read. */
export type Claim =
  /** The bytes are this picture's: make its previews and facts. */
  | { kind: 'derive'; mediaId: number }
  /** The picture is complete, but its folder keeps copies and there is none of it yet. */
  | { kind: 'keep'; mediaId: number }
  /** Nothing: the library has these bytes already, or the file had ended before. */
  | { kind: 'settled' }

export interface ReadContent {
  /** Hex. */
  sha256: string
  sizeBytes: number
  modifiedMs: number
  /** The source's own checksum of these bytes, which may be later ones than those that were listed. */
  contentTag?: string
}

interface ClaimingRooms {
  db: Db
  files: ReturnType<typeof createFiles>
  waiting: ReturnType<typeof createWaitingMedia>
  endings: ReturnType<typeof createEndings>
  filing: ReturnType<typeof createFiling>
  locations: ReturnType<typeof createLocations>
}

/** Identity is content: the same bytes are one picture, whatever their files are called and wherever they lie. */
export function createClaiming({ db, files, waiting, endings, filing, locations }: ClaimingRooms) {
  interface Media {
    id: number
    status: string
    failureCode: string | null
    sha256: string | null
    storeKey: string | null
    missingSince: string | null
  }
  const mediaColumns = `id, processing_status AS status, failure_code AS failureCode, sha256, spaces_key AS storeKey,
    missing_since AS missingSince`
  const mediaBySha = db.prepare<[string], Media>(`SELECT ${mediaColumns} FROM media WHERE sha256 = ?`)
  const mediaById = db.prepare<[number], Media>(`SELECT ${mediaColumns} FROM media WHERE id = ?`)
  const noteRead = db.prepare(
    `UPDATE files SET size = ?, modified_ms = ?, content_tag = coalesce(?, content_tag), is_read = 1, media_id = ?
     WHERE id = ?`,
  )
  const otherHolder = db.prepare<[number, number], { path: string }>(
    'SELECT path FROM files WHERE media_id = ? AND id <> ? AND is_read = 1 AND missing_since IS NULL ORDER BY id LIMIT 1',
  )
  const lastPlace = db.prepare<[number], { path: string }>(
    'SELECT path FROM files WHERE media_id = ? AND missing_since IS NOT NULL ORDER BY missing_since DESC, id LIMIT 1',
  )
  const keepsCopies = db.prepare<[number], { keepsCopies: number }>(
    'SELECT keeps_copies AS keepsCopies FROM folders WHERE id = ?',
  )
  const isAhead = db.prepare<[number, number, number, Outcome], { found: 1 }>(
    `SELECT 1 AS found FROM files WHERE media_id = ? AND sync_id = ? AND id < ? AND is_read = 1
       AND outcome IN ('imported', ?) LIMIT 1`,
  )
  const isAwaited = db.prepare<[number, number], { found: 1 }>(
    `SELECT 1 AS found FROM files WHERE media_id = ? AND id <> ? AND outcome = 'pending' LIMIT 1`,
  )
  // A copy of other bytes is no copy of these.
  const takeContent = db.prepare(
    `UPDATE media SET spaces_key = CASE WHEN sha256 = @sha256 THEN spaces_key END,
       spaces_url = CASE WHEN sha256 = @sha256 THEN spaces_url END, sha256 = @sha256, size = @sizeBytes,
       processing_status = 'processing', failure_code = NULL, failure_message = NULL, updated_at = CURRENT_TIMESTAMP
     WHERE id = @mediaId`,
  )

  function joinPicture(file: FileRow, picture: Media): void {
    if (picture.missingSince === null)
      endings.end(file, 'duplicate', 'same-content', sameContentMessage(picture.id, file.id))
    else endings.end(file, 'skipped', 'moved', movedMessage(picture.id))
    locations.settle(picture.id)
  }

  function sameContentMessage(mediaId: number, fileId: number): string {
    const holder = otherHolder.get(mediaId, fileId)
    return holder ? withPath(samePicture, holder.path) : reasons['same-content']
  }

  function movedMessage(mediaId: number): string {
    const place = lastPlace.get(mediaId)
    return place ? withPath(movedFrom, place.path) : reasons.moved
  }

  /** Whether the picture is made from another file: it has been, is being, or cannot be from any. */
  function isTaken(picture: Media, file: FileRow): boolean {
    const isOwn = picture.id === file.mediaId
    if (picture.status === 'completed' && !isOwn) return true
    // Equal files that a cancelled import left: the first found has the picture, the others are its duplicates again.
    const ahead = picture.status === 'completed' ? 'imported' : 'pending'
    if (isAhead.get(picture.id, file.syncId, file.id, ahead)) return true
    if (isOwn) return false
    if (isContentFault(picture.failureCode)) return true
    return isAwaited.get(picture.id, file.id) !== undefined
  }

  /** A changed file keeps its picture, unless another file still holds the old bytes: then that one keeps it. */
  function pictureForNewBytes(file: FileRow): number {
    const media = file.mediaId === null ? undefined : mediaById.get(file.mediaId)
    if (!media) return waiting.add(file)
    const isShared = media.sha256 !== null && otherHolder.get(media.id, file.id) !== undefined
    return isShared ? waiting.add(file) : media.id
  }

  return {
    /** Files the bytes under their hash. One transaction, so that of two equal files read at once exactly one is first. */
    claim: db.transaction((fileId: number, content: ReadContent): Claim => {
      const file = files.get(fileId)
      if (file?.outcome !== 'pending') return { kind: 'settled' }
      const { sha256, sizeBytes, modifiedMs, contentTag = null } = content
      const picture = mediaBySha.get(sha256)
      const mediaId = picture?.id ?? pictureForNewBytes(file)
      noteRead.run(sizeBytes, modifiedMs, contentTag, mediaId, fileId)
      if (file.mediaId !== null && file.mediaId !== mediaId) locations.settle(file.mediaId)
      if (picture && isTaken(picture, file)) {
        joinPicture(file, picture)
        return { kind: 'settled' }
      }
      if (picture?.status === 'completed') {
        if (picture.storeKey === null && keepsCopies.get(file.folderId)?.keepsCopies) return { kind: 'keep', mediaId }
        endings.end(file, 'skipped', 'unchanged')
        return { kind: 'settled' }
      }
      takeContent.run({ sha256, sizeBytes, mediaId })
      locations.settle(mediaId)
      filing.refile(mediaId)
      return { kind: 'derive', mediaId }
    }),
  }
}
