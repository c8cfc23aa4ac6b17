import type { ChosenFor } from './choosing.ts'
import type { Db } from './database.ts'

/** How far the describing of all pictures is, kept by triggers: counting half a million takes too long. */
export function createAnalysisCounts(db: Db) {
  const of = db.prepare<[string, string], { described: number; failed: number }>(
    'SELECT described, failed FROM analysis_counts WHERE analyser = ? AND version = ?',
  )
  const complete = db.prepare<[], { count: number }>(`SELECT count FROM status_counts WHERE status = 'completed'`)

  return {
    /** Complete pictures that it has described, has failed to, and has neither. */
    of({ analyser, recipeKey }: ChosenFor): { described: number; failed: number; undescribed: number } {
      const { described, failed } = of.get(analyser, recipeKey) ?? { described: 0, failed: 0 }
      return { described, failed, undescribed: (complete.get()?.count ?? 0) - described - failed }
    },
  }
}
