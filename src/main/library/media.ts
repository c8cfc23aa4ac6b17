import type { AnalysisResult, Usage } from '../../shared/analysis.ts'
import type { ProcessingStatus, VideoFacts } from '../../shared/media.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import type { createFiling } from './filing.ts'
import { framePaths, type PreviewKind, previewPath } from './layout.ts'
import { createTags, tagName } from './tags.ts'

/** What the jobs need to know of a picture to work on it. */
export interface MediaRow {
  id: number
  source: string
  sourceId: string | null
  folderId: number | null
  filename: string
  mimeType: string
  sizeBytes: number | null
  width: number | null
  height: number | null
  status: ProcessingStatus
  sha256: string | null
  previewedSha256: string | null
  storeKey: string | null
  takenOn: string | null
  metadata: MediaMetadata | null
}

/** `media.metadata`: what was read from the file and measured from its pixels. */
export interface MediaMetadata {
  palette: { name: string; hex: string; share: number }[]
  light: { brightness: number; contrast: number; colourfulness: number }
  frameCount: number
  hasAlpha: boolean
  takenAt?: string
  title?: string
  caption?: string
  keywords: string[]
  artist?: string
  copyright?: string
  rating?: number
  camera?: string
  lens?: string
  orientation?: number
  colourProfile?: string
  bitsPerSample?: number
  modifiedMs?: number
  /** Only of a video. */
  video?: VideoFacts
}

/** Facts of one decode, to be recorded together. */
export interface PictureRecord {
  sha256: string
  mimeType: string
  width: number
  height: number
  placeholder: string | null
  meanColour: string | null
  fingerprint: string | null
  takenOn: string | null
  metadata: MediaMetadata
  /** 0 where there is none: of a video that nothing here can show. */
  previewBytes: number
  thumbnailBytes: number
}

export interface TagRecord {
  name: string
  origin: string
  confidence: number
}

export interface AnalysisRecord {
  analyser: string
  version: string
  result: AnalysisResult | null
  failure: string | null
  tags: TagRecord[]
  /** Of an analyser that needs a model: what it says outranks what the others do. */
  model?: string
  promptName?: string
  usage?: Usage | null
  failureCode?: string
}

