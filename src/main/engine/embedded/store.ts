import type { Database } from 'better-sqlite3'
import type { StoredStep } from './wire.ts'

export const JobState = { ready: 0, executing: 1, parked: 2, pending: 3 } as const
export const JobKind = { call: 0, sleep: 1, wait: 2, invoke: 3 } as const

export interface NewRun {
  seq: number
  id: string
  function: number
  priority: number
  /** JSON array. */
  events: string
  gates: string | null
  createdAt: number
  expiresAt: number | null
  parentRun: number | null
  parentStep: string | null
}

/** A job that can be executed now, with what is needed of its run. */
export interface ReadyJob {
  job: number
  run: number
  runId: string
  step: string | null
  attempt: number
  crashes: number
  isRace: number
  events: string
  gates: string | null
  /** 1 when the run has been called before. */
  hasBegun: number
  begunAt: number | null
  /** JSON: what the engine is to fetch instead of calling the function. */
  request: string | null
}

export interface NewJob {
  run: number
  function: number
  priority: number
  state: number
  kind: number
  step: string | null
  isRace: number
  dueAt: number | null
  waitEvent: string | null
  waitPath: string | null
  waitKey: string | null
  waitCondition: string | null
  request: string | null
}

export interface DueJob {
  job: number
  run: number
  function: number
  kind: number
  step: string | null
}

export interface WaitingJob {
  job: number
  run: number
  step: string
  condition: string | null
  events: string
}

export interface RunRow {
  seq: number
  id: string
  function: number
  priority: number
  events: string
  createdAt: number
  parentRun: number | null
  parentStep: string | null
}

const RUN_COLUMNS = `run.seq, run.id, run.function, run.priority, run.events, run.created_at AS createdAt,
  run.parent_run AS parentRun, run.parent_step AS parentStep`

