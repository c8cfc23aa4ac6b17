import { monotonicFactory } from 'ulid'
import type { Clock } from './clock.ts'
import { evaluateKey, evaluateNumber, keyAtPath } from './expressions.ts'
import { type EngineFunction, endOf } from './functions.ts'
import type { Registry } from './registry.ts'
import type { RunRow, Store } from './store.ts'
import { type InngestEvent, type SerializedError, toSerializedError } from './wire.ts'

/** Where `run_key` keeps the key of a singleton; the empty path is for cancellations that no key can find. */
export const SINGLETON_PATH = '#singleton'
export const ANY_RUN_PATH = ''

const HIGHEST_PRIORITY = 600

const FINISHED = 'inngest/function.finished'
const FAILED = 'inngest/function.failed'
const CANCELLED = 'inngest/function.cancelled'

export interface RunsContext {
  store: Store
  registry: Registry
  clock: Clock
  /** Events of the engine's own, handled in the same transaction. */
  emit(event: InngestEvent): void
  isHeard(eventName: string): boolean
  /** A job of that function may have become ready. */
  wake(fn: EngineFunction): void
  /** Called inside a transaction; acts when that is committed. */
  onRunGone(run: number): void
}

export interface RunOrigin {
  /** The step that invoked it. */
  parent?: { run: number; step: string }
  /** Left out: it is called as soon as there is a place. */
  dueAt?: number
}

type RunStatus = 'Completed' | 'Failed' | 'Cancelled'

/** The life of runs between their first and their last row. Every method belongs inside a transaction. */
export class Runs {
  #context: RunsContext
  #nextSeq: number
  #ulid = monotonicFactory()

  constructor(context: RunsContext) {
    this.#context = context
    this.#nextSeq = context.store.lastSeq() + 1
  }

  /** The youngest run there is. */
  get lastSeq(): number {
    return this.#nextSeq - 1
  }

  newId(): string {
    return this.#ulid(this.#context.clock.now())
  }

  create(fn: EngineFunction, events: InngestEvent[], { parent, dueAt }: RunOrigin = {}): void {
    const { store, clock } = this.#context
    const event = events[0] as InngestEvent
    const createdAt = clock.now()
    const seq = this.#nextSeq++
    const priority = fn.priority ? clampPriority(evaluateNumber(fn.priority, event)) : 0
    store.insertRun({
      seq,
      id: this.newId(),
      function: fn.ref,
      priority,
      events: JSON.stringify(events),
      gates: gatesOf(fn, event),
      createdAt,
      expiresAt: endOf(createdAt, fn.timeouts.startMs),
      parentRun: parent?.run ?? null,
      parentStep: parent?.step ?? null,
    })
    store.insertCall(seq, fn.ref, priority, dueAt)
    this.#insertKeys(fn, event, seq)
    this.#context.wake(fn)
  }

  complete(run: RunRow, result: unknown): void {
    this.#end(run, JSON.stringify({ data: result ?? null }))
    this.#tell(run, 'Completed', { result: result ?? null })
  }

  fail(run: RunRow, cause: unknown): void {
    const error = toSerializedError(cause)
    this.#end(run, JSON.stringify({ error }))
    this.#tell(run, 'Failed', { error }, FAILED)
  }

  cancel(run: RunRow): void {
    const error: SerializedError = { name: 'FunctionCancelledError', message: 'The function was cancelled.' }
    this.#end(run, JSON.stringify({ error }))
    this.#tell(run, 'Cancelled', {}, CANCELLED)
  }

  /** Tells of an event of the engine's own, where somebody listens. */
  announce(event: InngestEvent): void {
    if (this.#context.isHeard(event.name)) this.#context.emit(event)
  }

  /** Keeps what a step came to, and goes on with its run when nothing else of it is under way. */
  finishStep(job: { job: number; run: number }, fn: EngineFunction, hash: string, state: string): void {
    this.#context.store.insertStep(job.run, hash, state)
    this.finishJob(job, fn)
  }

  finishJob({ job, run }: { job: number; run: number }, fn: EngineFunction): void {
    const { store } = this.#context
    if (!store.hasOtherJobs(run, job)) store.setReadyCall(job)
    else {
      const isRace = store.isRaceJob(job)
      store.deleteJob(job)
      if (!isRace || store.hasReadyCall(run)) return
      // Only a race goes on with the function while other steps of it are still under way.
      store.markRace(store.insertCall(run, fn.ref, store.run(run)?.priority ?? 0))
    }
    this.#context.wake(fn)
  }

  #end(run: RunRow, outcome: string): void {
    const { store } = this.#context
    store.deleteRun(run.seq)
    this.#context.onRunGone(run.seq)
    if (run.parentRun === null || run.parentStep === null) return
    const job = store.stepJob(run.parentRun, run.parentStep)
    const parent = store.run(run.parentRun)
    const parentFunction = parent && this.#context.registry.byRef(parent.function)
    if (job !== undefined && parentFunction) {
      this.finishStep({ job, run: run.parentRun }, parentFunction, run.parentStep, outcome)
    }
  }

  /** That the run is over, and besides how it failed. What such an event began tells of nothing, or it never ended. */
  #tell(run: RunRow, status: RunStatus, outcome: Record<string, unknown>, failure?: typeof FAILED | typeof CANCELLED) {
    const { isHeard, registry, clock } = this.#context
    const isFailureHeard = failure !== undefined && isHeard(failure)
    if (!isFailureHeard && !isHeard(FINISHED)) return
    const events = JSON.parse(run.events) as InngestEvent[]
    const [event] = events
    if (event?.name === FINISHED || event?.name === FAILED) return
    const told = { event, events, ...outcome, _inngest: { status } }
    const data = { function_id: registry.byRef(run.function)?.id, run_id: run.id, ...told }
    this.announce({ id: this.newId(), name: FINISHED, data, ts: clock.now(), user: {} })
    if (failure) this.announce({ id: run.id, name: failure, data, ts: clock.now(), user: {} })
  }

  #insertKeys(fn: EngineFunction, event: InngestEvent, seq: number): void {
    const { store } = this.#context
    if (fn.singleton) store.insertRunKey(fn.ref, SINGLETON_PATH, evaluateKey(fn.singleton.key, event), seq)
    for (const { correlation } of fn.cancelOn) {
      if (!correlation) store.insertRunKey(fn.ref, ANY_RUN_PATH, '', seq)
      const key = correlation && keyAtPath(event, correlation.eventPath)
      if (correlation && key !== undefined) store.insertRunKey(fn.ref, correlation.eventPath, key, seq)
    }
  }
}

function clampPriority(priority: number): number {
  return Math.trunc(Math.max(-HIGHEST_PRIORITY, Math.min(HIGHEST_PRIORITY, priority)))
}

function gatesOf(fn: EngineFunction, event: InngestEvent): string | null {
  if (fn.keyedConcurrency.length === 0 && !fn.throttle) return null
  const keys = fn.keyedConcurrency.map(({ key }) => evaluateKey(key, event))
  if (fn.throttle) keys.push(evaluateKey(fn.throttle.key, event))
  return JSON.stringify(keys)
}