/** The pictures themselves: what is known of each, recorded as the work on it goes on. */
export function createMedia(db: Db, filing: ReturnType<typeof createFiling>, changes: ChangeFeed) {
  const byId = db.prepare<[number], Omit<MediaRow, 'metadata'> & { metadata: string | null }>(
    `SELECT id, source, source_id AS sourceId, folder_id AS folderId, filename, mime_type AS mimeType, size AS sizeBytes,
       width, height, processing_status AS status, sha256, previewed_sha256 AS previewedSha256, spaces_key AS storeKey,
       taken_on AS takenOn, metadata FROM media WHERE id = ?`,
  )
  const setPicture = db.prepare<Record<string, unknown>>(
    `UPDATE media SET mime_type = @mimeType, width = @width, height = @height, placeholder = @placeholder,
       mean_colour = @meanColour, fingerprint = @fingerprint, taken_on = coalesce(@takenOn, taken_on), metadata = @metadata,
       rating = coalesce(rating, @rating), previewed_sha256 = @previewedSha256, thumbnail_url = @thumbnailUrl,
       updated_at = CURRENT_TIMESTAMP WHERE id = @id`,
  )
  const setStoreKey = db.prepare<[string, string | null, number]>(
    'UPDATE media SET spaces_key = ?, spaces_url = ? WHERE id = ?',
  )
  const addPreview = db.prepare<[string, PreviewKind, number]>(
    'INSERT OR REPLACE INTO previews (sha256, kind, size) VALUES (?, ?, ?)',
  )
  const removePreviews = db.prepare<[string]>('DELETE FROM previews WHERE sha256 = ?')
  const addAnalysis = db.prepare<Record<string, unknown>>(
    `INSERT INTO analyses (media_id, analyser, version, sha256, result, failure, created_at, model, prompt_name, usage,
       failure_code, failed_version)
     VALUES (@id, @analyser, @version, @sha256, @json, @failure, @now, @model, @promptName, @usage, @failureCode,
       iif(@failure IS NULL, NULL, @version))
     ON CONFLICT (media_id, analyser) DO UPDATE SET version = excluded.version, sha256 = excluded.sha256,
       result = excluded.result, failure = excluded.failure, created_at = excluded.created_at, model = excluded.model,
       prompt_name = excluded.prompt_name, usage = excluded.usage, failure_code = excluded.failure_code,
       failed_version = excluded.failed_version`,
  )
  // What it said of these bytes before, by another version, stays.
  const addFailure = db.prepare<Record<string, unknown>>(
    `UPDATE analyses SET failure = @failure, failure_code = @failureCode, failed_version = @version
     WHERE media_id = @id AND analyser = @analyser AND sha256 = @sha256 AND result IS NOT NULL`,
  )
  const setAnalysis = db.prepare<[string | null, string | null, number]>(
    'UPDATE media SET ai_analysis = ?, description = ? WHERE id = ?',
  )
  const isSaidByModel = db.prepare<[number], { found: 1 }>(
    'SELECT 1 AS found FROM analyses WHERE media_id = ? AND model IS NOT NULL AND result IS NOT NULL LIMIT 1',
  )
  const removeAnalyses = db.prepare<[number]>('DELETE FROM analyses WHERE media_id = ?')
  const tagList = createTags(db)
  const isRejected = db.prepare<[number, string], { found: 1 }>(
    `SELECT 1 AS found FROM rejections WHERE media_id = ? AND field = 'tag' AND value = ?`,
  )
  const clearTags = db.prepare<[number, string]>('DELETE FROM media_tags WHERE media_id = ? AND source = ?')
  const linkTag = db.prepare('INSERT OR REPLACE INTO media_tags VALUES (?, ?, ?, ?, ?)')
  const clearMachineTags = db.prepare<[number]>(`DELETE FROM media_tags WHERE media_id = ? AND source <> 'person'`)
  const complete = db.prepare<[number]>(
    `UPDATE media SET processing_status = 'completed', failure_code = NULL, failure_message = NULL,
       processed_at = strftime('%Y-%m-%dT%H:%M:%fZ'), updated_at = CURRENT_TIMESTAMP WHERE id = ?`,
  )
  const isAnalysed = db.prepare<[number, string, string], { found: 1 }>(
    `SELECT 1 AS found FROM analyses a JOIN media m ON m.id = a.media_id AND m.sha256 = a.sha256
     WHERE m.id = ? AND a.analyser = ? AND ? IN (a.version, a.failed_version)`,
  )

  function linkTags(mediaId: number, source: string, tags: TagRecord[]): void {
    clearTags.run(mediaId, source)
    for (const { name, origin, confidence } of tags) {
      // What a person has rejected is never said again of this picture.
      if (isRejected.get(mediaId, tagName(name))) continue
      linkTag.run(mediaId, tagList.idFor(tagName(name)), source, origin, confidence)
    }
    tagList.list(mediaId)
  }

  /** What was said of earlier bytes is not shown for these; what a person said stays. */
  function forgetAnalysis(mediaId: number): void {
    setAnalysis.run(null, null, mediaId)
    removeAnalyses.run(mediaId)
    clearMachineTags.run(mediaId)
    tagList.list(mediaId)
  }

  return {
    get(id: number): MediaRow | null {
      const row = byId.get(id)
      return row ? { ...row, metadata: row.metadata === null ? null : JSON.parse(row.metadata) } : null
    },

    /** @returns the previews it no longer needs, relative to the library: the bytes they showed have changed. */
    recordPicture: db.transaction((id: number, record: PictureRecord): string[] => {
      const before = byId.get(id)
      const { previewBytes, thumbnailBytes, metadata, ...columns } = record
      const { sha256, ...facts } = columns
      const isSeen = previewBytes > 0
      setPicture.run({
        ...facts,
        id,
        metadata: JSON.stringify(metadata),
        rating: metadata.rating ?? null,
        previewedSha256: isSeen ? sha256 : null,
        thumbnailUrl: isSeen ? `/media/${id}/thumbnail?v=${sha256.slice(0, 12)}` : null,
      })
      if (isSeen) addPreview.run(sha256, 'preview', previewBytes)
      if (isSeen) addPreview.run(sha256, 'thumbnail', thumbnailBytes)
      const replaced = before?.previewedSha256
      if (!replaced || replaced === sha256) return []
      removePreviews.run(replaced)
      forgetAnalysis(id)
      return [previewPath(replaced, 'preview'), previewPath(replaced, 'thumbnail'), ...framePaths(replaced)]
    }),

    /** Its original is kept. `url` is its address in the cloud, if it is there. */
    recordCopy(id: number, storeKey: string, url: string | null): void {
      setStoreKey.run(storeKey, url, id)
    },

    isAnalysed(id: number, analyser: string, version: string): boolean {
      return isAnalysed.get(id, analyser, version) !== undefined
    },

    /**
     * Replaces what this analyser said before; what a person or another analyser said stays. A failure replaces nothing that
     * was said of the same bytes.
     */
    recordAnalysis: db.transaction((id: number, record: AnalysisRecord): void => {
      const { analyser, version, result, failure, tags, model = null, promptName = null, failureCode = null } = record
      const sha256 = byId.get(id)?.sha256
      const json = result && JSON.stringify(result)
      const by = { id, analyser, version, sha256, failure, failureCode }
      const isKept = failure !== null && addFailure.run(by).changes > 0
      if (!isKept) {
        const usage = record.usage ? JSON.stringify(record.usage) : null
        addAnalysis.run({ ...by, json, model, promptName, usage, now: new Date().toISOString() })
      }
      if (result !== null && json !== null) {
        if (model !== null || !isSaidByModel.get(id)) setAnalysis.run(json, result.description, id)
        linkTags(id, analyser, tags)
      }
      if (model === null) return
      filing.refile(id)
      changes.emit('media', { id, isListed: false })
    }),

    /** Done: from now on it is shown and found. */
    complete: db.transaction((id: number): void => {
      complete.run(id)
      filing.file(id)
      changes.emit('media', { id, isListed: true })
    }),
  }
}
