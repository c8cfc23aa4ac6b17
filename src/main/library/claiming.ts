import { reasons } from '../../shared/outcomes.ts'
import type { Db } from './database.ts'
import type { createEndings } from './endings.ts'
import type { createFiles, FileRow } from './files.ts'
import type { createLocations } from './locations.ts'
import type { createWaitingMedia } from './waiting-media.ts'

/** What has to be done with a file whose bytes were read. */
export type Claim =
  /** The bytes are this picture's: make its previews and facts. */
  | { kind: 'derive'; mediaId: number }
  /** Nothing: the library has these bytes already, or the file had ended before. */
  | { kind: 'settled' }

export interface ReadContent {
  /** Hex. */
  sha256: string
  sizeBytes: number
  modifiedMs: number
}

interface ClaimingRooms {
  db: Db
  files: ReturnType<typeof createFiles>
  waiting: ReturnType<typeof createWaitingMedia>
  endings: ReturnType<typeof createEndings>
  locations: ReturnType<typeof createLocations>
}

/** Identity is content: the same bytes are one picture, whatever their files are called and wherever they lie. */
export function createClaiming({ db, files, waiting, endings, locations }: ClaimingRooms) {
  type Media = { id: number; status: string; sha256: string | null; missingSince: string | null }
  const mediaColumns = 'id, processing_status AS status, sha256, missing_since AS missingSince'
  const mediaBySha = db.prepare<[string], Media>(`SELECT ${mediaColumns} FROM media WHERE sha256 = ?`)
  const mediaById = db.prepare<[number], Media>(`SELECT ${mediaColumns} FROM media WHERE id = ?`)
  const noteRead = db.prepare('UPDATE files SET size = ?, modified_ms = ?, is_read = 1, media_id = ? WHERE id = ?')
  const otherHolder = db.prepare<[number, number], { path: string }>(
    'SELECT path FROM files WHERE media_id = ? AND id <> ? AND is_read = 1 AND missing_since IS NULL ORDER BY id LIMIT 1',
  )
  const takeContent = db.prepare(
    `UPDATE media SET sha256 = ?, size = ?, processing_status = 'processing', updated_at = CURRENT_TIMESTAMP WHERE id = ?`,
  )

  function joinPicture(file: FileRow, picture: Media): void {
    if (picture.missingSince !== null) endings.end(file, 'skipped', 'moved')
    else endings.end(file, 'duplicate', 'same-content', sameContentMessage(picture.id, file.id))
    if (file.mediaId !== null && !waiting.removeUnread(file.mediaId)) locations.settle(file.mediaId)
    locations.settle(picture.id)
  }

  function sameContentMessage(mediaId: number, fileId: number): string {
    const holder = otherHolder.get(mediaId, fileId)
    return holder ? `The same picture as ${holder.path}.` : reasons['same-content']
  }

  /** A changed file keeps its picture, unless another file still holds the old bytes: then that one keeps it. */
  function pictureForNewBytes(file: FileRow): number {
    const media = file.mediaId === null ? undefined : mediaById.get(file.mediaId)
    if (!media) return waiting.add(file)
    const isShared = media.sha256 !== null && otherHolder.get(media.id, file.id) !== undefined
    if (!isShared) return media.id
    const fresh = waiting.add(file)
    locations.settle(media.id)
    return fresh
  }

  return {
    /** Files the bytes under their hash. One transaction, so that of two equal files read at once exactly one is first. */
    claim: db.transaction((fileId: number, content: ReadContent): Claim => {
      const file = files.get(fileId)
      if (file?.outcome !== 'pending') return { kind: 'settled' }
      const { sha256, sizeBytes, modifiedMs } = content
      const picture = mediaBySha.get(sha256)
      const mediaId = picture?.id ?? pictureForNewBytes(file)
      noteRead.run(sizeBytes, modifiedMs, mediaId, fileId)
      if (picture && picture.id !== file.mediaId) {
        joinPicture(file, picture)
        return { kind: 'settled' }
      }
      if (picture?.status === 'completed') {
        endings.end(file, 'skipped', 'unchanged')
        return { kind: 'settled' }
      }
      takeContent.run(sha256, sizeBytes, mediaId)
      return { kind: 'derive', mediaId }
    }),
  }
}
