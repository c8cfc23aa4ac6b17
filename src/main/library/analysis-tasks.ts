import type { FailedFor } from '../../shared/analysis.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'

export interface TaskRow {
  mediaId: number
  state: 'waiting' | 'sent' | 'done' | 'failed'
  batchLabel: string | null
  /** Answers that could not be used. */
  attempts: number
  failureCode: string | null
  failure: string | null
}

const columns = `media_id AS mediaId, state, batch_label AS batchLabel, attempts, failure_code AS failureCode, failure`

/** Reasons that are told apart, and pictures named for each. */
const reasonsMax = 20
const named = 8

/** The pictures of a run. Its counts follow from their states, by triggers. */
export function createAnalysisTasks(db: Db, changes: ChangeFeed) {
  const add = db.prepare<[number, number]>(
    `INSERT INTO analysis_tasks (run_id, media_id, state) VALUES (?, ?, 'waiting')
     ON CONFLICT (run_id, media_id) DO UPDATE SET state = 'waiting', attempts = 0, failure_code = NULL, failure = NULL
     WHERE state IN ('done', 'failed')`,
  )
  const one = db.prepare<[number, number], TaskRow>(
    `SELECT ${columns} FROM analysis_tasks WHERE run_id = ? AND media_id = ?`,
  )
  const waiting = db.prepare<[number, number], { mediaId: number }>(
    `SELECT media_id AS mediaId FROM analysis_tasks WHERE run_id = ? AND state = 'waiting' ORDER BY media_id LIMIT ?`,
  )
  const ofBatch = db.prepare<[string], TaskRow>(
    `SELECT ${columns} FROM analysis_tasks WHERE batch_label = ? AND state = 'sent'`,
  )
  const end = db.prepare<[string, number, string | null, string | null, number, number]>(
    `UPDATE analysis_tasks SET state = ?, batch_label = NULL, attempts = attempts + ?, failure_code = ?, failure = ?
     WHERE run_id = ? AND media_id = ?`,
  )
  const send = db.prepare<[string, number, number]>(
    `UPDATE analysis_tasks SET state = 'sent', batch_label = ? WHERE run_id = ? AND media_id = ? AND state = 'waiting'`,
  )
  const takeBack = db.prepare<[string]>(
    `UPDATE analysis_tasks SET state = 'waiting', batch_label = NULL WHERE batch_label = ? AND state = 'sent'`,
  )
  const unsend = db.prepare<[number, number]>(
    `UPDATE analysis_tasks SET state = 'waiting', batch_label = NULL
     WHERE run_id = ? AND media_id = ? AND state = 'sent'`,
  )
  const retry = db.prepare<[number]>(
    `UPDATE analysis_tasks SET state = 'waiting', attempts = 0, failure_code = NULL, failure = NULL
     WHERE run_id = ? AND state = 'failed'`,
  )

  const failures = db.prepare<
    [{ runId: number; reasonsMax: number; named: number }],
    Omit<FailedFor, 'mediaIds'> & { ids: string }
  >(
    `SELECT code, message, count(*) AS count, json_group_array(media_id) FILTER (WHERE place <= @named) AS ids FROM (
       SELECT coalesce(failure_code, 'internal') AS code, coalesce(failure, '') AS message, media_id,
         row_number() OVER (PARTITION BY failure_code, failure ORDER BY media_id) AS place
       FROM analysis_tasks WHERE run_id = @runId AND state = 'failed')
     GROUP BY code, message ORDER BY count DESC, code LIMIT @reasonsMax`,
  )

  return {
    /** @returns how many are new in the run, or waited for again. */
    add: db.transaction((runId: number, mediaIds: readonly number[]): number => {
      let added = 0
      for (const mediaId of mediaIds) added += add.run(runId, mediaId).changes
      changes.emit('analysis')
      return added
    }),

    get(runId: number, mediaId: number): TaskRow | null {
      return one.get(runId, mediaId) ?? null
    },

    waiting(runId: number, limit: number): number[] {
      return waiting.all(runId, limit).map(({ mediaId }) => mediaId)
    },

    /** Those of a batch whose answers are not recorded yet. */
    ofBatch(label: string): TaskRow[] {
      return ofBatch.all(label)
    },

    /** Within a transaction of the caller. */
    end(
      runId: number,
      mediaId: number,
      state: 'done' | 'failed' | 'waiting',
      why: { code: string; message: string } | null,
    ) {
      end.run(state, why === null ? 0 : 1, why?.code ?? null, why?.message ?? null, runId, mediaId)
      changes.emit('analysis')
    },

    /** Within a transaction of the caller. */
    send(runId: number, mediaIds: readonly number[], label: string): void {
      for (const mediaId of mediaIds) send.run(label, runId, mediaId)
    },

    /** Within a transaction of the caller. */
    unsend(runId: number, mediaId: number): void {
      unsend.run(runId, mediaId)
    },

    /** Within a transaction of the caller: its answers will not come. */
    takeBack(label: string): void {
      takeBack.run(label)
    },

    /** Why pictures of a run failed, the commonest reason first. */
    failures(runId: number): FailedFor[] {
      return failures.all({ runId, reasonsMax, named }).map(({ ids, ...reason }) => ({
        ...reason,
        mediaIds: JSON.parse(ids),
      }))
    },

    /** Failed ones wait again. @returns how many. */
    retry(runId: number): number {
      const { changes: count } = retry.run(runId)
      changes.emit('analysis')
      return count
    },
  }
}
