import { evaluateKey, isMatch } from './expressions.ts'
import type { EngineFunction } from './functions.ts'
import type { Gathering, Ledgers } from './ledgers.ts'
import { type Runs, SINGLETON_PATH } from './runs.ts'
import type { Store } from './store.ts'
import type { InngestEvent } from './wire.ts'

/** What stands between an event and the run it triggers. Belongs inside a transaction. */
export class Starts {
  #store: Store
  #ledgers: Ledgers
  #runs: Runs

  constructor(store: Store, ledgers: Ledgers, runs: Runs) {
    this.#store = store
    this.#ledgers = ledgers
    this.#runs = runs
  }

  /** @param dueAt when a run that nothing else holds up is called; left out: as soon as there is a place. */
  start(fn: EngineFunction, event: InngestEvent, now: number, dueAt?: number): void {
    if (fn.idempotency) {
      const key = `run:${fn.ref}:${evaluateKey(fn.idempotency, event)}`
      if (!this.#ledgers.isNew(key, now)) return
    }
    if (fn.rateLimit && !this.#isWithinRate(fn, event, now)) return
    if (fn.debounce) this.#debounce(fn, event, now)
    else if (fn.batch && (!fn.batch.condition || isMatch(fn.batch.condition, { event }))) this.#batch(fn, event, now)
    else this.#begin(fn, [event], dueAt)
  }

  /** A debounce or a batch whose time has come. */
  endGathering(fn: EngineFunction, gathering: Gathering): void {
    this.#ledgers.endGathering(fn.ref, gathering.key)
    this.#begin(fn, JSON.parse(gathering.events) as InngestEvent[])
  }

  #begin(fn: EngineFunction, events: InngestEvent[], dueAt?: number): void {
    if (fn.singleton) {
      const key = evaluateKey(fn.singleton.key, events[0] as InngestEvent)
      const [running] = this.#store.runsByKey(fn.ref, SINGLETON_PATH, key, 0, this.#runs.lastSeq, 1)
      if (running && fn.singleton.mode === 'skip') return
      if (running) this.#runs.cancel(running)
    }
    this.#runs.create(fn, events, dueAt === undefined ? {} : { dueAt })
  }

  /** A period begins with the first run after the end of the last one. */
  #isWithinRate(fn: EngineFunction, event: InngestEvent, now: number): boolean {
    const { limit, periodMs, key } = fn.rateLimit as NonNullable<EngineFunction['rateLimit']>
    const paceKey = `rate:${fn.ref}:${evaluateKey(key, event)}`
    const period = this.#ledgers.pace(paceKey)
    if (!period || now - period.at >= periodMs) {
      this.#ledgers.setPace(paceKey, now, 1, now + periodMs)
      return true
    }
    if (period.count >= limit) return false
    this.#ledgers.setPace(paceKey, period.at, period.count + 1, period.at + periodMs)
    return true
  }

  #debounce(fn: EngineFunction, event: InngestEvent, now: number): void {
    const { periodMs, timeoutMs, key } = fn.debounce as NonNullable<EngineFunction['debounce']>
    const gatheringKey = evaluateKey(key, event)
    const begun = this.#ledgers.gathering(fn.ref, gatheringKey)
    const deadline = begun ? begun.deadline : Number.isFinite(timeoutMs) ? now + timeoutMs : null
    this.#ledgers.putGathering({
      function: fn.ref,
      key: gatheringKey,
      events: JSON.stringify([event]),
      size: 1,
      dueAt: Math.min(now + periodMs, deadline ?? Number.POSITIVE_INFINITY),
      deadline,
    })
  }

  #batch(fn: EngineFunction, event: InngestEvent, now: number): void {
    const { maxSize, timeoutMs, key } = fn.batch as NonNullable<EngineFunction['batch']>
    const gatheringKey = evaluateKey(key, event)
    let size = this.#ledgers.appendToGathering(fn.ref, gatheringKey, JSON.stringify(event))
    if (size === undefined) {
      size = 1
      const events = JSON.stringify([event])
      this.#ledgers.putGathering({
        function: fn.ref,
        key: gatheringKey,
        events,
        size,
        dueAt: now + timeoutMs,
        deadline: null,
      })
    }
    if (size < maxSize) return
    const full = this.#ledgers.gathering(fn.ref, gatheringKey)
    if (full) this.endGathering(fn, full)
  }
}
