import type { Database } from 'better-sqlite3'
import type { EngineName } from '../../../shared/engine.ts'
import type { Run, RunCount, RunDetail, RunError, RunFilter, RunStep } from '../../../shared/runs.ts'

/** In the order of their numbers in `run.state`. */
const states: readonly RunFilter[] = ['running', 'completed', 'failed', 'cancelled', 'lost']
const numberOf = (state: RunFilter): number => states.indexOf(state)

/** A run as far as it is known; what changes of it is written again as a whole. */
export interface RunEntry {
  id: string
  functionId: string
  engine: EngineName
  state: RunFilter
  event: { name: string; data: Record<string, unknown> }
  /** Milliseconds since 1970, as all times here. */
  beganAt: number
  endedAt: number | null
  failedAttempts: number
  error: RunError | null
  result: string | null
}

/** One attempt at a step of it. */
export interface StepEntry {
  runId: string
  hash: string
  attempt: number
  name: string
  kind: string
  beganAt: number
  endedAt: number | null
  error: RunError | null
}

/** Which runs: `before` is the `seq` that a page ended with. */
export interface RunsAsked {
  functionId?: string | undefined
  state?: RunFilter | undefined
  before: number
  limit: number
}

/** `next` goes on where it ends; null: there is no more. */
export interface RunPage {
  runs: (Run & Pick<RunDetail, 'event'>)[]
  next: number | null
}

interface RunRow {
  seq: number
  id: string
  function: string
  engine: EngineName
  state: number
  event: string
  began_at: number
  ended_at: number | null
  failed_attempts: number
  error: string | null
  result: string | null
  is_waiting: number
}

interface StepRow {
  hash: string
  attempt: number
  name: string
  kind: string
  began_at: number
  ended_at: number | null
  error: string | null
}

/** Kinds of steps in which the program itself does something; in all others the run waits. */
export const workingKinds: readonly string[] = ['run', 'sendEvent', 'function']

const openStep = (condition: string) =>
  `EXISTS (SELECT 1 FROM step WHERE step.run = run.seq AND step.ended_at IS NULL AND step.kind ${condition})`
const working = `(${workingKinds.map(kind => `'${kind}'`).join(', ')})`
const runColumns = `run.*, run.state = 0 AND ${openStep(`NOT IN ${working}`)} AND NOT ${openStep(`IN ${working}`)} AS is_waiting`

