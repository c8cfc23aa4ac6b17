import { type EventPayload, Inngest, type InngestFunction } from 'inngest'
import { onTestFinished } from 'vitest'
import type { JobEngine } from '../../src/main/engine/index.ts'

export interface EngineUnderTest {
  engine: JobEngine
  /** How long the engine may take to begin what is due, in milliseconds: a server polls. */
  slackMs: number
  dispose?(): Promise<void>
}

type MakeFunctions = (client: Inngest, seen: Seen) => InngestFunction.Any[]

/** Starts the engine of the suite with these functions, until the test ends. */
export type Start = (make: MakeFunctions) => ReturnType<typeof startOn>

const QUIET = { debug() {}, info() {}, warn() {}, error() {} }

/** What the functions of a test told it, in the order of telling. */
class Seen {
  #entries = new Map<string, unknown[]>()
  #taken = new Map<string, number>()

  add<Value>(name: string, value: Value): Value {
    const entries = this.#entries.get(name)
    if (entries) entries.push(value)
    else this.#entries.set(name, [value])
    return value
  }

  count(name: string): number {
    return this.#entries.get(name)?.length ?? 0
  }

  all(name: string): unknown[] {
    return this.#entries.get(name) ?? []
  }

  /** The next one of that name, when it is there. */
  async next(name: string): Promise<unknown> {
    const index = this.#taken.get(name) ?? 0
    this.#taken.set(name, index + 1)
    const deadline = Date.now() + 30_000
    while (this.count(name) <= index) {
      if (Date.now() > deadline)
        throw new Error(`"${name}" was not seen ${index + 1} times; seen: ${[...this.#entries.keys()]}`)
      await sleep(5)
    }
    return this.all(name)[index]
  }
}

export async function startOn(makeEngine: () => Promise<EngineUnderTest>, make: MakeFunctions) {
  const { engine, slackMs, dispose } = await makeEngine()
  const client = new Inngest({ id: 'contract', ...engine.clientOptions, logger: QUIET })
  const seen = new Seen()
  await engine.start({ client, functions: make(client, seen) })
  onTestFinished(async () => {
    await engine.stop()
    await dispose?.()
  })
  return {
    engine,
    seen,
    send: (events: EventPayload | EventPayload[]) => client.send(events),
    /** @returns the run that waited for it; undefined when none did. */
    signal: async (signal: string, data: unknown) => (await client.sendSignal({ signal, data })).runId,
    /** Waits until what was sent has had its effect. */
    async settle() {
      await sleep(slackMs)
      await engine.idle()
    },
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
