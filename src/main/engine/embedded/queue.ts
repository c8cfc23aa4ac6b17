import type { Execution } from './executions.ts'
import { type EngineFunction, endOf } from './functions.ts'
import type { Ledgers } from './ledgers.ts'
import type { Registry } from './registry.ts'
import type { ReadyJob, Store } from './store.ts'
import type { InngestEvent, StepRequest } from './wire.ts'

// How many jobs with a closed gate are put aside in one turn before others get their time.
const PARKED_PER_TURN = 500

type Gate = { kind: 'concurrency'; name: string; limit: number } | { kind: 'throttle'; name: string }

const sharedPrefix = (scope: string): string => `s:${scope}:`
const isShared = (gate: string): boolean => gate.startsWith('s:')

/**
 * Decides what executes next: by function, then higher priority first, then older run first. A run that has begun is
 * older than all that have not, so what is begun is finished first.
 *
 * A job whose keyed limit is full is parked under the name of that limit when it is met, and taken out again one by one
 * as places become free. So every job is looked at a few times at most, however many wait for one key.
 */
export class Queue {
  #store: Store
  #ledgers: Ledgers
  #registry: Registry
  #limit: number
  #awake = new Set<EngineFunction>()
  #executing = new Map<EngineFunction, number>()
  #places = new Map<string, number>()
  #parkedGates: Set<string>
  /** Throttles with runs that wait, and when the next one may start. */
  #throttled = new Map<string, number>()
  #total = 0
  #lastServed = 0
  #nextExecution = 1

