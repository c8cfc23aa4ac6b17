import { type InngestFunction, StepError } from 'inngest'
import type { EngineName } from '../../../shared/engine.ts'
import type { RunError } from '../../../shared/runs.ts'
import { type Rows, type RunEntry, type StepEntry, workingKinds } from './rows.ts'

/** Written together after so long, so that an import of thousands of steps a second makes a few transactions of them. */
const gatherMs = 250
/** A longer answer of a function is not kept. */
const resultMost = 2000
const messageMost = 2000

interface Event {
  name: string
  data?: Record<string, unknown> | undefined
}

interface Call {
  runId: string
  functionId: string
  event: Event
  attempt: number
}

interface Step {
  hash: string
  kind: string
  name: string
}

/** A run that has not ended, with what of it is open. */
interface LiveRun {
  entry: RunEntry
  /** By hash: what it works on or waits for. */
  open: Map<string, StepEntry>
}

/** One call of a function, told as it goes. */
export interface RunCall {
  /** A step that waits begins when it is met first, and has ended when its answer is there. */
  stepMet(step: Step, isAnswered: boolean): void
  stepBegan(step: Step): void
  stepEnded(hash: string): void
  stepFailed(hash: string, error: unknown): void
  completed(output: unknown): void
  failed(error: unknown, isFinal: boolean): void
}

/**
 * What becomes of runs, gathered in memory and written a few times a second. What a killed program had not written is not in the
 * record; the work itself does not depend on it.
 */
export class Recorder {
  #rows: Rows
  #now: () => number
  #onChange: () => void
  #write: (work: () => void) => void
  #engine: EngineName = 'embedded'
  #cancelOn = new Map<string, NonNullable<InngestFunction.Any['opts']['cancelOn']>>()
  /** Names of events that cancel something. */
  #cancelling = new Set<string>()
  #live = new Map<string, LiveRun>()
  #changedRuns = new Set<RunEntry>()
  #changedSteps = new Set<StepEntry>()
  #timer: NodeJS.Timeout | undefined

  /** @param write does it in one transaction, or says why it could not and goes on. */
  constructor(rows: Rows, now: () => number, write: (work: () => void) => void, onChange: () => void) {
    this.#rows = rows
    this.#now = now
    this.#write = write
    this.#onChange = onChange
  }

