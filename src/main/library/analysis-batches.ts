import type { createAnalysisTasks } from './analysis-tasks.ts'
import type { createCharges } from './charges.ts'
import type { Db } from './database.ts'

export interface BatchRow {
  label: string
  runId: number
  /** Null until OpenAI has said that it has it. */
  batchId: string | null
  /** `sending`: whether it arrived is not known. */
  state: 'sending' | 'working' | 'read'
  chargeId: number
}

/** Batches on their way, so that one that was sent just before the end of the program is found again and not sent twice. */
export function createAnalysisBatches(
  db: Db,
  tasks: ReturnType<typeof createAnalysisTasks>,
  charges: ReturnType<typeof createCharges>,
) {
  const insert = db.prepare(
    `INSERT INTO analysis_batches (label, run_id, state, charge_id, created_at) VALUES (?, ?, 'sending', ?, ?)`,
  )
  const open = db.prepare<[number], BatchRow>(
    `SELECT label, run_id AS runId, batch_id AS batchId, state, charge_id AS chargeId FROM analysis_batches
     WHERE run_id = ? AND state IN ('sending', 'working') ORDER BY label`,
  )
  const ofCancelled = db.prepare<[], { runId: number }>(
    `SELECT DISTINCT b.run_id AS runId FROM analysis_batches b JOIN analysis_runs r ON r.id = b.run_id
     WHERE b.state IN ('sending', 'working') AND r.state = 'cancelled'`,
  )
  const setWorking = db.prepare<[string, string]>(
    `UPDATE analysis_batches SET state = 'working', batch_id = ? WHERE label = ?`,
  )
  const setRead = db.prepare<[string]>(`UPDATE analysis_batches SET state = 'read' WHERE label = ?`)

  return {
    /** Written before it is sent. */
    begin: db.transaction(
      (batch: Pick<BatchRow, 'label' | 'runId' | 'chargeId'>, mediaIds: readonly number[]): void => {
        insert.run(batch.label, batch.runId, batch.chargeId, new Date().toISOString())
        tasks.send(batch.runId, mediaIds, batch.label)
      },
    ),

    /** Those that are not read yet. */
    open(runId: number): BatchRow[] {
      return open.all(runId)
    },

    /** Cancelled runs that have batches at OpenAI still. */
    cancelledRuns(): number[] {
      return ofCancelled.all().map(({ runId }) => runId)
    },

    /** @param left pictures that are not in it after all: they wait for the next. */
    arrived: db.transaction((label: string, batchId: string, runId: number, left: readonly number[]): void => {
      for (const mediaId of left) tasks.unsend(runId, mediaId)
      setWorking.run(batchId, label)
    }),

    /** Nothing more comes of it: what has no answer waits again, and what was kept back is free. */
    end: db.transaction(({ label, chargeId }: BatchRow): void => {
      tasks.takeBack(label)
      setRead.run(label)
      charges.settle(chargeId, 0)
    }),
  }
}
