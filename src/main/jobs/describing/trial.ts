import type { Trial } from '../../../shared/analysis.ts'
import type { Analyser, AnalysisFailed } from '../../analysis/index.ts'
import type { RunRecipe } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'
import type { Asking } from './asking.ts'
import { isReady, readyMedia } from './picture.ts'
import { dayCapReached } from './waits.ts'

/** A model with settings that need not be saved. */
export interface TrialModel {
  recipe: RunRecipe
  recipeKey: string
  analyser: Analyser
}

/** Has a few pictures described to see what a model and a prompt make of them. Nothing that is shown changes. */
export function createTrials({ library, models }: Pick<JobRooms, 'library' | 'models'>, asking: Asking) {
  async function tryOne(mediaId: number, { analyser, ...question }: TrialModel): Promise<Trial> {
    const trial = { mediaId, result: null, failure: null, usage: null, isReused: false }
    const media = readyMedia({ library }, mediaId)
    if (!isReady(media)) return { ...trial, failure: media }
    const said = await asking.askForTrial(question, analyser, media)
    switch (said.kind) {
      case 'answer':
        return { ...trial, result: said.answer.result, usage: said.answer.usage, isReused: said.isReused }
      case 'failed':
        return { ...trial, failure: codeAndMessage(said.failure), usage: said.failure.usage }
      case 'not-ready':
        return { ...trial, failure: { code: said.kind, message: said.message } }
      default:
        return { ...trial, failure: { code: said.kind, message: dayCapReached(models.settings().dayCapUsd ?? 0) } }
    }
  }

  return {
    /** One after the other, in the order given. */
    async run(mediaIds: readonly number[], model: TrialModel): Promise<Trial[]> {
      const trials: Trial[] = []
      for (const mediaId of new Set(mediaIds)) trials.push(await tryOne(mediaId, model))
      return trials
    },
  }
}

function codeAndMessage({ code, message }: AnalysisFailed): { code: string; message: string } {
  return { code, message }
}
