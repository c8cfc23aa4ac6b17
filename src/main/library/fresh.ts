import type { Db } from './database.ts'

/**
 * Keeps what was made from the database until that changes. Of a connection of its own: `data_version` tells of what others
 * wrote. While something writes all the time, what took long to make is used for `patience` times as long.
 */
export function createFresh<T>(db: Db, make: (before: T | undefined) => T, patience = 8): () => T {
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
