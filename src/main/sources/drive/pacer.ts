import { setTimeout as delay } from 'node:timers/promises'
import { DriveFault, type FaultKind } from './faults.ts'

/** Time and chance, so that tests need not wait. */
export interface Pacing {
  nowMs(): number
  /** @throws when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
  /** From 0 up to 1. */
  random(): number
}

export const realPacing: Pacing = {
  nowMs: () => performance.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal }),
  random: Math.random,
}

/** Tries of one request until the fault is believed. With waits of up to 1, 2, 4 … 64 s. */
const triesMax: Partial<Record<FaultKind, number>> = { 'rate-limit': 9, server: 6, network: 5, incomplete: 4 }
const waitMaxMs = 64_000
/** Who is asked to wait longer than this had better tell the person. */
const retryAfterMaxMs = 5 * 60_000

/** Requests in flight: where an account begins (eight files, each asked for with what it should be), and the most it gets to. */
const inFlightFirst = 16
const inFlightMax = 32

/**
 * Paces the requests of one account by what the API answers. Told to slow down, all of them wait (truncated exponential
 * backoff with jitter, or what `Retry-After` says), and half as many run at once afterwards; every round without a
 * complaint allows one more. A fault of the server or the network holds up its own request only.
 */
export class Pacer {
  readonly #pacing: Pacing
  #openAtMs = 0
  #inFlight = 0
  #allowed = inFlightFirst
  readonly #queue: (() => void)[] = []

  constructor(pacing: Pacing) {
    this.#pacing = pacing
  }

  /** @throws what `ask` throws: a DriveFault that passes only when it stays, all else at once. */
  async run<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.#inTurn(ask, tries, signal)
        this.#allowed = Math.min(inFlightMax, this.#allowed + 1 / this.#allowed)
        return answer
      } catch (cause) {
        signal?.throwIfAborted()
        if (!(cause instanceof DriveFault) || tries >= triesOf(cause)) throw cause
        if (cause.kind !== 'rate-limit') await this.#pacing.wait(this.#waitMs(cause, tries), signal)
      }
    }
  }

  async #inTurn<T>(ask: () => Promise<T>, tries: number, signal?: AbortSignal): Promise<T> {
    if (this.#inFlight >= Math.floor(this.#allowed)) await new Promise<void>(resolve => this.#queue.push(resolve))
    else this.#inFlight++
    try {
      await this.#whenOpen(signal)
      return await ask()
    } catch (cause) {
      // Before the next one takes this one's place.
      if (cause instanceof DriveFault && cause.kind === 'rate-limit') this.#slowDown(this.#waitMs(cause, tries))
      throw cause
    } finally {
      this.#release()
    }
  }

  /** A place is handed on, so that nobody gets in between; fewer are, where fewer are allowed now. */
  #release(): void {
    this.#inFlight--
    while (this.#inFlight < Math.floor(this.#allowed)) {
      const next = this.#queue.shift()
      if (!next) return
      this.#inFlight++
      next()
    }
  }

  async #whenOpen(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const leftMs = this.#openAtMs - this.#pacing.nowMs()
      if (leftMs <= 0) return
      // A little apart, or all would come back at the same moment.
      await this.#pacing.wait(leftMs + this.#pacing.random() * 250, signal)
    }
  }

  #slowDown(waitMs: number): void {
    const openAtMs = this.#pacing.nowMs() + waitMs
    // Those in flight together are told together: that is one complaint, not many.
    if (this.#openAtMs <= this.#pacing.nowMs()) this.#allowed = Math.max(1, this.#allowed / 2)
    this.#openAtMs = Math.max(this.#openAtMs, openAtMs)
  }

  #waitMs(fault: DriveFault, tries: number): number {
    if (fault.retryAfterMs !== null) return fault.retryAfterMs
    const fullMs = Math.min(waitMaxMs, 1000 * 2 ** (tries - 1))
    return fullMs / 2 + (this.#pacing.random() * fullMs) / 2
  }
}

function triesOf({ kind, retryAfterMs }: DriveFault): number {
  return (retryAfterMs ?? 0) > retryAfterMaxMs ? 1 : (triesMax[kind] ?? 1)
}