  /** From now on that engine runs these functions. Runs that an earlier start left unfinished are known again. */
  begin(engine: EngineName, functions: readonly InngestFunction.Any[]): void {
    this.#engine = engine
    this.#cancelOn = new Map(functions.map(fn => [fn.id(), fn.opts.cancelOn ?? []]))
    this.#cancelling = new Set([...this.#cancelOn.values()].flat().map(({ event }) => event as string))
    for (const entry of this.#rows.unended()) if (!this.#live.has(entry.id)) this.#adopt(entry)
  }

  called({ runId, functionId, event, attempt }: Call): RunCall {
    this.#noteFailureOf(event)
    const run = this.#live.get(runId) ?? this.#takeUp(runId, functionId, event)
    return {
      stepMet: (step, isAnswered) => {
        if (workingKinds.includes(step.kind)) return
        const open = run.open.get(step.hash)
        if (isAnswered) this.#endStep(run, open, null)
        else if (!open) this.#openStep(run, step, attempt)
      },
      stepBegan: step => this.#openStep(run, step, attempt),
      stepEnded: hash => this.#endStep(run, run.open.get(hash), null),
      stepFailed: (hash, error) => this.#endStep(run, run.open.get(hash), error),
      completed: output => this.#end(run, 'completed', null, textOf(output)),
      failed: (error, isFinal) => {
        // What a step failed with comes back by the engine, which may not have been told all of it.
        const known = error instanceof StepError ? run.entry.error : null
        if (isFinal) return this.#end(run, 'failed', known ?? toRunError(error), null)
        this.#openStep(run, { hash: '', kind: 'function', name: '' }, attempt)
        this.#endStep(run, run.open.get(''), error)
      },
    }
  }

  /** An event on its way: it may cancel runs. */
  sent({ name, data }: Event): void {
    if (!this.#cancelling.has(name)) return
    for (const run of this.#live.values()) {
      const isHit = this.#cancelOn
        .get(run.entry.functionId)
        ?.some(({ event, match }) => event === name && match && isSame(match, run.entry.event.data, data))
      if (isHit) this.#end(run, 'cancelled', null, null)
    }
  }

  cancelled(runId: string): void {
    const run = this.#live.get(runId)
    if (run) this.#end(run, 'cancelled', null, null)
  }

  /** The engine has forgotten every run that began before `before`, in ms since 1970. */
  lose(before: number): void {
    this.flush()
    for (const [id, { entry }] of this.#live) if (entry.beganAt < before) this.#live.delete(id)
    this.#write(() => this.#rows.lose(before, this.#now()))
    this.#onChange()
  }

  /** Writes what was gathered. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#changedRuns.size === 0 && this.#changedSteps.size === 0) return
    const [runs, steps] = [[...this.#changedRuns], [...this.#changedSteps]]
    this.#changedRuns.clear()
    this.#changedSteps.clear()
    this.#write(() => {
      for (const run of runs) this.#rows.putRun(run)
      for (const step of steps) this.#rows.putStep(step)
    })
    this.#onChange()
  }

  /** What failed for good may have done so without its function being called: an engine that gave it up, or a server. */
  #noteFailureOf({ name, data }: Event): void {
    if (name !== 'inngest/function.failed') return
    const run = this.#live.get(String(data?.run_id))
    if (run) this.#end(run, 'failed', toRunError(data?.error), null)
  }

  #takeUp(runId: string, functionId: string, { name, data = {} }: Event): LiveRun {
    const known = this.#rows.entry(runId)
    if (known) return this.#adopt({ ...known, state: 'running', endedAt: null })
    const run = this.#adopt({
      id: runId,
      functionId,
      engine: this.#engine,
      state: 'running',
      event: { name, data },
      beganAt: this.#now(),
      endedAt: null,
      failedAttempts: 0,
      error: null,
      result: null,
    })
    this.#changed(run.entry)
    return run
  }

  #adopt(entry: RunEntry): LiveRun {
    const waits = this.#rows.openSteps(entry.id).filter(step => !workingKinds.includes(step.kind))
    const run = { entry, open: new Map(waits.map(step => [step.hash, step])) }
    this.#live.set(entry.id, run)
    return run
  }

  /** What still runs of a run that was cancelled is of no interest. */
  #isOver(run: LiveRun): boolean {
    return this.#live.get(run.entry.id) !== run
  }

  #openStep(run: LiveRun, { hash, kind, name }: Step, attempt: number): void {
    if (this.#isOver(run)) return
    const step = { runId: run.entry.id, hash, attempt, name, kind, beganAt: this.#now(), endedAt: null, error: null }
    run.open.set(hash, step)
    this.#changedSteps.add(step)
    this.#gather()
  }

  #endStep(run: LiveRun, step: StepEntry | undefined, error: unknown): void {
    if (!step || this.#isOver(run)) return
    step.endedAt = this.#now()
    run.open.delete(step.hash)
    this.#changedSteps.add(step)
    if (error !== null) {
      step.error = toRunError(error)
      run.entry.failedAttempts += 1
      run.entry.error = step.error
      this.#changed(run.entry)
    }
    this.#gather()
  }

  #end(run: LiveRun, state: RunEntry['state'], error: RunError | null, result: string | null): void {
    if (this.#isOver(run)) return
    const { entry } = run
    for (const step of run.open.values()) this.#endStep(run, step, null)
    Object.assign(entry, { state, error, result, endedAt: this.#now() })
    this.#live.delete(entry.id)
    this.#changed(entry)
  }

  #changed(entry: RunEntry): void {
    this.#changedRuns.add(entry)
    this.#gather()
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => this.flush(), gatherMs).unref()
  }
}

/** `match` is a path, as `data.syncId`, that is looked up in both. */
function isSame(match: string, trigger: Record<string, unknown>, data: Record<string, unknown> | undefined): boolean {
  const path = match.split('.').slice(1)
  const valueIn = (from: unknown): unknown =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], from)
  const wanted = valueIn(trigger)
  return wanted !== undefined && wanted === valueIn(data)
}

function toRunError(error: unknown): RunError {
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown }
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: (typeof message === 'string' ? message : String(error)).slice(0, messageMost),
  }
}

function textOf(output: unknown): string | null {
  try {
    const text = JSON.stringify(output) ?? null
    return text !== null && text.length <= resultMost ? text : null
  } catch {
    return null
  }
}
