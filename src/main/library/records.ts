import type { ProcessingStatus } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { terms } from './filing-terms.ts'
import { newDays } from './new-days.ts'

/** The rows of `media` with the column names the brief gives them: what `GET /api/media` and the status answer with. */
export type MediaRecord = Record<string, string | number | null>

const columns = `m.id, m.user_id, m.source, m.source_id, m.filename, m.mime_type, m.size, m.width, m.height, m.spaces_key,
  m.spaces_url, m.thumbnail_url, m.processing_status, m.ai_analysis, m.metadata, m.tags, m.description, m.created_at,
  m.updated_at, m.processed_at`

const recentCount = 10

export function createRecords(db: Db) {
  const byId = db.prepare<[number], MediaRecord>(`SELECT ${columns} FROM media m WHERE m.id = ?`)
  const stats = db.prepare<[], { status: ProcessingStatus; count: number }>('SELECT status, count FROM status_counts')
  const recent = db.prepare<[number], MediaRecord>(
    `SELECT ${columns} FROM media m INDEXED BY media_recent
     WHERE m.processing_status = 'completed' ORDER BY m.processed_at DESC LIMIT ?`,
  )
  const missing = db.prepare<[], { count: number }>(`SELECT count FROM facet_counts WHERE term = 'zmissing'`)
  const ofTerm = db.prepare<[string], number>('SELECT count FROM facet_counts WHERE term = ?').pluck()
  const shown = db.prepare<[], { count: number | null }>(
    `SELECT sum(count) AS count FROM facet_counts WHERE term >= 'x' AND term < 'y'`,
  )

  return {
    get(id: number): MediaRecord | null {
      return byId.get(id) ?? null
    },

    /** Whole rows for the tiles of a page. */
    ofIds(ids: number[]): MediaRecord[] {
      return ids.map(id => byId.get(id)).filter(row => row !== undefined)
    },

    countByStatus(): Record<ProcessingStatus, number> {
      const counts = Object.fromEntries(stats.all().map(row => [row.status, row.count]))
      return { pending: 0, processing: 0, completed: 0, failed: 0, ...counts }
    },

    countMissing(): number {
      return missing.get()?.count ?? 0
    },

    /** Complete ones without a flag or a star. */
    countUnmarked(): number {
      return ofTerm.get(terms.unmarked) ?? 0
    },

    /** Those that came within the last days. */
    countNew(): number {
      return newDays().reduce((sum, day) => sum + (ofTerm.get(terms.added(day)) ?? 0), 0)
    },

    /** What lists show without a filter. */
    countShown(): number {
      return shown.get()?.count ?? 0
    },

    recentlyCompleted(): MediaRecord[] {
      return recent.all(recentCount)
    },
  }
}
