import type { MediaId, MediaTile } from '../../shared/media.ts'
import type { Db } from './database.ts'

/** The columns of a tile, of `media AS m`. */
export const tileColumns = `m.id, substr(coalesce(m.previewed_sha256, ''), 1, 12) AS version, m.filename,
  m.mime_type AS mimeType, m.processing_status AS status, m.width, m.height, m.placeholder, m.mean_colour AS meanColour,
  coalesce((SELECT p.rating FROM marks p WHERE p.media_id = m.id), m.rating) AS rating,
  (SELECT p.flag FROM marks p WHERE p.media_id = m.id) AS flag,
  (SELECT p.label FROM marks p WHERE p.media_id = m.id) AS label, m.missing_since AS missingSince, m.failure_code AS failureCode, m.failure_message AS failureMessage,
  iif(substr(m.mime_type, 1, 6) = 'video/', m.metadata -> '$.video', NULL) AS video`

export interface TileRow extends Omit<MediaTile, 'isMissing' | 'failure' | 'video'> {
  missingSince: string | null
  failureCode: string | null
  failureMessage: string | null
  /** JSON */
  video: string | null
}

export function tileOf(row: TileRow): MediaTile {
  const { id, version, filename, mimeType, status, width, height, placeholder, meanColour } = row
  const { rating, flag, label } = row
  const failure = row.failureCode === null ? null : { code: row.failureCode, message: row.failureMessage ?? '' }
  const isMissing = row.missingSince !== null
  const video = row.video === null ? null : JSON.parse(row.video)
  const look = { width, height, placeholder, meanColour }
  return { id, version, filename, mimeType, status, ...look, rating, flag, label, isMissing, failure, video }
}

/** Tiles of these pictures in their order, without those that are not shown any more. */
export function createTilesById(db: Db) {
  const byId = db.prepare<[number], TileRow>(
    `SELECT ${tileColumns} FROM media m WHERE m.id = ? AND m.facets IS NOT NULL`,
  )
  return function tilesOf(ids: readonly MediaId[]): MediaTile[] {
    return ids.map(id => byId.get(id)).flatMap(row => (row ? [tileOf(row)] : []))
  }
}
