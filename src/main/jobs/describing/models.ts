import type { AnalysisSettings } from '../../../shared/analysis.ts'
import type { Analyser, BatchLane } from '../../analysis/index.ts'
import type { RunRecipe } from '../../library/index.ts'

/** In place of what the settings say. */
export interface RecipeChoice {
  model?: string | undefined
  promptId?: number | null | undefined
}

/** The models that describe pictures, as a person has set them up. */
export interface Models {
  /** Milliseconds since 1970, by which days are told. */
  now(): number
  settings(): AnalysisSettings
  /** Null where the built-in analyser alone describes pictures, or no model is chosen. */
  recipe(choice?: RecipeChoice): RunRecipe | null
  /** The same for the same answers. */
  keyOf(recipe: RunRecipe): string
  /**
   * The most one picture can cost, US dollars; of the largest size where none is given, and with the frames of a video. Null
   * where no price is known.
   */
  worstUsd(
    recipe: RunRecipe,
    isBatch: boolean,
    looks?: { width?: number; height?: number; frames: number },
  ): number | null
  /**
   * @param stop questions that wait for their turn are given up; those that were sent go on.
   * @throws {AnalysisFailed}
   */
  open(recipe: RunRecipe, stop: AbortSignal): Promise<Analyser>
  /** @throws {AnalysisFailed} */
  openBatches(recipe: RunRecipe): Promise<BatchLane>
}
