import { type AnalysisResult, analysisResultSchema, type Usage } from '../../shared/analysis.ts'
import type { Db } from './database.ts'
import type { TagRecord } from './media.ts'

export interface AnswerRecord {
  result: AnalysisResult
  tags: TagRecord[]
  usage: Usage | null
}

/** Everything that models ever answered, by the bytes and the recipe: the same is never asked, and paid, twice. */
export function createAnswers(db: Db) {
  const byKey = db.prepare<[string, string], { answer: string; usage: string | null }>(
    'SELECT answer, usage FROM answers WHERE recipe_key = ? AND sha256 = ?',
  )
  const put = db.prepare<[string, string, string, string | null, string]>(
    `INSERT INTO answers (recipe_key, sha256, answer, usage, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (recipe_key, sha256) DO NOTHING`,
  )
  return {
    get(recipeKey: string, sha256: string): AnswerRecord | null {
      const row = byKey.get(recipeKey, sha256)
      if (!row) return null
      const { result, tags } = JSON.parse(row.answer) as Omit<AnswerRecord, 'usage'>
      return {
        result: analysisResultSchema.parse(result),
        tags,
        usage: row.usage === null ? null : JSON.parse(row.usage),
      }
    },
    put(recipeKey: string, sha256: string, { result, tags, usage }: AnswerRecord): void {
      const answer = JSON.stringify({ result, tags })
      put.run(recipeKey, sha256, answer, usage && JSON.stringify(usage), new Date().toISOString())
    },
  }
}
