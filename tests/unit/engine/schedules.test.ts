import type { Inngest } from 'inngest'
import { describe, expect, it } from 'vitest'
import { ManualClock, pass, startEngine } from '../../support/engine.ts'

const SECOND = 1000
const HOUR = 3_600_000

interface Timer {
  ranAt: number
  ts: number
  scheduledAt: string
  fireAt: string
}

/** A function that notes for when it was scheduled. */
function timers(patterns: string[], at: string[]) {
  return (client: Inngest) => [
    client.createFunction({ id: 'timed', triggers: patterns.map(cron => ({ cron })) }, async ({ event }) => {
      at.push((event.data as unknown as Timer).scheduledAt)
    }),
  ]
}

describe('schedules', () => {
  const daily = (runs: unknown[]) => (client: Inngest) => [
    client.createFunction({ id: 'daily', triggers: [{ cron: 'TZ=UTC 0 3 * * *' }] }, async ({ event }) => {
      runs.push(event.data)
    }),
  ]

  it('run at their times', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 1, 2, 59, 0))
    const runs: unknown[] = []
    const { engine } = await startEngine(daily(runs), { clock })
    await engine.idle()
    expect(runs).toEqual([])
    await pass(60 * SECOND, clock, engine)
    const at = '2026-01-01T03:00:00Z'
    expect(runs).toEqual([{ cron: 'TZ=UTC 0 3 * * *', scheduledAt: at, fireAt: at }])
    await pass(24 * HOUR, clock, engine)
    expect(runs).toHaveLength(2)
  })

  it('run once at the start when they were missed, however often that was', async () => {
    const runs: unknown[] = []
    const first = await startEngine(daily(runs), { clock: new ManualClock(Date.UTC(2026, 0, 1)) })
    await first.engine.stop()
    const clock = new ManualClock(Date.UTC(2026, 0, 8))
    const { engine } = await startEngine(daily(runs), { clock, databasePath: first.databasePath })
    await engine.idle()
    expect(runs).toHaveLength(1)
    await pass(3 * HOUR, clock, engine)
    expect(runs).toHaveLength(2)
  })

  it('do not run again when the clock was set back over their time', async () => {
    const runs: unknown[] = []
    const before = new ManualClock(Date.UTC(2026, 0, 1, 2, 59, 59))
    const first = await startEngine(daily(runs), { clock: before })
    await pass(SECOND, before, first.engine)
    await first.engine.stop()
    const clock = new ManualClock(Date.UTC(2026, 0, 1, 2, 0, 0))
    const { engine } = await startEngine(daily(runs), { clock, databasePath: first.databasePath })
    await pass(2 * HOUR, clock, engine)
    expect(runs).toHaveLength(1)
  })

  it('keep to the time of their zone, in winter and in summer', async () => {
    const at: string[] = []
    for (const day of [Date.UTC(2026, 0, 10), Date.UTC(2026, 6, 10)]) {
      const clock = new ManualClock(day)
      const { engine } = await startEngine(timers(['TZ=Europe/Paris 0 12 * * *'], at), { clock })
      for (let hour = 0; hour < 24; hour++) await pass(HOUR, clock, engine)
      await engine.stop()
    }
    expect(at).toEqual(['2026-01-10T11:00:00Z', '2026-07-10T10:00:00Z'])
  })

  it('run once where two patterns of a function meet', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 1, 1))
    const at: string[] = []
    const patterns = ['0 3 * * *', 'TZ=Europe/Paris 0 * * * *']
    const { engine } = await startEngine(timers(patterns, at), { clock })
    for (let hour = 0; hour < 3; hour++) await pass(HOUR, clock, engine)
    expect(at).toEqual([2, 3, 4].map(hour => `2026-01-01T0${hour}:00:00Z`))
  })
})

describe('the jitter of a schedule', () => {
  const jittered = (clock: ManualClock, runs: Timer[]) => (client: Inngest) => [
    client.createFunction({ id: 'f', triggers: [{ cron: '* * * * *', jitter: '3m' }] }, async ({ event }) => {
      const { scheduledAt, fireAt } = event.data as unknown as Timer
      runs.push({ ranAt: clock.now(), ts: event.ts ?? 0, scheduledAt, fireAt })
    }),
  ]

  it('delays each run by itself, by a second at least and its length at most', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 1))
    const runs: Timer[] = []
    const { engine } = await startEngine(jittered(clock, runs), { clock })
    for (let second = 0; second < 63 * 60; second++) await pass(SECOND, clock, engine)
    expect(runs.length).toBeGreaterThanOrEqual(60)
    for (const { ranAt, ts, scheduledAt, fireAt } of runs) {
      const delayMs = ts - Date.parse(scheduledAt)
      expect(delayMs).toBeGreaterThanOrEqual(SECOND)
      expect(delayMs).toBeLessThan(180 * SECOND)
      expect(Date.parse(fireAt)).toBe(Math.floor(ts / SECOND) * SECOND)
      expect(ranAt - ts).toBeLessThanOrEqual(SECOND)
    }
    expect(new Set(runs.map(run => run.scheduledAt)).size).toBe(runs.length)
    expect(new Set(runs.map(run => run.ts - Date.parse(run.scheduledAt))).size).toBeGreaterThan(30)
  })

  it('is kept over a restart', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 1))
    const runs: Timer[] = []
    const first = await startEngine(jittered(clock, runs), { clock })
    await pass(60 * SECOND, clock, first.engine)
    await first.engine.stop()
    expect(runs).toEqual([])
    const { engine } = await startEngine(jittered(clock, runs), { clock, databasePath: first.databasePath })
    await pass(180 * SECOND, clock, engine)
    expect(runs.filter(run => run.scheduledAt === '2026-01-01T00:01:00Z')).toHaveLength(1)
  })
})
