import { compileExpression, type Expression, isMatch, keyAtPath } from './expressions.ts'
import type { EngineFunction } from './functions.ts'
import type { Ledgers } from './ledgers.ts'
import type { Registry } from './registry.ts'
import { ANY_RUN_PATH, type Runs } from './runs.ts'
import type { Starts } from './starts.ts'
import type { Store } from './store.ts'
import { isNamedBy } from './triggers.ts'
import type { InngestEvent } from './wire.ts'

/** Under which waits for signals are filed: no event can have this name. The key is the signal. */
export const SIGNALLED = { event: 'inngest/signal.received', path: '#signal' } as const

/** Where a wait that no key can find is filed: by its name alone, with a condition to evaluate. */
export const ANY_EVENT_PATH = ''

/** What an event does when it comes in: end waits, cancel runs, start runs. Belongs inside a transaction. */
export class Intake {
  #store: Store
  #ledgers: Ledgers
  #registry: Registry
  #runs: Runs
  #starts: Starts
  #waitPaths = new Map<string, Set<string>>()
  #conditions = new Map<string, Expression>()

  constructor(store: Store, ledgers: Ledgers, registry: Registry, runs: Runs, starts: Starts) {
    this.#store = store
    this.#ledgers = ledgers
    this.#registry = registry
    this.#runs = runs
    this.#starts = starts
    for (const { event, path } of store.waits()) this.noteWait(event, path)
  }

  /** @param isNamed the sender chose the event's id, so that a second event with it is the same event. */
  receive(event: InngestEvent, isNamed: boolean, now: number): void {
    if (isNamed && !this.#ledgers.isNew(`event:${event.id}`, now)) return
    this.#endWaits(event)
    this.#cancelRuns(event, now)
    for (const fn of this.#registry.functions) {
      if (isTriggered(fn, event)) this.#starts.start(fn, event, now)
    }
  }

  /** Ends the wait for the signal: there is one at most. @returns the id of its run, null without one. */
  signal(signal: string, data: unknown): string | null {
    const [wait] = this.#store.waitingJobs(SIGNALLED.event, SIGNALLED.path, signal)
    const run = wait && this.#store.run(wait.run)
    const fn = run && this.#registry.byRef(run.function)
    if (!wait || !run || !fn) return null
    this.#runs.finishStep(wait, fn, wait.step, JSON.stringify({ data: { signal, data } }))
    return run.id
  }

  /** Whether an event of that name would do anything. */
  isHeard(name: string): boolean {
    return this.#registry.isListening(name) || this.#waitPaths.has(name)
  }

  /** A run waits for events of that name, found by the field at that path. */
  noteWait(event: string, path: string): void {
    const paths = this.#waitPaths.get(event)
    if (paths) paths.add(path)
    else this.#waitPaths.set(event, new Set([path]))
  }

  #endWaits(event: InngestEvent): void {
    for (const path of this.#waitPaths.get(event.name) ?? []) {
      const key = path === ANY_EVENT_PATH ? '' : keyAtPath(event, path)
      if (key === undefined) continue
      for (const wait of this.#store.waitingJobs(event.name, path, key)) {
        if (wait.condition !== null && !this.#isAwaited(wait.condition, wait.events, event)) continue
        const fn = this.#functionOf(wait.run)
        if (fn) this.#runs.finishStep(wait, fn, wait.step, JSON.stringify({ data: event }))
      }
    }
  }

  #isAwaited(condition: string, events: string, arriving: InngestEvent): boolean {
    const [event] = JSON.parse(events) as [InngestEvent]
    return isMatch(this.#compiled(condition), { event, async: arriving })
  }

  #compiled(condition: string): Expression {
    const known = this.#conditions.get(condition)
    if (known) return known
    const expression = compileExpression(condition)
    this.#conditions.set(condition, expression)
    return expression
  }

  #functionOf(run: number): EngineFunction | undefined {
    const row = this.#store.run(run)
    return row && this.#registry.byRef(row.function)
  }

  #cancelRuns(event: InngestEvent, now: number): void {
    for (const { fn, cancellation } of this.#registry.cancelledBy(event.name)) {
      const { correlation, condition, timeoutMs } = cancellation
      const key = correlation ? keyAtPath(event, correlation.asyncPath) : ''
      if (key === undefined) continue
      this.#ledgers.addSweep({
        function: fn.ref,
        path: correlation?.eventPath ?? ANY_RUN_PATH,
        key,
        condition: condition?.source ?? null,
        event: JSON.stringify(event),
        since: Number.isFinite(timeoutMs) ? now - timeoutMs : 0,
        upto: this.#runs.lastSeq,
      })
    }
  }
}

function isTriggered(fn: EngineFunction, event: InngestEvent): boolean {
  return fn.triggers.some(
    trigger => isNamedBy(trigger.event, event.name) && (!trigger.condition || isMatch(trigger.condition, { event })),
  )
}