/** Every statement about runs, their jobs and their steps, prepared once. Transactions are the caller's. */
export function createStore(db: Database) {
  const insertRun =
    db.prepare(`INSERT INTO run (seq, id, function, priority, events, gates, created_at, expires_at, parent_run, parent_step)
    VALUES (@seq, @id, @function, @priority, @events, @gates, @createdAt, @expiresAt, @parentRun, @parentStep)`)
  const insertJob = db.prepare(`INSERT INTO job (run, function, priority, state, kind, step, is_race, due_at,
      wait_event, wait_path, wait_key, wait_condition, request)
    VALUES (@run, @function, @priority, @state, @kind, @step, @isRace, @dueAt,
      @waitEvent, @waitPath, @waitKey, @waitCondition, @request)`)
  const insertCall = db.prepare(`INSERT INTO job (run, function, priority, state, kind, due_at)
    VALUES (@run, @fn, @priority, iif(@dueAt IS NULL, 0, 3), 0, @dueAt)`)
  const insertStep = db.prepare('INSERT OR IGNORE INTO step (run, hash, state) VALUES (?, ?, ?)')
  const insertRunKey = db.prepare('INSERT OR IGNORE INTO run_key (function, path, key, run) VALUES (?, ?, ?, ?)')
  const selectRun = db.prepare(`SELECT ${RUN_COLUMNS} FROM run WHERE seq = ?`)
  // No index: it is asked when a person cancels one, and costs every run that is begun.
  const selectRunOfId = db.prepare(`SELECT ${RUN_COLUMNS} FROM run WHERE id = ?`)
  const deleteRun = db.prepare('DELETE FROM run WHERE seq = ?')
  const selectReady = db.prepare(`SELECT job.id AS job, job.run, run.id AS runId, job.step, job.attempt, job.crashes,
      job.is_race AS isRace, job.request, run.events, run.gates, run.has_begun AS hasBegun, run.begun_at AS begunAt
    FROM job INDEXED BY job_ready JOIN run ON run.seq = job.run
    WHERE job.function = ? AND job.state = 0 AND (run.expires_at IS NULL OR run.expires_at > ?)
    ORDER BY job.priority DESC, job.run LIMIT ?`)
  const setExecuting = db.prepare('UPDATE job SET state = 1 WHERE id = ?')
  const setBegun = db.prepare('UPDATE run SET has_begun = 1 WHERE seq = ? AND has_begun = 0')
  const setBegunAt = db.prepare('UPDATE run SET begun_at = ?, expires_at = ? WHERE seq = ?')
  const selectExpired = db.prepare(`SELECT ${RUN_COLUMNS} FROM run WHERE expires_at <= ? ORDER BY expires_at LIMIT ?`)
  const nextExpiry = db.prepare('SELECT min(expires_at) FROM run WHERE expires_at IS NOT NULL').pluck()
  const setExpiry = db.prepare('UPDATE run SET expires_at = ? WHERE seq = ?')
  const setExpiries = db.prepare(`UPDATE run
    SET expires_at = iif(begun_at IS NULL, created_at + @startMs, begun_at + @finishMs)
    WHERE function = @fn AND expires_at > 0`)
  const setParked = db.prepare('UPDATE job SET state = 2, gate = ? WHERE id = ?')
  const unparkBest = db.prepare(`UPDATE job SET state = 0, gate = NULL WHERE id IN
    (SELECT id FROM job WHERE state = 2 AND gate = ? ORDER BY priority DESC, run LIMIT ?)`)
  const unparkBestOf = db.prepare(`UPDATE job SET state = 0, gate = NULL WHERE id IN
    (SELECT id FROM job INDEXED BY job_parked WHERE state = 2 AND gate = ? AND function = ?
     ORDER BY priority DESC, run LIMIT ?)`)
  const selectGates = db
    .prepare(`WITH RECURSIVE g (gate) AS (
      SELECT min(gate) FROM job WHERE state = 2
      UNION ALL SELECT (SELECT min(gate) FROM job WHERE state = 2 AND gate > g.gate) FROM g WHERE g.gate IS NOT NULL)
    SELECT gate FROM g WHERE gate IS NOT NULL`)
    .pluck()
  const setAttempt = db.prepare('UPDATE job SET attempt = 0, crashes = 0 WHERE id = ? AND run = ?')
  const setRetry = db.prepare('UPDATE job SET state = 3, attempt = attempt + 1, crashes = 0, due_at = ? WHERE id = ?')
  const setReadyCall =
    db.prepare(`UPDATE job SET state = 0, kind = 0, step = NULL, attempt = 0, crashes = 0, is_race = 0,
      due_at = NULL, wait_event = NULL, wait_path = NULL, wait_key = NULL, wait_condition = NULL, request = NULL
    WHERE id = ?`)
  const setReadyRaceCall = db.prepare('UPDATE job SET is_race = 1 WHERE id = ?')
  const setReady = db.prepare('UPDATE job SET state = 0, due_at = NULL WHERE id = ?')
  const setDue = db.prepare('UPDATE job SET due_at = ? WHERE id = ?')
  const deleteJob = db.prepare('DELETE FROM job WHERE id = ?')
  const hasOtherJobs = db.prepare('SELECT 1 FROM job WHERE run = ? AND id <> ? LIMIT 1').pluck()
  const findReadyCall = db.prepare('SELECT 1 FROM job WHERE run = ? AND step IS NULL AND state = 0').pluck()
  const findReady = db
    .prepare('SELECT 1 FROM job INDEXED BY job_ready WHERE state = 0 AND function = ? LIMIT 1')
    .pluck()
  const findParked = db
    .prepare('SELECT 1 FROM job INDEXED BY job_parked WHERE state = 2 AND function = ? LIMIT 1')
    .pluck()
  const findParkedAt = db.prepare('SELECT 1 FROM job WHERE state = 2 AND gate = ? LIMIT 1').pluck()
  const findJob = db.prepare('SELECT 1 FROM job WHERE id = ? AND run = ?').pluck()
  const findStepJob = db.prepare('SELECT id FROM job WHERE run = ? AND step = ?').pluck()
  const findStep = db.prepare('SELECT 1 FROM step WHERE run = ? AND hash = ?').pluck()
  const isRaceJob = db.prepare('SELECT is_race FROM job WHERE id = ?').pluck()
  const selectSteps = db.prepare('SELECT hash, state FROM step WHERE run = ? ORDER BY id')
  const selectDue = db.prepare(`SELECT id AS job, run, function, kind, step FROM job
    WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at LIMIT ?`)
  const nextDue = db.prepare('SELECT min(due_at) FROM job WHERE due_at IS NOT NULL').pluck()
  const selectWaiting = db.prepare(`SELECT job.id AS job, job.run, job.step, job.wait_condition AS condition, run.events
    FROM job JOIN run ON run.seq = job.run WHERE job.wait_event = ? AND job.wait_path = ? AND job.wait_key = ?`)
  const forgetWaits = db.prepare(
    'UPDATE job SET wait_key = NULL WHERE wait_event = ? AND wait_path = ? AND wait_key = ?',
  )
  const selectWaits = db.prepare(
    `SELECT DISTINCT wait_event AS event, wait_path AS path FROM job WHERE wait_event IS NOT NULL`,
  )
  const selectRunsByKey = db.prepare(`SELECT ${RUN_COLUMNS} FROM run_key JOIN run ON run.seq = run_key.run
    WHERE run_key.function = ? AND run_key.path = ? AND run_key.key = ? AND run_key.run > ? AND run_key.run <= ?
    ORDER BY run_key.run LIMIT ?`)
  const releaseStopped = db.prepare('UPDATE job SET state = 0 WHERE state = 1')
  const releaseCrashed = db.prepare('UPDATE job SET state = 0, crashes = crashes + 1 WHERE state = 1')
  const lastSeq = db
    .prepare('SELECT max(coalesce((SELECT max(seq) FROM run), 0), coalesce((SELECT max(upto) FROM sweep), 0))')
    .pluck()
  const insertFunction = db.prepare('INSERT OR IGNORE INTO function (id) VALUES (?)')
  const functionRef = db.prepare('SELECT ref FROM function WHERE id = ?').pluck()
  const shiftJobs = db.prepare('UPDATE job SET due_at = due_at - ? WHERE due_at IS NOT NULL')

  return {
    insertRun: (run: NewRun) => insertRun.run(run),
    insertJob: (job: NewJob) => Number(insertJob.run(job).lastInsertRowid),
    /** A call of the function, to find out what it does next: ready, or when it is due. */
    insertCall: (run: number, fn: number, priority: number, dueAt: number | null = null) =>
      Number(insertCall.run({ run, fn, priority, dueAt }).lastInsertRowid),
    insertStep: (run: number, hash: string, state: string) => insertStep.run(run, hash, state),
    insertRunKey: (fn: number, path: string, key: string, run: number) => insertRunKey.run(fn, path, key, run),
    run: (seq: number) => selectRun.get(seq) as RunRow | undefined,
    runOfId: (id: string) => selectRunOfId.get(id) as RunRow | undefined,
    deleteRun: (seq: number) => deleteRun.run(seq),
    /** Without those of runs that have no time left: they are cancelled soon. */
    readyJobs: (fn: number, now: number, limit: number) => selectReady.all(fn, now, limit) as ReadyJob[],
    setExecuting: (job: number) => setExecuting.run(job),
    setBegun: (run: number) => setBegun.run(run),
    setBegunAt: (run: number, at: number, expiresAt: number | null) => setBegunAt.run(at, expiresAt, run),
    expiredRuns: (now: number, limit: number) => selectExpired.all(now, limit) as RunRow[],
    nextExpiryAt: () => nextExpiry.get() as number | null,
    setExpiry: (run: number, at: number) => setExpiry.run(at, run),
    /** Reckons anew when runs of the function have no time left, of those that had a limit; null is none. */
    setExpiries: (fn: number, startMs: number | null, finishMs: number | null) =>
      setExpiries.run({ fn, startMs, finishMs }),
    setParked: (job: number, gate: string) => setParked.run(gate, job),
    unpark: (gate: string, limit: number) => unparkBest.run(gate, limit).changes,
    /** Those of one function, of a gate that functions share. */
    unparkOf: (gate: string, fn: number, limit: number) => unparkBestOf.run(gate, fn, limit).changes,
    hasParkedAt: (gate: string) => findParkedAt.get(gate) !== undefined,
    parkedGates: () => selectGates.all() as string[],
    /** Starts the count of attempts anew. @returns false when the run is gone. */
    resetAttempt: (job: number, run: number) => setAttempt.run(job, run).changes > 0,
    setRetry: (job: number, dueAt: number) => setRetry.run(dueAt, job),
    setReady: (job: number) => setReady.run(job),
    setDue: (job: number, dueAt: number) => setDue.run(dueAt, job),
    /** Turns a job into the call that finds out what is next. */
    setReadyCall: (job: number) => setReadyCall.run(job),
    markRace: (job: number) => setReadyRaceCall.run(job),
    deleteJob: (job: number) => deleteJob.run(job),
    hasOtherJobs: (run: number, job: number) => hasOtherJobs.get(run, job) !== undefined,
    hasReadyCall: (run: number) => findReadyCall.get(run) !== undefined,
    /** Whether something of the function could be executed now, or waits at a closed gate. */
    hasReady: (fn: number) => (findReady.get(fn) ?? findParked.get(fn)) !== undefined,
    hasJob: (job: number, run: number) => findJob.get(job, run) !== undefined,
    stepJob: (run: number, step: string) => findStepJob.get(run, step) as number | undefined,
    hasStep: (run: number, hash: string) => findStep.get(run, hash) !== undefined,
    isRaceJob: (job: number) => isRaceJob.get(job) === 1,
    steps: (run: number) => selectSteps.all(run) as StoredStep[],
    dueJobs: (now: number, limit: number) => selectDue.all(now, limit) as DueJob[],
    nextDueAt: () => nextDue.get() as number | null,
    waitingJobs: (event: string, path: string, key: string) => selectWaiting.all(event, path, key) as WaitingJob[],
    /** Nothing ends them any more but their time. */
    forgetWaits: (event: string, path: string, key: string) => forgetWaits.run(event, path, key),
    waits: () => selectWaits.all() as { event: string; path: string }[],
    runsByKey: (fn: number, path: string, key: string, after: number, upto: number, limit: number) =>
      selectRunsByKey.all(fn, path, key, after, upto, limit) as RunRow[],
    /** Gives back what was executing when the engine stopped in good order. */
    releaseStopped: () => releaseStopped.run(),
    /** Gives back what was executing when the process ended without a word. */
    releaseCrashed: () => releaseCrashed.run(),
    lastSeq: () => lastSeq.get() as number,
    functionRef(id: string): number {
      insertFunction.run(id)
      return functionRef.get(id) as number
    },
    shiftDue: (byMs: number) => shiftJobs.run(byMs),
  }
}

export type Store = ReturnType<typeof createStore>
