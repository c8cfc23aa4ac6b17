import type { MediaDetail, MediaFile } from '../../shared/media.ts'
import type { Db } from './database.ts'
import type { MediaMetadata } from './media.ts'
import { createSuggestions } from './suggestions.ts'
import { type TileRow, tileColumns, tileOf } from './tiles.ts'

interface DetailRow extends TileRow {
  source: string
  sourceId: string | null
  folderId: number | null
  folderName: string | null
  folderRoot: string | null
  sizeBytes: number | null
  sha256: string | null
  fingerprint: string | null
  storeKey: string | null
  isOnDisk: number
  isInCloud: number
  publicUrl: string | null
  takenOn: string | null
  createdAt: string
  processedAt: string | null
  metadata: string | null
  isRatingOfFile: number
  ratingInFile: number | null
}

interface FileRow extends Omit<MediaFile, 'folder' | 'account'> {
  folderId: number
  folderName: string
  folderRoot: string
  email: string | null
  modifiedMs: number
}

interface AnalysisRow {
  analyser: string
  version: string
  promptName: string | null
  usage: string | null
  result: string | null
  failure: string | null
  createdAt: string
}

/** Every fact of one picture, for the inspector. */
export function createDetail(db: Db) {
  const byId = db.prepare<[number], DetailRow>(
    `SELECT ${tileColumns}, m.source, m.source_id AS sourceId, m.folder_id AS folderId, d.name AS folderName,
       d.root AS folderRoot, m.size AS sizeBytes, m.sha256, m.fingerprint, m.spaces_key AS storeKey, m.taken_on AS takenOn,
       EXISTS (SELECT 1 FROM copies c WHERE c.place = 'disk' AND c.sha256 = m.sha256) AS isOnDisk,
       r.sha256 IS NOT NULL AS isInCloud, CASE WHEN r.is_public THEN m.spaces_url END AS publicUrl, m.created_at AS createdAt, m.processed_at AS processedAt, m.metadata,
       m.rating AS ratingInFile,
       m.rating IS NOT NULL AND (SELECT p.rating FROM marks p WHERE p.media_id = m.id) IS NULL AS isRatingOfFile
     FROM media m LEFT JOIN folders d ON d.id = m.folder_id
     LEFT JOIN copies r ON r.place = (SELECT value ->> '$.place' FROM settings WHERE name = 'storagePlace')
       AND r.sha256 = m.sha256 WHERE m.id = ?`,
  )
  const filesOf = db.prepare<[number], FileRow>(
    // The root of a folder of Drive begins with the number of its account.
    `SELECT f.id, f.folder_id AS folderId, f.source_id AS sourceId, f.path, f.modified_ms AS modifiedMs,
       f.missing_since AS missingSince, d.source, d.name AS folderName, d.root AS folderRoot, a.email
     FROM files f JOIN folders d ON d.id = f.folder_id
     LEFT JOIN accounts a ON d.source = 'google_drive' AND a.state <> 'removed'
       AND a.id = CAST(substr(d.root, 1, instr(d.root, '/') - 1) AS INTEGER)
     WHERE f.media_id = ? ORDER BY f.missing_since IS NOT NULL, f.id LIMIT 100`,
  )
  const tagsOf = db.prepare<[number], MediaDetail['tags'][number]>(
    `SELECT t.name, mt.source, mt.confidence FROM media_tags mt JOIN tags t ON t.id = mt.tag_id
     WHERE mt.media_id = ? ORDER BY mt.source = 'person' DESC, mt.confidence DESC, t.name`,
  )
  const suggestions = createSuggestions(db)
  const latestAnalysis = db.prepare<[number], AnalysisRow>(
    `SELECT analyser, version, prompt_name AS promptName, usage, result, failure, created_at AS createdAt FROM analyses
     WHERE media_id = ? ORDER BY model IS NOT NULL DESC, created_at DESC LIMIT 1`,
  )

  return function detail(id: number): MediaDetail | null {
    const row = byId.get(id)
    if (!row) return null
    const files = filesOf.all(id)
    const shown = files.find(file => file.folderId === row.folderId && file.sourceId === row.sourceId)
    const analysis = latestAnalysis.get(id)
    const { words, suggested } = suggestions.saidOf(id)
    const metadata = row.metadata === null ? null : (JSON.parse(row.metadata) as MediaMetadata)
    return {
      ...tileOf(row),
      isRatingOfFile: row.isRatingOfFile === 1,
      ratingInFile: row.ratingInFile,
      source: row.source,
      sourceId: row.sourceId,
      folder:
        row.folderId === null ? null : { id: row.folderId, name: row.folderName ?? '', path: row.folderRoot ?? '' },
      path: shown?.path ?? row.sourceId,
      otherPaths: files.filter(file => file !== shown && file.missingSince === null).map(file => file.path),
      files: files.map(fileOf),
      sizeBytes: row.sizeBytes,
      sha256: row.sha256,
      fingerprint: row.fingerprint,
      hasCopy: row.storeKey !== null,
      keptIn: [...(row.isOnDisk ? ['disk' as const] : []), ...(row.isInCloud ? ['cloud' as const] : [])],
      publicUrl: row.publicUrl,
      modifiedAt: shown ? new Date(shown.modifiedMs).toISOString() : null,
      createdAt: `${row.createdAt.replace(' ', 'T')}Z`,
      processedAt: row.processedAt,
      missingSince: row.missingSince,
      description: words.description ?? suggested.description ?? null,
      ...metadataFacts(metadata),
      title: words.title ?? metadata?.title ?? null,
      words,
      suggestions: suggestions.of(id),
      tags: tagsOf.all(id),
      analysis: analysis ? { ...analysis, usage: parsed(analysis.usage), result: parsed(analysis.result) } : null,
    }
  }
}

function fileOf({ id, path, source, sourceId, missingSince, folderName, folderRoot, email }: FileRow): MediaFile {
  const folder = { name: folderName, path: folderRoot }
  return { id, path, folder, source, sourceId, account: email === null ? null : { email }, missingSince }
}

const parsed = (json: string | null) => (json === null ? null : JSON.parse(json))

function metadataFacts(metadata: MediaMetadata | null) {
  return {
    takenAt: metadata?.takenAt ?? null,
    palette: (metadata?.palette ?? []) as MediaDetail['palette'],
    light: metadata?.light ?? null,
    frameCount: metadata?.frameCount ?? null,
    hasAlpha: metadata?.hasAlpha ?? null,
    caption: metadata?.caption ?? null,
    artist: metadata?.artist ?? null,
    copyright: metadata?.copyright ?? null,
    camera: metadata?.camera ?? null,
    lens: metadata?.lens ?? null,
    keywords: metadata?.keywords ?? [],
    colourProfile: metadata?.colourProfile ?? null,
    bitsPerSample: metadata?.bitsPerSample ?? null,
  }
}
