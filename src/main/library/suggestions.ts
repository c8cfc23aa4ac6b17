import { type Suggestion, type WordField, wordFields } from '../../shared/analysis.ts'
import type { Db } from './database.ts'
import { createSaid, type Said } from './said.ts'

type Tag = Pick<Suggestion, 'value' | 'source' | 'confidence'> & { tagId: number }

/** What analysers said that a person has neither confirmed nor rejected. Only reads. */
export function createSuggestions(db: Db) {
  const said = createSaid(db)
  const analysisOf = db.prepare<[number], string | null>('SELECT ai_analysis FROM media WHERE id = ?').pluck()
  // What a model says is shown before what was measured.
  const analyserOf = db
    .prepare<[number], string>(
      `SELECT analyser FROM analyses WHERE media_id = ? AND result IS NOT NULL
       ORDER BY model IS NULL, created_at DESC LIMIT 1`,
    )
    .pluck()
  // Of several analysers that say the same, the surest: SQLite takes the other columns from the row of the maximum.
  const tagsOf = db.prepare<[number], Tag>(
    `SELECT mt.tag_id AS tagId, t.name AS value, mt.source, max(coalesce(mt.confidence, 0)) AS sureness, mt.confidence
     FROM media_tags mt JOIN tags t ON t.id = mt.tag_id
     WHERE mt.media_id = ? AND mt.source <> 'person' AND NOT EXISTS (
       SELECT 1 FROM media_tags p WHERE p.media_id = mt.media_id AND p.tag_id = mt.tag_id AND p.source = 'person')
     GROUP BY mt.tag_id ORDER BY sureness DESC, t.name`,
  )

  function saidOf(mediaId: number): Said {
    return said(mediaId, analysisOf.get(mediaId) ?? null)
  }

  function words(mediaId: number): { field: WordField; value: string }[] {
    const { suggested } = saidOf(mediaId)
    return wordFields.flatMap(field => {
      const value = suggested[field]
      return value === undefined ? [] : [{ field, value }]
    })
  }

  return {
    saidOf,
    /** Fields in their order, without who says so. */
    words,
    /** The same of tags, surest first. */
    tags: (mediaId: number): Tag[] => tagsOf.all(mediaId),
    /** The fields in their order, then tags, surest first. */
    of(mediaId: number): Suggestion[] {
      const fields = words(mediaId)
      const source = fields.length > 0 ? (analyserOf.get(mediaId) ?? '') : ''
      const tags = tagsOf.all(mediaId)
      return [
        ...fields.map(each => ({ ...each, source, confidence: null })),
        ...tags.map(({ value, source: from, confidence }) => ({
          field: 'tag' as const,
          value,
          source: from,
          confidence,
        })),
      ]
    },

    /** What is suggested for most of these pictures, at most `limit`; of equally many, in the order of the fields. */
    common(mediaIds: readonly number[], limit: number): { field: Suggestion['field']; value: string; count: number }[] {
      const counted = new Map<string, { field: Suggestion['field']; value: string; count: number }>()
      const count = (field: Suggestion['field'], value: string) => {
        const key = `${field} ${value}`
        const known = counted.get(key)
        if (known) known.count += 1
        else counted.set(key, { field, value, count: 1 })
      }
      for (const id of mediaIds) {
        for (const { field, value } of words(id)) count(field, value)
        for (const { value } of tagsOf.all(id)) count('tag', value)
      }
      return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, limit)
    },
  }
}
