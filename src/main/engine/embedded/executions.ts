import type { EngineFunction } from './functions.ts'
import type { InngestEvent, StepRequest } from './wire.ts'

/** One call of the SDK that is under way. */
export interface Execution {
  /** Never used again, unlike a job's number: the SDK names it in its checkpoint reports. */
  id: number
  fn: EngineFunction
  job: number
  run: number
  runId: string
  /** Hash of the one step to run; null finds out what is next. */
  step: string | null
  attempt: number
  crashes: number
  isRace: boolean
  /** What the step has the engine fetch; the function is not called. */
  request: StepRequest | undefined
  events: InngestEvent[]
  /** Of the results of the run's steps, as far as this call knows them. */
  stateBytes: number
  /** The keyed limits in which it holds a place. */
  gates: string[]
  /** Its run is gone: whatever it answers is not wanted. */
  isCancelled: boolean
  /** It was told at a checkpoint to go no further: its answer says nothing. */
  isHalted: boolean
}

export class Executions {
  #byId = new Map<number, Execution>()
  #byRun = new Map<number, Set<Execution>>()

  get size(): number {
    return this.#byId.size
  }

  isRunning(functionRef: number): boolean {
    return [...this.#byId.values()].some(({ fn }) => fn.ref === functionRef)
  }

  byId(id: number): Execution | undefined {
    return this.#byId.get(id)
  }

  add(execution: Execution): void {
    this.#byId.set(execution.id, execution)
    const ofRun = this.#byRun.get(execution.run)
    if (ofRun) ofRun.add(execution)
    else this.#byRun.set(execution.run, new Set([execution]))
  }

  remove(execution: Execution): void {
    this.#byId.delete(execution.id)
    const ofRun = this.#byRun.get(execution.run)
    ofRun?.delete(execution)
    if (ofRun?.size === 0) this.#byRun.delete(execution.run)
  }

  cancelRun(run: number): void {
    for (const execution of this.#byRun.get(run) ?? []) execution.isCancelled = true
  }
}
