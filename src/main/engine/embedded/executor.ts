import type { Database } from 'better-sqlite3'
import { Answers } from './answers.ts'
import type { Backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { type Execution, Executions } from './executions.ts'
import type { SentEvent } from './gateway.ts'
import { Intake } from './intake.ts'
import type { Ledgers } from './ledgers.ts'
import { type Outcome, readResult, toFailure } from './outcome.ts'
import { Queue } from './queue.ts'
import type { Registry } from './registry.ts'
import { fetchStep } from './requests.ts'
import { Runs } from './runs.ts'
import type { Sdk } from './sdk.ts'
import { Starts } from './starts.ts'
import { isOverflow, STATE_OVERFLOWED } from './state-size.ts'
import type { Store } from './store.ts'
import { Sweeps } from './sweeps.ts'
import { Timeline } from './timeline.ts'
import { type Op, toSerializedError } from './wire.ts'
import { Writer } from './writer.ts'

// A step that takes the process down each time it runs would keep the program from ever starting again.
const MOST_CRASHES = 10
const CLOCK_MARK_MS = 10_000
const PRUNE_EVERY_MS = 600_000
const PRUNED_PER_TURN = 500
const FREED_PAGES_PER_PRUNE = 2000
const RETRY_WRITE_MS = 1000

export interface ExecutorOptions {
  db: Database
  store: Store
  ledgers: Ledgers
  registry: Registry
  sdk: Sdk
  clock: Clock
  backoff: Backoff
  concurrency: number
  onStuck: (cause: unknown) => void
}

interface IdleWaiter {
  /** Of the functions that matter; undefined: all. */
  functionRefs: number[] | undefined
  resolve(): void
}

/**
 * Runs the functions, in turns of the event loop. A turn is one transaction: what was reported since the last one, what
 * is due, what is cancelled, and the claim on what executes next. After its commit the claimed are called, and those who
 * waited for their report to be on disk go on.
 */
export class Executor {
  #db: Database
  #store: Store
  #ledgers: Ledgers
  #sdk: Sdk
  #onStuck: (cause: unknown) => void
  #clock: Clock
  #writer: Writer
  #queue: Queue
  #runs: Runs
  #timeline: Timeline
  #sweeps: Sweeps
  #intake: Intake
  #answers: Answers
  #executions = new Executions()
  #freedGates: string[] = []
  #idleWaiters: IdleWaiter[] = []
  #isTurnScheduled = false
  #isStopping = false
  #isStuck = false
  #isClosed = false
  #closing = new AbortController()
  #cancelTimer: () => void = () => {}
  #onLastExecution: () => void = () => {}
  #clockMarkedAt = 0
  #pruneAt: number

  constructor(options: ExecutorOptions) {
    const { db, store, ledgers, registry, clock, backoff } = options
    this.#db = db
    this.#store = store
    this.#ledgers = ledgers
    this.#sdk = options.sdk
    this.#onStuck = options.onStuck
    this.#clock = clock
    this.#pruneAt = clock.now()
    this.#writer = new Writer(db, () => this.#scheduleTurn())
    this.#queue = new Queue(store, ledgers, registry, options.concurrency)
    const wake = this.#queue.wake.bind(this.#queue)
    const runs = new Runs({
      store,
      registry,
      clock,
      wake,
      emit: event => this.#intake.receive(event, false, clock.now()),
      isHeard: name => this.#intake.isHeard(name),
      onRunGone: run => this.#writer.afterCommit(() => this.#executions.cancelRun(run)),
    })
    this.#runs = runs
    const starts = new Starts(store, ledgers, runs)
    this.#intake = new Intake(store, ledgers, registry, runs, starts)
    this.#timeline = new Timeline({ store, ledgers, registry, runs, starts, clock, wake })
    this.#sweeps = new Sweeps(store, ledgers, runs)
    const noteWait = this.#intake.noteWait.bind(this.#intake)
    this.#answers = new Answers({ store, runs, registry, clock, backoff, noteWait, wake })
  }

  start(): void {
    this.#db.transaction(() => {
      this.#timeline.openSchedules()
      this.#timeline.openTimeouts()
    })()
    this.#scheduleTurn()
  }

  /** Resolves when the events are on disk, with all that they started. */
  receive(events: SentEvent[]): Promise<void> {
    return this.#write(() => {
      const now = this.#clock.now()
      for (const { event, isNamed } of events) this.#intake.receive(event, isNamed, now)
    })
  }

  /** Resolves when the steps are on disk. @returns whether the function may run on. */
  async report(executionId: number, ops: Op[]): Promise<boolean> {
    const execution = this.#executions.byId(executionId)
    if (!execution || execution.isCancelled) return false
    const isAlive = await this.#write(() => this.#answers.report(execution, ops))
    execution.isHalted = !isAlive || this.#isStopping
    return !execution.isHalted
  }

  /** Resolves when it is on disk. @returns the id of the run that waited for it. */
  signal(signal: string, data: unknown): Promise<string | null> {
    return this.#write(() => this.#intake.signal(signal, data))
  }

  /** Resolves when it is on disk that the run is no more. A run that there is not is cancelled already. */
  cancel(runId: string): Promise<void> {
    return this.#write(() => {
      const run = this.#store.runOfId(runId)
      if (run) this.#runs.cancel(run)
    })
  }

  /** @param functionRefs left out: of all functions. */
  idle(functionRefs?: number[]): Promise<void> {
    return new Promise(resolve => {
      this.#idleWaiters.push({ functionRefs, resolve })
      this.#scheduleTurn()
    })
  }

  /** Lets steps under way finish for as long as `timeoutMs`, and closes. */
  async stop(timeoutMs: number): Promise<void> {
    this.#isStopping = true
    this.#cancelTimer()
    await this.#finishExecutions(timeoutMs)
    this.#isClosed = true
    this.#closing.abort()
    try {
      this.#writer.commit(
        () => this.#store.releaseStopped(),
        () => {},
      )
    } catch (cause) {
      // The next start finds them as a crash leaves them.
      this.#onStuck(cause)
    } finally {
      for (const { resolve } of this.#idleWaiters.splice(0)) resolve()
      this.#db.close()
    }
  }

  async #finishExecutions(timeoutMs: number): Promise<void> {
    // While nothing can be written, no step under way can finish either.
    if (this.#executions.size === 0 || this.#isStuck) return
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, timeoutMs)
      this.#onLastExecution = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #write<Value>(run: () => Value): Promise<Value> {
    if (this.#isClosed) return Promise.reject(new Error('The engine has stopped.'))
    return this.#writer.write(run)
  }

  #scheduleTurn(): void {
    if (this.#isTurnScheduled || this.#isClosed) return
    this.#isTurnScheduled = true
    setImmediate(() => this.#turn())
  }

  #turn(): void {
    this.#isTurnScheduled = false
    if (this.#isClosed) return
    const freed = this.#freedGates.splice(0)
    const claimed: Execution[] = []
    const undo = () => {
      this.#queue.undo(claimed)
      this.#timeline.openSchedules()
    }
    try {
      const hasMore = this.#writer.commit(() => this.#advance(freed, claimed), undo)
      for (const execution of claimed) void this.#execute(execution)
      this.#tellIdle()
      if (hasMore || (this.#queue.isHungry && !this.#isStopping)) this.#scheduleTurn()
      else this.#rest()
      this.#isStuck = false
    } catch (cause) {
      // The disk is full or has failed. What was to be written is still to be written, so: again, later.
      undo()
      this.#isStuck = true
      if (this.#isStopping) this.#onLastExecution()
      this.#onStuck(cause)
      this.#freedGates.push(...freed)
      this.#wakeIn(RETRY_WRITE_MS)
    }
  }

  /** What a turn does besides the reports. @returns whether there is more to do at once. */
  #advance(freed: string[], claimed: Execution[]): boolean {
    const now = this.#clock.now()
    const hasMoreDue = this.#timeline.nextDueAt <= now && this.#timeline.advance(now)
    const isSweeping = this.#sweeps.advance()
    this.#queue.unpark(freed, now)
    // While runs are being cancelled, any claimed could be one of them.
    if (!isSweeping && !this.#isStopping) this.#queue.claim(now, claimed)
    if (now - this.#clockMarkedAt >= CLOCK_MARK_MS) {
      this.#ledgers.setClockAt(now)
      this.#clockMarkedAt = now
    }
    return hasMoreDue || isSweeping || this.#prune(now)
  }

  #prune(now: number): boolean {
    if (now < this.#pruneAt) return false
    if (this.#ledgers.prune(now, PRUNED_PER_TURN)) return true
    this.#pruneAt = now + PRUNE_EVERY_MS
    this.#writer.afterCommit(() => this.#db.pragma(`incremental_vacuum(${FREED_PAGES_PER_PRUNE})`))
    return false
  }

  #rest(): void {
    const openingAt = this.#queue.nextOpeningAt ?? Number.POSITIVE_INFINITY
    const nextAt = Math.min(this.#timeline.nextDueAt, openingAt, this.#pruneAt)
    if (!this.#isStopping) this.#wakeIn(nextAt - this.#clock.now())
    if (this.#executions.size > 0 || !this.#writer.isEmpty) return
    for (const { resolve } of this.#idleWaiters.splice(0)) resolve()
  }

  /** Those who wait for some functions only: others may never come to rest. */
  #tellIdle(): void {
    const isBusy = (ref: number) => this.#executions.isRunning(ref) || this.#store.hasReady(ref)
    const [still, done] = [[] as IdleWaiter[], [] as IdleWaiter[]]
    for (const waiter of this.#idleWaiters) {
      const isDone = waiter.functionRefs !== undefined && !waiter.functionRefs.some(isBusy)
      ;(isDone ? done : still).push(waiter)
    }
    this.#idleWaiters = still
    for (const { resolve } of done) resolve()
  }

  #wakeIn(ms: number): void {
    this.#cancelTimer()
    if (Number.isFinite(ms)) this.#cancelTimer = this.#clock.setTimer(ms, () => this.#scheduleTurn())
  }

  async #execute(execution: Execution): Promise<void> {
    this.#executions.add(execution)
    const outcome = execution.crashes < MOST_CRASHES ? await this.#call(execution) : undefined
    if (!execution.isHalted && !execution.isCancelled) {
      await this.#persist(() => (outcome ? this.#answers.apply(execution, outcome) : this.#answers.giveUp(execution)))
    }
    this.#executions.remove(execution)
    this.#queue.release(execution)
    this.#freedGates.push(...execution.gates)
    this.#scheduleTurn()
    if (this.#executions.size === 0) this.#onLastExecution()
  }

  async #call(execution: Execution): Promise<Outcome> {
    const { step, request } = execution
    const isLast = execution.attempt + 1 >= execution.fn.maxAttempts
    try {
      if (request) return await fetchStep(step ?? '', request, isLast, this.#closing.signal)
      const steps = this.#store.steps(execution.run)
      execution.stateBytes = steps.reduce((bytes, { state }) => bytes + Buffer.byteLength(state), 0)
      if (isOverflow(execution.stateBytes)) return toFailure(STATE_OVERFLOWED, true)
      const result = await this.#sdk.call(execution, steps)
      return readResult(result, isLast, this.#clock.now())
    } catch (cause) {
      return toFailure(toSerializedError(cause), isLast)
    }
  }

  /** Writes what must not be lost, again and again until it is on disk or the engine stops. */
  async #persist(write: () => void): Promise<void> {
    while (!this.#isClosed) {
      try {
        return await this.#write(write)
      } catch (cause) {
        if (!this.#isClosed) this.#onStuck(cause)
        await new Promise<void>(resolve => this.#clock.setTimer(RETRY_WRITE_MS, resolve))
      }
    }
  }
}
