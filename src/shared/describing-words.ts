import type { AnalysisOverview, AnalysisRun } from './analysis.ts'
import { formatCount } from './format.ts'
import { formatUsd } from './money.ts'

export const isActive = ({ state }: Pick<AnalysisRun, 'state'>): boolean =>
  state === 'running' || state === 'waiting' || state === 'paused'

/** A reason a person did not give: it is shown wherever the run is. */
export const needsAttention = ({ state, message }: AnalysisRun): boolean => state === 'paused' && message !== null

const verbs: Partial<Record<AnalysisRun['state'], string>> = {
  running: 'Describing',
  waiting: 'Descriptions wait:',
  paused: 'Descriptions paused:',
}

/** What is described right now, or why it stands still: "Describing 120 of 312 · $0.42 today". */
export function statusOf({ runs, spentTodayUsd }: Pick<AnalysisOverview, 'runs' | 'spentTodayUsd'>): string | null {
  const running = runs.filter(({ state }) => state === 'running')
  const shown = running.length > 0 ? running : runs.filter(isActive)
  const first = shown[0]
  if (!first) return null
  const done = shown.reduce((sum, run) => sum + run.done + run.failed, 0)
  const total = shown.reduce((sum, run) => sum + run.total, 0)
  return `${verbs[first.state]} ${formatCount(done)} of ${formatCount(total)} · ${formatUsd(spentTodayUsd)} today`
}
