import { setImmediate } from 'node:timers/promises'
import type { Pacing } from '../../src/main/sources/index.ts'

/** Waits pass at once, and are kept. */
export function quickPacing(): Pacing & { waits: number[] } {
  const waits: number[] = []
  let nowMs = 1000
  return {
    waits,
    nowMs: () => nowMs,
    random: () => 0.5,
    async wait(ms, signal) {
      waits.push(ms)
      nowMs += ms
      await setImmediate()
      signal?.throwIfAborted()
    },
  }
}
