import type { JobRooms } from '../rooms.ts'

/** The run that new pictures join, where a person wants them described as they come. */
export type Automatic = ReturnType<typeof createAutomatic>

/** @param begun is told of a run that has to be set going. */
export function createAutomatic({ library, models }: Pick<JobRooms, 'library' | 'models'>) {
  const { runs } = library.analysis

  return {
    /** @returns its id and whether it is new and has to be set going; null when new pictures join none. */
    openRun(): { runId: number; isNew: boolean } | null {
      const { isAutomatic, usesBatch, analyser, runCapUsd: capUsd } = models.settings()
      const recipe = isAutomatic ? models.recipe() : null
      if (!recipe) return null
      const recipeKey = models.keyOf(recipe)
      const lane = usesBatch && analyser === 'openai' ? 'batch' : 'live'
      const open = runs.openAutomatic(recipeKey, lane)
      if (open !== null) return { runId: open, isNew: false }
      const run = { kind: 'automatic', lane, recipe, recipeKey, capUsd, estimateUsd: null } as const
      return { runId: runs.begin({ ...run, state: 'running', message: null }), isNew: true }
    },
  }
}
