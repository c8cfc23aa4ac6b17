import type { Sync, SyncId } from '../../shared/syncs.ts'
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
 * Turns counts into rate and time left, from how they grew lately.
 * @param now milliseconds of a clock that is never set: the one on the wall may go back an hour.
 */
export function createProgress(now: () => number = () => performance.now()) {
  const samples = new Map<SyncId, Sample[]>()

  function observe(row: SyncRow): Sample[] {
    const done = row.found - row.pending
    // Failed files that are taken up again are not done any more: the rate is measured anew.
    const before = (samples.get(row.id) ?? []).filter(sample => now() - sample.atMs <= windowMs)
    const kept = before.every(sample => sample.done <= done) ? before : []
    if (kept.at(-1)?.done !== done || kept.length === 0) kept.push({ atMs: now(), done })
    if (row.state === 'running') samples.set(row.id, kept)
    else samples.delete(row.id)
    return kept
  }

  return function describe(row: SyncRow): Sync {
    const { userId: _user, page: _page, pageCursor: _cursor, generation: _generation, isWhole: _whole, ...sync } = row
    const rate = row.state === 'running' ? rateOf(observe(row), now()) : null
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
