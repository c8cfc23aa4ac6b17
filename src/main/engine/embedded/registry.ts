import type { Cancellation, EngineFunction } from './functions.ts'

/** The registered functions, found by what can start, cancel or name them. */
export class Registry {
  /** By ref. */
  readonly functions: EngineFunction[]
  #byId = new Map<string, EngineFunction>()
  #byRef = new Map<number, EngineFunction>()
  #byTrigger = new Map<string, EngineFunction[]>()
  #cancellations = new Map<string, { fn: EngineFunction; cancellation: Cancellation }[]>()

  constructor(functions: EngineFunction[]) {
    this.functions = functions.toSorted((a, b) => a.ref - b.ref)
    for (const fn of functions) {
      this.#byId.set(fn.id, fn)
      this.#byRef.set(fn.ref, fn)
      for (const event of new Set(fn.triggers.map(trigger => trigger.event))) append(this.#byTrigger, event, fn)
      for (const cancellation of fn.cancelOn) append(this.#cancellations, cancellation.event, { fn, cancellation })
    }
  }

  byId(id: string): EngineFunction | undefined {
    return this.#byId.get(id)
  }

  byRef(ref: number): EngineFunction | undefined {
    return this.#byRef.get(ref)
  }

  triggeredBy(event: string): EngineFunction[] {
    return this.#byTrigger.get(event) ?? []
  }

  cancelledBy(event: string): { fn: EngineFunction; cancellation: Cancellation }[] {
    return this.#cancellations.get(event) ?? []
  }

  /** Whether a function starts or is cancelled on events of that name. */
  isListening(event: string): boolean {
    return this.#byTrigger.has(event) || this.#cancellations.has(event)
  }
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}
