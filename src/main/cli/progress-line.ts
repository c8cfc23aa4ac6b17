import type { Sync } from '../../shared/syncs.ts'

const barWidth = 24
const numbers = new Intl.NumberFormat()

/** One line that says how far an import is, at most `columns` wide. */
export function progressLine(sync: Sync, columns: number): string {
  const { found, pending, failed, isListed, filesPerSecond, secondsLeft } = sync
  const done = found - pending
  const share = found === 0 || !isListed ? 0 : done / found
  const filled = Math.round(share * barWidth)
  const parts = [
    `[${'='.repeat(filled)}${' '.repeat(barWidth - filled)}]`,
    `${numbers.format(done)} of ${numbers.format(found)}${isListed ? '' : ' found so far'}`,
  ]
  if (filesPerSecond !== null) parts.push(`${filesPerSecond.toFixed(1)} a second`)
  if (secondsLeft !== null) parts.push(`${durationText(secondsLeft)} left`)
  if (failed > 0) parts.push(`${numbers.format(failed)} failed`)
  return parts.join('  ').slice(0, Math.max(0, columns - 1))
}

export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  return seconds < 3600 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Imports side by side as if they were one: at least one of them. */
export function sumOf(syncs: readonly Sync[]): Sync {
  const of = (count: (sync: Sync) => number) => syncs.reduce((sum, sync) => sum + count(sync), 0)
  const rates = syncs.map(sync => sync.filesPerSecond).filter(rate => rate !== null)
  const running = syncs.filter(sync => sync.state === 'running')
  const left = running.map(sync => sync.secondsLeft)
  return {
    ...(syncs[0] as Sync),
    isListed: syncs.every(sync => sync.isListed),
    found: of(sync => sync.found),
    imported: of(sync => sync.imported),
    duplicates: of(sync => sync.duplicates),
    skipped: of(sync => sync.skipped),
    failed: of(sync => sync.failed),
    pending: of(sync => sync.pending),
    filesPerSecond: rates.length > 0 ? rates.reduce((sum, rate) => sum + rate, 0) : null,
    secondsLeft: left.length === 0 || left.includes(null) ? null : Math.max(...(left as number[])),
  }
}
