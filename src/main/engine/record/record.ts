import Database from 'better-sqlite3'
import type { InngestFunction, Middleware } from 'inngest'
import type { EngineName } from '../../../shared/engine.ts'
import type { RunCount, RunDetail } from '../../../shared/runs.ts'
import { openRecord } from './database.ts'
import { createRecordingMiddleware } from './middleware.ts'
import { Recorder } from './recorder.ts'
import { createRows, type RunPage, type RunsAsked } from './rows.ts'

export interface RunRecordOptions {
  /** Its own database file, made when it is not there. */
  databasePath: string
  /** How long a run is kept after its end, in ms. Asked each time, since it may be set. */
  keptForMs(): number
  /** Of runs that ended well, so many at most: an import of half a million files would fill the disk with them. */
  completedMost?: number
  /** Something changed; at most a few times a second. */
  onChange(): void
  /** Something is wrong with it that is not the disk's: a full one is for others to say. Work goes on without it. */
  report(error: unknown): void
  now?(): number
}

/** What runs did, whatever engine ran them: kept for a while, for a person to look at. Nothing depends on it. */
export interface RunRecord {
  /** For the Inngest client whose functions are recorded. */
  readonly middleware: Middleware.Class
  /** That engine runs these functions from now on. */
  begin(engine: EngineName, functions: readonly InngestFunction.Any[]): void
  cancelled(runId: string): void
  /** The engine knows none of the runs any more that began before then, in ms since 1970. */
  lose(before: number): void
  /** The youngest first. */
  list(asked: RunsAsked): RunPage
  get(id: string): RunDetail | null
  counts(): RunCount[]
  close(): void
}

const defaultCompletedMost = 100_000
const pruneEveryMs = 10 * 60_000
/** Twice as long as any function waits. */
const longestRunMs = 60 * 86_400_000
/** So many are dropped in a few milliseconds. */
const prunedAtOnce = 500
const freedPagesAtOnce = 500

/** Opens the record. What cannot be read of it is begun anew. */
export function createRunRecord(options: RunRecordOptions): RunRecord {
  const { now = Date.now, onChange, report, keptForMs, completedMost = defaultCompletedMost } = options
  const db = openRecord(options.databasePath)
  const rows = createRows(db)
  let isClosed = false

  /** What is still told after the end is not kept. */
  function write(work: () => void): void {
    if (isClosed) return
    try {
      db.transaction(work)()
    } catch (cause) {
      if (!isOfTheDisk(cause)) report(cause)
    }
  }
  const recorder = new Recorder(rows, now, write, onChange)

  function prune(): void {
    if (isClosed) return
    let hasMore = false
    write(() => {
      // What answers no more, and was never said to be over.
      rows.lose(now() - longestRunMs, now())
      hasMore = rows.prune(now() - keptForMs(), completedMost, prunedAtOnce)
    })
    if (!hasMore) write(() => void db.pragma(`incremental_vacuum(${freedPagesAtOnce})`))
    timer = setTimeout(prune, hasMore ? 0 : pruneEveryMs).unref()
  }
  let timer = setTimeout(prune, 0).unref()

  /** With what has not been written yet. */
  function upToDate<Value>(read: () => Value): Value {
    recorder.flush()
    return read()
  }

  return {
    middleware: createRecordingMiddleware(recorder),
    begin: (engine, functions) => recorder.begin(engine, functions),
    cancelled: runId => recorder.cancelled(runId),
    lose: before => recorder.lose(before),
    list: asked => upToDate(() => rows.list(asked)),
    get: id => upToDate(() => rows.detail(id)),
    counts: () => upToDate(rows.counts),
    close() {
      if (isClosed) return
      recorder.flush()
      isClosed = true
      clearTimeout(timer)
      db.close()
    },
  }
}

const isOfTheDisk = (cause: unknown): boolean =>
  cause instanceof Database.SqliteError && /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY)/.test(cause.code)
