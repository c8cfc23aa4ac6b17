import { createRates } from '../jobs/index.ts'
import type { AnalysisRunRow } from '../library/index.ts'

/** How fast a run gets on, and how long the rest will take, from how its counts grew lately. */
export function createRunRates() {
  const rateOf = createRates()
  return function rates(run: AnalysisRunRow): { picturesPerMinute: number | null; secondsLeft: number | null } {
    const ended = run.done + run.failed
    const perSecond = rateOf(run.id, ended, run.state === 'running')
    const isKnown = perSecond !== null && perSecond > 0
    return {
      picturesPerMinute: perSecond === null ? null : perSecond * 60,
      secondsLeft: isKnown ? (run.total - ended) / perSecond : null,
    }
  }
}
