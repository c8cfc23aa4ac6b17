import type { AnalysisRunRow } from '../../library/index.ts'
import type { Models } from './models.ts'
import { unknownPrice } from './waits.ts'

/** @returns why a run cannot be kept within its caps; null where it can. */
export function mayGoOn(
  models: Pick<Models, 'worstUsd' | 'settings'>,
  { recipe, lane, capUsd }: Pick<AnalysisRunRow, 'recipe' | 'lane' | 'capUsd'>,
): string | null {
  const isCapped = capUsd !== null || models.settings().dayCapUsd !== null
  return isCapped && models.worstUsd(recipe, lane === 'batch') === null ? unknownPrice : null
}
