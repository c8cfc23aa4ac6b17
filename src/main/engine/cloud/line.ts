import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from './connection.ts'
import type { Trouble } from './trouble.ts'

export interface LineOptions {
  /** Whether Inngest is there and takes the keys. @returns null when it does. */
  reach(signal: AbortSignal): Promise<Trouble | null>
  open(): Connection
  onConnected(): void
  onTrouble(trouble: Trouble): void
  /** A call is under way in this process. */
  isWorking(): boolean
}

export interface Line {
  /**
   * Lets the calls under way end for as long as `timeoutMs`, and their answers be delivered. While Inngest is away, answers are not waited
   * for: it asks again, or whoever takes over sees in the library what is done.
   */
  close(timeoutMs: number): Promise<void>
}

const connectsWithinMs = 15_000
/** The SDK finds back by itself from a gateway that is restarted, at once or after two seconds. */
const findsBackWithinMs = 3_000
const lookEveryMs = 100
/** One, two, four seconds and so on, at most a quarter of a minute: the SDK by itself waits five minutes in the end. */
const backoffMs = (failures: number): number => Math.min(1000 * 2 ** (failures - 1), 15_000)

/** Keeps a connection to Inngest, for as long as it takes to have one. */
export function openLine({ reach, open, onConnected, onTrouble, isWorking }: LineOptions): Line {
  const stopping = new AbortController()
  const { signal } = stopping
  let connection: Connection | undefined
  /** Connections that others took the place of, while calls of theirs are under way. */
  const left = new Set<Promise<void>>()

  function leave(): void {
    if (!connection) return
    const closed = connection.close().finally(() => left.delete(closed))
    left.add(closed)
    connection = undefined
  }

  async function connect(): Promise<Trouble | null> {
    if (connection?.isActive) return null
    leave()
    const opened = open()
    connection = opened
    await until(() => opened.isActive || opened.isDead, connectsWithinMs, signal)
    if (opened.isActive) return null
    return opened.isDead ? 'stranger' : 'gateway'
  }

  async function untilLost(): Promise<void> {
    const isActive = (): boolean => connection?.isActive ?? false
    do await until(() => !isActive(), Number.POSITIVE_INFINITY, signal)
    while (!signal.aborted && (await until(isActive, findsBackWithinMs, signal)))
  }

  async function keep(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const trouble = (await reach(signal)) ?? (await connect())
      if (signal.aborted) return
      if (trouble === null) {
        failures = 0
        onConnected()
        await untilLost()
      } else {
        failures += 1
        onTrouble(trouble)
        await sleep(backoffMs(failures), undefined, { signal }).catch(() => undefined)
      }
    }
  }

  const keeping = keep()

  return {
    async close(timeoutMs) {
      stopping.abort()
      await keeping
      const isAway = !connection?.isActive
      leave()
      const waited = new AbortController()
      const over = isAway ? () => !isWorking() : () => false
      await Promise.race([Promise.all(left), until(over, timeoutMs, waited.signal)])
      waited.abort()
    },
  }
}

/** @returns whether it came to hold in time. */
async function until(holds: () => boolean, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (!holds()) {
    if (signal.aborted || performance.now() > deadline) return false
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
  return true
}
