import { EventEmitter } from 'node:events'
import { notSupported } from './strict.ts'

/** What listeners are given first: it can be prevented. */
export type HarnessEvent<T extends object = object> = T & { defaultPrevented: boolean; preventDefault(): void }

export function makeEvent<T extends object>(properties: T): HarnessEvent<T> {
  return {
    ...properties,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

type Listener = Parameters<EventEmitter['on']>[1]

/**
 * Whoever listens to an event that the harness never emits would wait for ever and see nothing of it. So only those that it
 * emits can be listened to, and those that a test emits: of the system, which nobody plays here.
 */
export class KnownEvents extends EventEmitter {
  // No `#`: a member of that kind cannot be reached through the strict proxies.
  private readonly whose: string
  private readonly known: ReadonlySet<string>

  constructor(whose: string, known: readonly string[]) {
    super()
    this.whose = whose
    this.known = new Set(known)
  }

  private check(event: string | symbol): void {
    if (typeof event === 'symbol' || event === 'newListener' || event === 'removeListener') return
    if (!this.known.has(event)) throw notSupported(`${this.whose}.on('${event}')`)
  }
  override on(event: string | symbol, listener: Listener): this {
    this.check(event)
    return super.on(event, listener)
  }
  override once(event: string | symbol, listener: Listener): this {
    this.check(event)
    return super.once(event, listener)
  }
  override addListener(event: string | symbol, listener: Listener): this {
    this.check(event)
    return super.addListener(event, listener)
  }
  override prependListener(event: string | symbol, listener: Listener): this {
    this.check(event)
    return super.prependListener(event, listener)
  }
}
