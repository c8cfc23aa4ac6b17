import { compileExpression, isMatch } from './expressions.ts'
import type { Ledgers, Sweep } from './ledgers.ts'
import type { Runs } from './runs.ts'
import type { RunRow, Store } from './store.ts'
import type { InngestEvent } from './wire.ts'

// So many take about 20 ms, which leaves the rest of the program its time.
const RUNS_PER_TURN = 1000

/**
 * Cancels the runs that an event hit, a part in each turn. A sweep is on disk with the event that began it, and nothing
 * executes that it has not been over, so a killed process loses no cancellation.
 */
export class Sweeps {
  #store: Store
  #ledgers: Ledgers
  #runs: Runs

  constructor(store: Store, ledgers: Ledgers, runs: Runs) {
    this.#store = store
    this.#ledgers = ledgers
    this.#runs = runs
  }

  /** Goes on with the oldest sweep. Belongs inside a transaction. @returns whether there is more to do. */
  advance(): boolean {
    const sweep = this.#ledgers.nextSweep()
    if (!sweep) return false
    const { id, function: fn, path, key, cursor, upto } = sweep
    const candidates = this.#store.runsByKey(fn, path, key, cursor, upto, RUNS_PER_TURN)
    const isHit = toCondition(sweep)
    for (const run of candidates) if (run.createdAt >= sweep.since && isHit(run)) this.#runs.cancel(run)
    if (candidates.length < RUNS_PER_TURN) this.#ledgers.endSweep(id)
    else this.#ledgers.moveSweep(id, (candidates.at(-1) as RunRow).seq)
    return this.#ledgers.nextSweep() !== undefined
  }
}

function toCondition(sweep: Sweep): (run: RunRow) => boolean {
  if (sweep.condition === null) return () => true
  const condition = compileExpression(sweep.condition)
  const arriving = JSON.parse(sweep.event) as InngestEvent
  return run =>
    isMatch(condition, { event: (JSON.parse(run.events) as InngestEvent[])[0] as InngestEvent, async: arriving })
}
