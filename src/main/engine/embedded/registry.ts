import type { Cancellation, EngineFunction } from './functions.ts'
import { isNamedBy } from './triggers.ts'

/** The registered functions, found by what can start, cancel or name them. */
export class Registry {
  /** By ref. */
  readonly functions: EngineFunction[]
  #byId = new Map<string, EngineFunction>()
  #byRef = new Map<number, EngineFunction>()
  #cancellations = new Map<string, { fn: EngineFunction; cancellation: Cancellation }[]>()

  constructor(functions: EngineFunction[]) {
    this.functions = functions.toSorted((a, b) => a.ref - b.ref)
    for (const fn of functions) {
      this.#byId.set(fn.id, fn)
      this.#byRef.set(fn.ref, fn)
      for (const cancellation of fn.cancelOn) append(this.#cancellations, cancellation.event, { fn, cancellation })
    }
  }

  byId(id: string): EngineFunction | undefined {
    return this.#byId.get(id)
  }

  byRef(ref: number): EngineFunction | undefined {
    return this.#byRef.get(ref)
  }

  cancelledBy(event: string): { fn: EngineFunction; cancellation: Cancellation }[] {
    return this.#cancellations.get(event) ?? []
  }

  /** Whether a function starts or is cancelled on events of that name. */
  isListening(event: string): boolean {
    const isNamed = (trigger: { event: string }) => isNamedBy(trigger.event, event)
    return this.#cancellations.has(event) || this.functions.some(fn => fn.triggers.some(isNamed))
  }
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}
