import { type AnalysisResult, type OwnWordField, type WordField, wordFields } from '../../shared/analysis.ts'
import type { Db } from './database.ts'

export type Words = Partial<Record<OwnWordField, string>>

export interface Said {
  /** A person's own. */
  words: Words
  /** The analyser's, where the person has said nothing and has not rejected this very value. */
  suggested: Partial<Record<WordField, string>>
}

interface Row {
  field: string
  value: string
  isRejected: 0 | 1
}

/** What is said of one picture, field by field. A person's word outranks an analyser's. */
export function createSaid(db: Db) {
  const ofPerson = db.prepare<[number, number], Row>(
    `SELECT field, value, 0 AS isRejected FROM words WHERE media_id = ?
     UNION ALL SELECT field, value, 1 FROM rejections WHERE media_id = ? AND field <> 'tag'`,
  )

  /** @param analysis `media.ai_analysis` */
  return function said(mediaId: number, analysis: string | null): Said {
    const rows = ofPerson.all(mediaId, mediaId)
    const words: Words = {}
    for (const row of rows) if (!row.isRejected) words[row.field as OwnWordField] = row.value
    const result = analysis === null ? {} : (JSON.parse(analysis) as Partial<AnalysisResult>)
    const suggested: Said['suggested'] = {}
    for (const field of wordFields) {
      const value = result[field]?.trim()
      if (!value || words[field] !== undefined) continue
      const isRejected = rows.some(row => row.isRejected && row.field === field && row.value === value)
      if (!isRejected) suggested[field] = value
    }
    return { words, suggested }
  }
}

/** All that is said of it but its title, as it is shown and found. */
export function saidText({ words, suggested }: Said): string[] {
  return wordFields.map(field => words[field] ?? suggested[field]).filter(value => value !== undefined)
}
