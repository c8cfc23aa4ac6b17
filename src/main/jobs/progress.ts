import type { Sync } from '../../shared/syncs.ts'
import type { SyncRow } from '../library/index.ts'

/** The rate is told over this long: long enough to be steady, short enough to follow a change of file sizes. */
const windowMs = 30_000
/** Before this there is too little to tell. */
const shortestMs = 1_000

interface Sample {
  atMs: number
  done: number
}

/**
 * Things done in a second, from how a count grew lately; null where nothing runs or too little is known.
 * @param now milliseconds of a clock that is never set: the one on the wall may go back an hour.
 */
export function createRates(now: () => number = () => performance.now()) {
  const samples = new Map<number, Sample[]>()

  function observe(id: number, done: number): Sample[] {
    // Failed ones that are taken up again are not done any more: the rate is measured anew.
    const before = (samples.get(id) ?? []).filter(sample => now() - sample.atMs <= windowMs)
    const kept = before.every(sample => sample.done <= done) ? before : []
    if (kept.at(-1)?.done !== done || kept.length === 0) kept.push({ atMs: now(), done })
    samples.set(id, kept)
    return kept
  }

  return function rate(id: number, done: number, isRunning: boolean): number | null {
    if (isRunning) return rateOf(observe(id, done), now())
    samples.delete(id)
    return null
  }
}

/** Turns the counts of a sync into rate and time left. */
export function createProgress(now?: () => number) {
  const rateOfSync = createRates(now)

  return function describe(row: SyncRow): Sync {
    const { userId: _user, page: _page, pageCursor: _cursor, generation: _generation, isWhole: _whole, ...sync } = row
    const rate = rateOfSync(row.id, row.found - row.pending, row.state === 'running')
    const isKnown = rate !== null && rate > 0 && row.isListed
    return { ...sync, filesPerSecond: rate, secondsLeft: isKnown ? row.pending / rate : null }
  }
}

function rateOf(samples: Sample[], nowMs: number): number | null {
  const [first] = samples
  const last = samples.at(-1)
  if (!first || !last || nowMs - first.atMs < shortestMs) return null
  return (last.done - first.done) / ((nowMs - first.atMs) / 1000)
}
