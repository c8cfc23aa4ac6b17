import { isActive } from '../../../../shared/describing-words.ts'
import type { AnalysisOverview, AnalysisRun } from '../../lib/contract.ts'
import { formatUsd } from '../../lib/contract.ts'
import { formatCount, formatDuration, plural } from '../../lib/format.ts'
import type { Look } from '../../ui/status-mark.tsx'

export const runLooks: Record<AnalysisRun['state'], Look> = {
  running: { icon: 'working', tone: 'working', word: 'Working' },
  waiting: { icon: 'waiting', tone: 'waiting', word: 'Waiting' },
  paused: { icon: 'pause', tone: 'waiting', word: 'Paused' },
  completed: { icon: 'done', tone: 'done', word: 'Done' },
  cancelled: { icon: 'stopped', tone: 'skipped', word: 'Cancelled' },
}

export const titleOf = (run: AnalysisRun): string =>
  run.kind === 'automatic' ? 'New pictures' : plural(run.total, 'picture')

/** "gpt-5.4-mini · Studio notes · half price". */
export function recipeLine({ model, promptName, lane }: AnalysisRun): string {
  return [model, promptName, lane === 'batch' && 'half price'].filter(Boolean).join(' · ')
}

/** "Working on 120 of 312 · 14 a minute · 14 min left". */
export function progressOf(run: AnalysisRun): string {
  const { state, done, failed, total, picturesPerMinute, secondsLeft } = run
  if (state === 'completed' || state === 'cancelled') return endOf(run)
  const ended = `${formatCount(done + failed)} of ${formatCount(total)}`
  if (state !== 'running') return `${ended} done`
  return [
    `Working on ${ended}`,
    picturesPerMinute !== null && `${formatCount(Math.max(1, Math.round(picturesPerMinute)))} a minute`,
    secondsLeft !== null && `${formatDuration(secondsLeft)} left`,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** "308 described, 40 of them answered before". */
function endOf({ done, reused, failed, total, state }: AnalysisRun): string {
  const left = total - done - failed
  return [
    `${formatCount(done)} described`,
    reused > 0 && `${formatCount(reused)} of them answered before`,
    state === 'cancelled' && left > 0 && `${formatCount(left)} left out`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** "$0.12 of a cap of $1.00"; while it runs without a cap "$0.12 of about $0.50". */
export function spendOf(run: AnalysisRun): string {
  const { spentUsd, capUsd, estimateUsd } = run
  if (isActive(run) && capUsd !== null) return `${formatUsd(spentUsd)} of a cap of ${formatUsd(capUsd)}`
  if (isActive(run) && estimateUsd) return `${formatUsd(spentUsd)} of about ${formatUsd(estimateUsd)}`
  return `${formatUsd(spentUsd)} spent`
}

/** "Today $0.42 · this month $3.10", and the cap of the day where there is one. */
export function spentLine({ spentTodayUsd, spentMonthUsd, settings }: AnalysisOverview): string {
  const cap = settings.dayCapUsd === null ? '' : ` of ${formatUsd(settings.dayCapUsd)}`
  return `Today ${formatUsd(spentTodayUsd)}${cap} · this month ${formatUsd(spentMonthUsd)}`
}
