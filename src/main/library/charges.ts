import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'

export interface ChargeRequest {
  runId: number | null
  mediaId: number | null
  purpose: 'picture' | 'batch' | 'trial' | 'embedding'
  model: string
  /** The most it can cost. */
  usd: number
  dayCapUsd: number | null
  runCapUsd: number | null
  nowMs: number
}

export type Reserved = { kind: 'reserved'; chargeId: number } | { kind: 'day-cap' } | { kind: 'run-cap' }

export interface Spent {
  spentUsd: number
  /** Kept back for what is under way. */
  reservedUsd: number
}

/** Sums of many small amounts are off by less than this. */
const roundingUsd = 1e-9

/**
 * What was paid, and what may still be. Nothing is asked before the most it can cost is kept back within every cap; the answer
 * settles it. What a crash left open counts as spent: it may have been paid.
 */
export function createCharges(db: Db, changes: ChangeFeed) {
  const insert = db.prepare<unknown[], { id: number }>(
    `INSERT INTO charges (run_id, media_id, purpose, model, usd, is_settled, charged_on, charged_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  )
  const settle = db.prepare<[number, number]>(
    'UPDATE charges SET usd = ?, is_settled = 1 WHERE id = ? AND is_settled = 0',
  )
  const settleAsTheyAre = db.prepare(
    `UPDATE charges SET is_settled = 1 WHERE is_settled = 0 AND purpose IN ('picture', 'trial', 'embedding')`,
  )
  const ofDay = db.prepare<[string], Spent>(
    'SELECT spent_usd AS spentUsd, reserved_usd AS reservedUsd FROM spending WHERE day = ?',
  )
  const ofDays = db.prepare<[string, string], Spent>(
    `SELECT coalesce(sum(spent_usd), 0) AS spentUsd, coalesce(sum(reserved_usd), 0) AS reservedUsd FROM spending
     WHERE day >= ? AND day < ?`,
  )
  const ofRun = db.prepare<[number], Spent>(
    'SELECT spent_usd AS spentUsd, reserved_usd AS reservedUsd FROM analysis_runs WHERE id = ?',
  )

  function fits(usd: number, capUsd: number | null, { spentUsd, reservedUsd }: Spent = nothing): boolean {
    return capUsd === null || spentUsd + reservedUsd + usd <= capUsd + roundingUsd
  }

  function add({ runId, mediaId, purpose, model, usd, nowMs }: ChargeRequest, isSettled: boolean): number {
    const at = new Date(nowMs).toISOString()
    const row = insert.get(runId, mediaId, purpose, model, usd, isSettled ? 1 : 0, localDay(nowMs), at)
    return (row as { id: number }).id
  }

  return {
    /** Before anything is asked. */
    reserve: db.transaction((request: ChargeRequest): Reserved => {
      const { usd, dayCapUsd, runCapUsd, runId, nowMs } = request
      if (!fits(usd, dayCapUsd, ofDay.get(localDay(nowMs)))) return { kind: 'day-cap' }
      if (runId !== null && !fits(usd, runCapUsd, ofRun.get(runId))) return { kind: 'run-cap' }
      return { kind: 'reserved', chargeId: add(request, false) }
    }),

    /** What it did cost. Once: whoever comes second changes nothing. */
    settle(chargeId: number, usd: number): void {
      settle.run(usd, chargeId)
      changes.emit('analysis')
    },

    /** One answer of a batch, for which all was kept back before. */
    addSettled(request: Omit<ChargeRequest, 'dayCapUsd' | 'runCapUsd'>): void {
      add({ ...request, dayCapUsd: null, runCapUsd: null }, true)
    },

    /** At a start: nobody waits any more for what was open when the program ended. Batches are looked for. */
    settleForgotten(): void {
      settleAsTheyAre.run()
    },

    today(nowMs: number): Spent {
      return ofDay.get(localDay(nowMs)) ?? nothing
    },

    month(nowMs: number): Spent {
      const month = localDay(nowMs).slice(0, 7)
      return ofDays.get(`${month}-01`, `${month}-32`) ?? nothing
    },
  }
}

const nothing: Spent = { spentUsd: 0, reservedUsd: 0 }

/** `YYYY-MM-DD` by this computer's clock and place. */
function localDay(ms: number): string {
  const date = new Date(ms)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
