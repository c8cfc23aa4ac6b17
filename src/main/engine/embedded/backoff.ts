/** How long to wait, in milliseconds, after attempt n (the first is 0) has failed. */
export type Backoff = (attempt: number) => number

// Inngest's own table, from its server's source: the last one is for every attempt after it.
const DELAYS_MS = [15_000, 30_000, 60_000, 120_000, 300_000, 600_000]
const JITTER_MS = 30_000

export const defaultBackoff: Backoff = attempt =>
  (DELAYS_MS[Math.min(attempt, DELAYS_MS.length - 1)] as number) + Math.floor(Math.random() * JITTER_MS)
