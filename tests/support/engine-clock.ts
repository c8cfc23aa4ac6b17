import { beforeEach, vi } from 'vitest'
import { ManualClock } from './engine.ts'

/** The clock of every engine that is started: sleeps pass when a test says so. */
export const time = { clock: new ManualClock() }

vi.mock('../../src/main/engine/index.ts', async original => {
  const room = await original<typeof import('../../src/main/engine/index.ts')>()
  return {
    ...room,
    createEmbeddedEngine: (options: Parameters<typeof room.createEmbeddedEngine>[0]) =>
      room.createEmbeddedEngine({ ...options, clock: time.clock }),
  }
})
beforeEach(() => {
  time.clock = new ManualClock(Date.UTC(2026, 0, 1, 12, 1))
})

/** Waits until the engine sleeps for no longer than this, then lets that time pass. */
export async function passSleep(longestMs: number): Promise<number> {
  await vi.waitUntil(() => time.clock.nextTimerMs > 0 && time.clock.nextTimerMs <= longestMs, {
    timeout: 20_000,
    interval: 10,
  })
  const sleptMs = time.clock.nextTimerMs
  time.clock.advance(sleptMs)
  return sleptMs
}