/** Every statement about recorded runs, prepared once. */
export function createRows(db: Database) {
  const putRun =
    db.prepare(`INSERT INTO run (id, function, engine, state, event, began_at, ended_at, failed_attempts, error, result)
    VALUES (@id, @functionId, @engine, @state, @event, @beganAt, @endedAt, @failedAttempts, @error, @result)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, ended_at = excluded.ended_at, engine = excluded.engine,
      failed_attempts = excluded.failed_attempts, error = excluded.error, result = excluded.result`)
  const putStep = db.prepare(`INSERT INTO step (run, hash, attempt, name, kind, began_at, ended_at, error)
    SELECT seq, @hash, @attempt, @name, @kind, @beganAt, @endedAt, @error FROM run WHERE id = @runId
    ON CONFLICT (run, hash, attempt) DO UPDATE SET began_at = excluded.began_at, ended_at = excluded.ended_at,
      error = excluded.error`)
  const oneRun = db.prepare<[string], RunRow>(`SELECT ${runColumns} FROM run WHERE id = ?`)
  const unendedRuns = db.prepare<[], RunRow>(`SELECT ${runColumns} FROM run WHERE state = 0 ORDER BY seq`)
  const stepsOf = db.prepare<[number], StepRow>('SELECT * FROM step WHERE run = ? ORDER BY id')
  const openStepsOf = db.prepare<[string], StepRow>(
    'SELECT step.* FROM step JOIN run ON run.seq = step.run WHERE run.id = ? AND step.ended_at IS NULL',
  )
  const page = (condition: string) =>
    db.prepare<unknown[], RunRow>(
      `SELECT ${runColumns} FROM run WHERE ${condition} run.seq < ? ORDER BY run.seq DESC LIMIT ?`,
    )
  const pages = {
    all: page(''),
    state: page('run.state = ? AND'),
    function: page('run.function = ? AND'),
    both: page('run.function = ? AND run.state = ? AND'),
  }
  const countRuns = db.prepare<[], { function: string; state: number; count: number }>(
    'SELECT function, state, count(*) AS count FROM run INDEXED BY run_function_state GROUP BY function, state',
  )
  const endOpenSteps = db.prepare(
    'UPDATE step SET ended_at = @at WHERE ended_at IS NULL AND run IN (SELECT seq FROM run WHERE state = 0 AND began_at < @before)',
  )
  const loseRuns = db.prepare('UPDATE run SET state = 4, ended_at = @at WHERE state = 0 AND began_at < @before')
  const dropEnded = db.prepare(
    'DELETE FROM run WHERE seq IN (SELECT seq FROM run WHERE ended_at IS NOT NULL AND ended_at < ? LIMIT ?)',
  )
  const oldestKept = db
    .prepare<[number], number>('SELECT seq FROM run WHERE state = 1 ORDER BY seq DESC LIMIT 1 OFFSET ?')
    .pluck()
  const dropCompleted = db.prepare(
    'DELETE FROM run WHERE seq IN (SELECT seq FROM run WHERE state = 1 AND seq <= ? LIMIT ?)',
  )

  return {
    putRun: ({ state, event, error, ...entry }: RunEntry) =>
      putRun.run({ ...entry, state: numberOf(state), event: JSON.stringify(event), error: asText(error) }),
    putStep: ({ error, ...entry }: StepEntry) => putStep.run({ ...entry, error: asText(error) }),

    entry: (id: string): RunEntry | null => {
      const row = oneRun.get(id)
      return row ? toEntry(row) : null
    },
    unended: (): RunEntry[] => unendedRuns.all().map(toEntry),
    openSteps: (runId: string): StepEntry[] => openStepsOf.all(runId).map(row => toStepEntry(runId, row)),

    list({ functionId, state, before, limit }: RunsAsked): RunPage {
      const rows = rowsOf(pages, functionId, state, [before, limit])
      const runs = rows.map(row => ({ ...toRun(row), event: JSON.parse(row.event) }))
      return { runs, next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null }
    },
    detail(id: string): RunDetail | null {
      const row = oneRun.get(id)
      if (!row) return null
      const steps = stepsOf.all(row.seq).map(toStep)
      return { ...toRun(row), engine: row.engine, event: JSON.parse(row.event), result: row.result, steps }
    },
    counts: (): RunCount[] =>
      countRuns.all().map(({ function: functionId, state, count }) => ({
        functionId,
        state: states[state] as RunFilter,
        count,
      })),

    /** Those that began before `before` and have not ended: whoever ran them knows them no more. */
    lose: db.transaction((before: number, at: number) => {
      endOpenSteps.run({ before, at })
      return loseRuns.run({ before, at }).changes
    }),
    /** Forgets at most `most` of each kind. @returns whether there may be more. */
    prune: db.transaction((endedBefore: number, completedKept: number, most: number): boolean => {
      const dropped = dropEnded.run(endedBefore, most).changes
      const oldest = oldestKept.get(completedKept)
      const overfull = oldest === undefined ? 0 : dropCompleted.run(oldest, most).changes
      return dropped === most || overfull === most
    }),
  }
}

export type Rows = ReturnType<typeof createRows>

type Pages = Record<'all' | 'state' | 'function' | 'both', { all(...values: unknown[]): RunRow[] }>

function rowsOf(pages: Pages, functionId: string | undefined, state: RunFilter | undefined, range: number[]): RunRow[] {
  if (functionId !== undefined && state !== undefined) return pages.both.all(functionId, numberOf(state), ...range)
  if (functionId !== undefined) return pages.function.all(functionId, ...range)
  if (state !== undefined) return pages.state.all(numberOf(state), ...range)
  return pages.all.all(...range)
}

const asText = (error: RunError | null): string | null => (error ? JSON.stringify(error) : null)
const asError = (text: string | null): RunError | null => (text === null ? null : JSON.parse(text))
const asTime = (at: number): string => new Date(at).toISOString()

function toEntry(row: RunRow): RunEntry {
  return {
    id: row.id,
    functionId: row.function,
    engine: row.engine,
    state: states[row.state] as RunFilter,
    event: JSON.parse(row.event),
    beganAt: row.began_at,
    endedAt: row.ended_at,
    failedAttempts: row.failed_attempts,
    error: asError(row.error),
    result: row.result,
  }
}

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    functionId: row.function,
    state: row.is_waiting ? 'waiting' : (states[row.state] as RunFilter),
    startedAt: asTime(row.began_at),
    endedAt: row.ended_at === null ? null : asTime(row.ended_at),
    failedAttempts: row.failed_attempts,
    error: asError(row.error),
  }
}

function toStepEntry(runId: string, { hash, attempt, name, kind, began_at, ended_at, error }: StepRow): StepEntry {
  return { runId, hash, attempt, name, kind, beganAt: began_at, endedAt: ended_at, error: asError(error) }
}

function toStep({ name, kind, attempt, began_at, ended_at, error }: StepRow): RunStep {
  const endedAt = ended_at === null ? null : asTime(ended_at)
  return { name, kind, attempt, startedAt: asTime(began_at), endedAt, error: asError(error) }
}