  constructor(store: Store, ledgers: Ledgers, registry: Registry, limit: number) {
    this.#store = store
    this.#ledgers = ledgers
    this.#registry = registry
    this.#limit = limit
    for (const fn of registry.functions) this.wake(fn)
    this.#parkedGates = new Set(store.parkedGates())
    for (const gate of this.#parkedGates) this.#openAtStart(gate)
  }

  /** A job of that function may have become ready. */
  wake(fn: EngineFunction): void {
    this.#awake.add(fn)
  }

  /** Whether a claim now could find something. */
  get isHungry(): boolean {
    if (this.#total >= this.#limit) return false
    for (const fn of this.#awake) if (this.#room(fn) > 0) return true
    return false
  }

  /** When the next throttled run may start. */
  get nextOpeningAt(): number | undefined {
    return this.#throttled.size === 0 ? undefined : Math.min(...this.#throttled.values())
  }

  /**
   * Adds to `claimed` what can execute now, and marks it so. Belongs inside a transaction: if that fails, `undo` it.
   */
  claim(now: number, claimed: Execution[]): void {
    const functions = this.#inTurn()
    for (const [index, fn] of functions.entries()) {
      const share = Math.ceil((this.#limit - this.#total) / (functions.length - index))
      this.#claimOf(fn, share, now, claimed)
    }
  }

  /** Sets right what was noted in memory of a turn that is not on disk. */
  undo(claimed: Execution[]): void {
    for (const execution of claimed.splice(0)) this.release(execution)
    for (const fn of this.#registry.functions) this.wake(fn)
    for (const gate of this.#store.parkedGates()) {
      this.#parkedGates.add(gate)
      if (gate.startsWith('t:')) this.#throttled.set(gate, 0)
    }
  }

  #claimOf(fn: EngineFunction, share: number, now: number, claimed: Execution[]): void {
    const enough = claimed.length + share
    let parked = 0
    while (parked < PARKED_PER_TURN) {
      const wanted = Math.min(enough - claimed.length, this.#room(fn))
      if (wanted <= 0) return
      const jobs = this.#store.readyJobs(fn.ref, now, wanted)
      for (const job of jobs) {
        const execution = this.#admit(fn, job, now)
        if (execution) claimed.push(execution)
        else parked += 1
      }
      if (jobs.length < wanted) {
        this.#awake.delete(fn)
        return
      }
    }
  }

  /** Gives back the places an execution held. */
  release(execution: Execution): void {
    this.#total -= 1
    this.#executing.set(execution.fn, (this.#executing.get(execution.fn) ?? 1) - 1)
    for (const gate of execution.gates) this.#places.set(gate, (this.#places.get(gate) ?? 1) - 1)
  }

  /** Takes parked jobs out again: one for each place that became free, one for each throttle that opened. */
  unpark(freedGates: string[], now: number): void {
    for (const gate of freedGates) {
      if (this.#places.get(gate) === 0) this.#places.delete(gate)
      this.#unpark(gate, 1)
    }
    for (const [gate, opensAt] of this.#throttled) {
      if (opensAt > now) continue
      this.#throttled.delete(gate)
      this.#unpark(gate, 1)
    }
  }

  #unpark(gate: string, count: number): void {
    if (!this.#parkedGates.has(gate)) return
    if (isShared(gate)) {
      this.#unparkShared(gate, fn => (this.#limitAt(fn, gate) === undefined ? 0 : count))
      return
    }
    const changes = this.#store.unpark(gate, count)
    if (changes < count) this.#parkedGates.delete(gate)
    const fn = this.#registry.byRef(Number(gate.split(':', 2)[1]))
    if (fn && changes > 0) this.wake(fn)
  }

  /** Some of each function that shares the gate: their limits differ, and one may go through where another may not. */
  #unparkShared(gate: string, countOf: (fn: EngineFunction) => number): void {
    for (const fn of this.#registry.functions) {
      const count = countOf(fn)
      if (count > 0 && this.#store.unparkOf(gate, fn.ref, count) > 0) this.wake(fn)
    }
    if (!this.#store.hasParkedAt(gate)) this.#parkedGates.delete(gate)
  }

  #limitAt(fn: EngineFunction, sharedGate: string): number | undefined {
    return fn.keyedConcurrency.find(({ scope }) => sharedGate.startsWith(sharedPrefix(scope)))?.limit
  }

  /** At a start nothing holds a place, so each parked key gets all of its own; a limit that is no more opens for all. */
  #openAtStart(gate: string): void {
    const all = Number.MAX_SAFE_INTEGER
    if (isShared(gate)) {
      this.#unparkShared(gate, fn => this.#limitAt(fn, gate) ?? all)
      return
    }
    const [kind, ref, index] = gate.split(':', 3)
    const fn = this.#registry.byRef(Number(ref))
    if (!fn) return
    const limit = kind === 't' ? (fn.throttle ? 1 : undefined) : fn.keyedConcurrency[Number(index)]?.limit
    this.#unpark(gate, limit ?? all)
  }

  #room(fn: EngineFunction): number {
    return Math.min(fn.concurrency - (this.#executing.get(fn) ?? 0), this.#limit - this.#total)
  }

  /** Whoever was served last comes last, so that none waits behind the backlog of another. */
  #inTurn(): EngineFunction[] {
    const hungry = this.#registry.functions.filter(fn => this.#awake.has(fn) && this.#room(fn) > 0)
    const first = hungry.findIndex(fn => fn.ref > this.#lastServed)
    return first <= 0 ? hungry : [...hungry.slice(first), ...hungry.slice(0, first)]
  }

  #admit(fn: EngineFunction, job: ReadyJob, now: number): Execution | undefined {
    const gates = this.#gatesOf(fn, job)
    const closed = gates.find(gate => !this.#isOpen(fn, gate, now))
    if (closed) {
      this.#store.setParked(job.job, closed.name)
      this.#parkedGates.add(closed.name)
      return undefined
    }
    const held: string[] = []
    for (const gate of gates) {
      if (gate.kind === 'concurrency') held.push(gate.name)
      else this.#passThrottle(fn, gate.name, job, now)
    }
    for (const gate of held) this.#places.set(gate, (this.#places.get(gate) ?? 0) + 1)
    this.#executing.set(fn, (this.#executing.get(fn) ?? 0) + 1)
    this.#total += 1
    this.#lastServed = fn.ref
    this.#store.setExecuting(job.job)
    this.#noteBeginning(fn, job, now)
    return {
      id: this.#nextExecution++,
      fn,
      job: job.job,
      run: job.run,
      runId: job.runId,
      step: job.step,
      attempt: job.attempt,
      crashes: job.crashes,
      isRace: job.isRace === 1,
      request: job.request === null ? undefined : (JSON.parse(job.request) as StepRequest),
      events: JSON.parse(job.events) as InngestEvent[],
      stateBytes: 0,
      gates: held,
      isCancelled: false,
      isHalted: false,
    }
  }

  /** From its first call on, a run's time to start is no limit any more, and its time to finish is. */
  #noteBeginning({ timeouts }: EngineFunction, job: ReadyJob, now: number): void {
    const isLimited = Number.isFinite(timeouts.startMs) || Number.isFinite(timeouts.finishMs)
    if (isLimited && job.begunAt === null) this.#store.setBegunAt(job.run, now, endOf(now, timeouts.finishMs))
  }

  #gatesOf(fn: EngineFunction, job: ReadyJob): Gate[] {
    if (fn.keyedConcurrency.length === 0 && !fn.throttle) return []
    const keys = JSON.parse(job.gates ?? '[]') as string[]
    const gates: Gate[] = fn.keyedConcurrency.map(({ limit, scope }, index) => ({
      kind: 'concurrency',
      name: `${scope === 'fn' ? `c:${fn.ref}:${index}:` : sharedPrefix(scope)}${keys[index] ?? ''}`,
      limit,
    }))
    // A throttle is about starting a run, so what has begun goes through.
    if (fn.throttle && job.hasBegun === 0) {
      gates.push({ kind: 'throttle', name: `t:${fn.ref}:${keys[fn.keyedConcurrency.length] ?? ''}` })
    }
    return gates
  }

  #isOpen(fn: EngineFunction, gate: Gate, now: number): boolean {
    if (gate.kind === 'concurrency') return (this.#places.get(gate.name) ?? 0) < gate.limit
    const { intervalMs, burst } = fn.throttle as NonNullable<EngineFunction['throttle']>
    const opensAt = (this.#ledgers.pace(gate.name)?.at ?? 0) - intervalMs * (burst - 1)
    if (opensAt <= now) return true
    this.#throttled.set(gate.name, Math.ceil(opensAt))
    return false
  }

  /** The generic cell rate algorithm: `at` is when the next run would start if all kept to the interval. */
  #passThrottle(fn: EngineFunction, name: string, job: ReadyJob, now: number): void {
    this.#store.setBegun(job.run)
    const { intervalMs, burst } = fn.throttle as NonNullable<EngineFunction['throttle']>
    const at = Math.ceil(Math.max(this.#ledgers.pace(name)?.at ?? 0, now) + intervalMs)
    this.#ledgers.setPace(name, at, 0, at)
    if (this.#parkedGates.has(name)) this.#throttled.set(name, Math.ceil(at - intervalMs * (burst - 1)))
  }
}
