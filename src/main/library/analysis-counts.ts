import type { ChosenFor } from './choosing.ts'
import type { Db } from './database.ts'

/** How far the describing of all pictures is, kept by triggers: counting half a million takes too long. */
export function createAnalysisCounts(db: Db) {
  const of = db.prepare<[string, string], { described: number; failed: number }>(
    'SELECT described, failed FROM analysis_counts WHERE analyser = ? AND version = ?',
  )
  const complete = db.prepare<[], { count: number }>(`SELECT count FROM status_counts WHERE status = 'completed'`)

  // Several versions, while pictures of an older one are left.
  const ofAnalyser = db.prepare<[string], { described: number; failed: number }>(
    `SELECT coalesce(sum(described), 0) AS described, coalesce(sum(failed), 0) AS failed FROM analysis_counts
     WHERE analyser = ?`,
  )

  function withRest({ described, failed }: { described: number; failed: number }) {
    return { described, failed, undescribed: Math.max(0, (complete.get()?.count ?? 0) - described - failed) }
  }

  return {
    /** Complete pictures that it has described, has failed to, and has neither. */
    of({ analyser, recipeKey }: ChosenFor): { described: number; failed: number; undescribed: number } {
      return withRest(of.get(analyser, recipeKey) ?? { described: 0, failed: 0 })
    },

    /** By any of its versions. */
    ofAnalyser(analyser: string): { described: number; failed: number; undescribed: number } {
      return withRest(ofAnalyser.get(analyser) as { described: number; failed: number })
    },
  }
}
