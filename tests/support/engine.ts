import { join } from 'node:path'
import { Inngest, type InngestFunction } from 'inngest'
import { onTestFinished } from 'vitest'
import {
  type Clock,
  createEmbeddedEngine,
  type EmbeddedEngineOptions,
  type JobEngine,
} from '../../src/main/engine/index.ts'
import { makeTempFolder } from './temp-folder.ts'

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #now: number
  #timers = new Set<{ at: number; fire: () => void }>()

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  setTimer(delayMs: number, fire: () => void): () => void {
    const timer = { at: this.#now + delayMs, fire }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** How long the engine would sleep now; Infinity when nothing is due at all. */
  get nextTimerMs(): number {
    return Math.min(...[...this.#timers].map(timer => timer.at - this.#now))
  }

  advance(ms: number): void {
    this.#now += ms
    for (const timer of [...this.#timers]) {
      if (timer.at > this.#now) continue
      this.#timers.delete(timer)
      timer.fire()
    }
  }
}

export interface Bench {
  engine: JobEngine
  client: Inngest
  databasePath: string
  isResumed: boolean
}

export type MakeFunctions = (client: Inngest) => InngestFunction.Any[]

/** An engine that runs the functions until the test ends. It retries at once, unless told how to wait. */
export async function startEngine(make: MakeFunctions, options: Partial<EmbeddedEngineOptions> = {}): Promise<Bench> {
  const databasePath = options.databasePath ?? join(await makeTempFolder('engine'), 'jobs.db')
  const engine = createEmbeddedEngine({ backoff: () => 0, ...options, databasePath })
  const client = createClient(engine)
  const { isResumed } = await engine.start({ client, functions: make(client) })
  onTestFinished(() => engine.stop())
  return { engine, client, databasePath, isResumed }
}

export function createClient(engine: JobEngine): Inngest {
  return new Inngest({ id: 'app', ...engine.clientOptions, logger: QUIET })
}

export const QUIET = { debug() {}, info() {}, warn() {}, error() {} }

/** Lets the engine do what is due when the clock has gone on by `ms`. */
export async function pass(ms: number, clock: ManualClock, engine: JobEngine): Promise<void> {
  clock.advance(ms)
  await engine.idle()
}

/** A promise and what settles it. */
export function createGate(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}
