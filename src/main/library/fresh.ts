import type { Db } from './database.ts'

/** While something writes all the time, what took long to make is used for this many times as long. */
const patience = 8

/**
 * Keeps what was made from the database until that changes. Of a connection of its own: `data_version` tells of what others
 * wrote.
 */
export function createFresh<T>(db: Db, make: (before: T | undefined) => T): () => T {
  let kept: { value: T; dataVersion: number; usableUntilMs: number } | undefined
  return () => {
    const dataVersion = db.pragma('data_version', { simple: true }) as number
    if (kept && (kept.dataVersion === dataVersion || performance.now() < kept.usableUntilMs)) return kept.value
    const startedAtMs = performance.now()
    const value = make(kept?.value)
    const madeAtMs = performance.now()
    kept = { value, dataVersion, usableUntilMs: madeAtMs + (madeAtMs - startedAtMs) * patience }
    return value
  }
}
