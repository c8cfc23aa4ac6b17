import type { MediaId } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { type Order, orderBy } from './orders.ts'
import type { KeysetQuery } from './plans.ts'

/** Up to here sorting the matches is quicker than walking the whole sorted index past those that do not match. */
const fewMatches = 20_000
/**
 * While something writes all the time, a long list is used for as long again as it took to make, so that it does not keep the
 * thread busy for itself. Shorter than the feed gathers changes for: who asks after the last change gets it.
 */
const staleMsMax = 200
const keptSnapshots = 6

interface Snapshot {
  value: unknown
  dataVersion: number
  usableUntilMs: number
}

/**
 * Lists in full: the ids in order, 4 bytes each. Full text gives its rows quickly from the first on, but has to step
 * over all before a place far down (43 ms at the end of a million), and it knows no other order than that of ids. One pass
 * over the matches, 100 ms for a million, makes every place of the list equally near.
 */
export function createSnapshots(db: Db) {
  const snapshots = new Map<string, Snapshot>()

  function idsMatching(match: string, direction: 'ASC' | 'DESC'): MediaId[] {
    const sql = `SELECT rowid FROM media_search WHERE media_search MATCH ? ORDER BY rowid ${direction}`
    return db.prepare<[string], MediaId>(sql).pluck().all(match)
  }

  function make(match: string, order: Order): Uint32Array {
    if (order.key === null) return Uint32Array.from(idsMatching(match, order.isDescending ? 'DESC' : 'ASC'))
    const matching = idsMatching(match, 'ASC')
    return matching.length <= fewMatches ? sorted(match, order) : pickedInOrder(matching, order)
  }

  function sorted(match: string, order: Order): Uint32Array {
    const sql = `SELECT m.id FROM media_search s CROSS JOIN media m ON m.id = s.rowid
      WHERE s.media_search MATCH ? ORDER BY ${orderBy(order)}`
    return Uint32Array.from(db.prepare<[string], MediaId>(sql).pluck().all(match))
  }

  function pickedInOrder(matching: MediaId[], order: Order): Uint32Array {
    const isMatching = new Uint8Array((matching.at(-1) ?? 0) + 1)
    for (const id of matching) isMatching[id] = 1
    const sql = `SELECT m.id FROM media m WHERE m.facets IS NOT NULL ORDER BY ${orderBy(order)}`
    const all = db.prepare<[], MediaId>(sql).pluck().all()
    return Uint32Array.from(all.filter(id => isMatching[id] === 1))
  }

  function idsOf({ from, where, id, order, parameters }: KeysetQuery): Uint32Array {
    const sql = `SELECT ${id} FROM ${from} WHERE ${where} ORDER BY ${orderBy(order, id)}`
    return Uint32Array.from(db.prepare<[object], MediaId>(sql).pluck().all(parameters))
  }

  function timed(makeValue: () => unknown, dataVersion: number): Snapshot {
    const startedAtMs = performance.now()
    const value = makeValue()
    const madeAtMs = performance.now()
    return { value, dataVersion, usableUntilMs: madeAtMs + Math.min(staleMsMax, madeAtMs - startedAtMs) }
  }

  /** What is made from a list in full, kept as long. */
  function keep<T>(of: unknown, makeValue: () => T): T {
    const key = JSON.stringify(of)
    const known = snapshots.get(key)
    snapshots.delete(key)
    const dataVersion = db.pragma('data_version', { simple: true }) as number
    const isGood = known && (known.dataVersion === dataVersion || performance.now() < known.usableUntilMs)
    const snapshot = isGood ? known : timed(makeValue, dataVersion)
    snapshots.set(key, snapshot)
    const [oldest] = snapshots.keys()
    if (snapshots.size > keptSnapshots && oldest !== undefined) snapshots.delete(oldest)
    return snapshot.value as T
  }

  return {
    keep,
    ofMatch: (match: string, order: Order): Uint32Array => keep([match, order], () => make(match, order)),
    ofQuery: (query: KeysetQuery): Uint32Array => keep(query, () => idsOf(query)),
  }
}
