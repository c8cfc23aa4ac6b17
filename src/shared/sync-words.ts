import { formatCount, formatDuration, formatRate, plural } from './format.ts'
import { isOfDrive, type Sync } from './syncs.ts'

const sum = (syncs: readonly Sync[], of: (sync: Sync) => number): number =>
  syncs.reduce((all, sync) => all + of(sync), 0)

/** 0 to 1; 0 while nothing is found. */
export function shareDone(syncs: readonly Sync[]): number {
  const found = sum(syncs, sync => sync.found)
  return found > 0 ? 1 - sum(syncs, sync => sync.pending) / found : 0
}

/** What an import is of: "Scans", or "3 files of Scans". */
export function syncTitle({ folderName, chosenCount }: Pick<Sync, 'folderName' | 'chosenCount'>): string {
  return chosenCount === null ? folderName : `${plural(chosenCount, 'file')} of ${folderName}`
}

/** "Working on 1,204 of 8,121". */
export function countsLine(syncs: readonly Sync[]): string {
  const found = sum(syncs, sync => sync.found)
  const done = found - sum(syncs, sync => sync.pending)
  const [first] = syncs
  // What one import is of can be named.
  const chosen = syncs.length === 1 && first && first.chosenCount !== null ? syncTitle(first) : null
  if (found === 0) return `Looking ${chosen ? `at ${chosen}` : 'for files'}`
  return `Working on ${formatCount(done)} of ${chosen ?? formatCount(found)}`
}

/** "Working on 1,204 of 8,121 · 31 a second · 4 min left". */
export function workLine(syncs: readonly Sync[]): string {
  const rate = sum(syncs, sync => sync.filesPerSecond ?? 0)
  const secondsLeft = Math.max(...syncs.map(sync => sync.secondsLeft ?? Number.NaN))
  return [
    countsLine(syncs),
    rate > 0 && formatRate(rate),
    !Number.isNaN(secondsLeft) && `${formatDuration(secondsLeft)} left`,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What an import that just ended came to, in a sentence. */
export function endLine(sync: Sync): string {
  const failed = sync.failed > 0 ? `, ${formatCount(sync.failed)} failed` : ''
  if (sync.state === 'cancelled') return `The import of ${syncTitle(sync)} was cancelled. What is imported stays.`
  if (sync.state === 'failed') return sync.error ?? `The import of ${syncTitle(sync)} ended early.`
  if (sync.imported === 0 && !failed) return `Nothing new in ${syncTitle(sync)}.`
  return `Imported ${plural(sync.imported, 'picture')} from ${sync.folderName}${failed}.`
}

/**
 * Whether the end of an import is worth a sentence: once for each that was seen running or was asked for here. What a
 * watched folder does by itself is told only when something came of it.
 */
export function createEndWatch(asked: Set<number>): (sync: Sync) => boolean {
  const running = new Set<number>()
  return sync => {
    if (!sync.finishedAt) {
      running.add(sync.id)
      return false
    }
    const wasRunning = running.delete(sync.id)
    // So short a sync may be over before anything is said of it.
    if (asked.delete(sync.id)) return true
    const isNews = sync.imported > 0 || sync.failed > 0 || sync.state !== 'completed'
    return wasRunning && (isNews || !isOfDrive(sync))
  }
}
