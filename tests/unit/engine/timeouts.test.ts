import type { Inngest, InngestFunction } from 'inngest'
import { describe, expect, it } from 'vitest'
import { createGate, ManualClock, pass, startEngine } from '../../support/engine.ts'

const MINUTE = 60_000

type Timeouts = NonNullable<InngestFunction.Options['timeouts']>

interface Seen {
  ran: unknown[]
  cancelled: unknown[]
}

/** One run at a time: it waits for the gate in a step, and sleeps for an hour. */
function slow(timeouts: Timeouts | undefined, seen: Seen, gate: Promise<void> = Promise.resolve()) {
  return (client: Inngest) => [
    client.createFunction(
      { id: 'slow', triggers: [{ event: 't' }], concurrency: 1, ...(timeouts && { timeouts }) },
      async ({ event, step }) => {
        await step.run('first', async () => {
          seen.ran.push(`first ${event.data.n}`)
          await gate
        })
        await step.sleep('nap', '1h')
        await step.run('last', () => seen.ran.push(`last ${event.data.n}`))
      },
    ),
    client.createFunction({ id: 'hears', triggers: [{ event: 'inngest/function.cancelled' }] }, async ({ event }) => {
      seen.cancelled.push(event.data.event.data.n)
    }),
  ]
}

const numbered = (...numbers: number[]) => numbers.map(n => ({ name: 't', data: { n } }))

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(resolve => setTimeout(resolve, 2))
}

/** Without waiting for what executes. */
async function passHeld(ms: number, clock: ManualClock): Promise<void> {
  clock.advance(ms)
  await new Promise(resolve => setTimeout(resolve, 30))
}

describe('the time a run has to start', () => {
  it('is over for what still waits for a place, and means nothing to what has begun', async () => {
    const clock = new ManualClock()
    const seen: Seen = { ran: [], cancelled: [] }
    const gate = createGate()
    const { client, engine } = await startEngine(slow({ start: '10m' }, seen, gate.opened), { clock })
    await client.send(numbered(1, 2))
    await until(() => seen.ran.length === 1)
    await passHeld(5 * MINUTE, clock)
    await client.send(numbered(3))
    await passHeld(5 * MINUTE, clock)
    await until(() => seen.cancelled.length === 1)
    expect(seen.cancelled).toEqual([2])
    gate.open()
    await engine.idle()
    await pass(60 * MINUTE, clock, engine)
    expect(seen.ran).toEqual(['first 1', 'first 3', 'last 1', 'last 3'])
    expect(seen.cancelled).toEqual([2])
  })

  it('is over at once for more than are cancelled in one turn: none of them begins meanwhile', async () => {
    const clock = new ManualClock()
    const seen: Seen = { ran: [], cancelled: [] }
    const make = slow({ start: '1m' }, seen)
    const first = await startEngine(make, { clock, concurrency: 0 })
    await first.client.send(numbered(...Array.from({ length: 1300 }, (_, n) => n)))
    await first.engine.stop()
    clock.advance(MINUTE)
    const { engine } = await startEngine(make, { clock, databasePath: first.databasePath })
    await engine.idle()
    expect(seen.ran).toEqual([])
    expect(seen.cancelled).toHaveLength(1300)
  })
})

describe('the time a run has to finish', () => {
  it('counts from its first call, and cancels it while it sleeps', async () => {
    const clock = new ManualClock()
    const seen: Seen = { ran: [], cancelled: [] }
    const gate = createGate()
    const { client, engine } = await startEngine(slow({ finish: '30m' }, seen, gate.opened), { clock })
    await client.send(numbered(1, 2))
    await until(() => seen.ran.length === 1)
    await passHeld(20 * MINUTE, clock)
    gate.open()
    await engine.idle()
    expect(seen.ran).toEqual(['first 1', 'first 2'])
    await pass(10 * MINUTE - 1, clock, engine)
    expect(seen.cancelled).toEqual([])
    await pass(1, clock, engine)
    expect(seen.cancelled).toEqual([1])
    await pass(20 * MINUTE, clock, engine)
    expect(seen.cancelled).toEqual([1, 2])
    await pass(60 * MINUTE, clock, engine)
    expect(seen.ran).toHaveLength(2)
  })

  it('does not begin anew when it is called again', async () => {
    const clock = new ManualClock()
    const naps: number[] = []
    const { client, engine } = await startEngine(
      client => [
        client.createFunction(
          { id: 'f', triggers: [{ event: 't' }], timeouts: { finish: '30m' } },
          async ({ step }) => {
            for (const nap of [1, 2, 3, 4]) {
              await step.sleep(`nap-${nap}`, '10m')
              await step.run(`after-${nap}`, () => naps.push(nap))
            }
          },
        ),
      ],
      { clock },
    )
    await client.send({ name: 't' })
    await engine.idle()
    for (let minute = 0; minute < 45; minute++) await pass(MINUTE, clock, engine)
    expect(naps).toEqual([1, 2])
  })

  it('cancels it behind the step under way', async () => {
    const clock = new ManualClock()
    const seen: Seen = { ran: [], cancelled: [] }
    const gate = createGate()
    const { client, engine } = await startEngine(slow({ finish: '30m' }, seen, gate.opened), { clock })
    await client.send(numbered(1))
    await until(() => seen.ran.length === 1)
    await passHeld(30 * MINUTE, clock)
    await until(() => seen.cancelled.length === 1)
    gate.open()
    await pass(90 * MINUTE, clock, engine)
    expect(seen.ran).toEqual(['first 1'])
  })

  it('is over also when it passed while the engine was closed', async () => {
    const clock = new ManualClock()
    const seen: Seen = { ran: [], cancelled: [] }
    const first = await startEngine(slow({ finish: '30m' }, seen), { clock })
    await first.client.send(numbered(1))
    await first.engine.idle()
    await first.engine.stop()
    clock.advance(2 * 60 * MINUTE)
    const { engine } = await startEngine(slow({ finish: '30m' }, seen), { clock, databasePath: first.databasePath })
    await engine.idle()
    expect(seen).toEqual({ ran: ['first 1'], cancelled: [1] })
  })

  it('is over, when its function is there again, for a run that outlived it without one', async () => {
    const clock = new ManualClock()
    const seen: Seen = { ran: [], cancelled: [] }
    const first = await startEngine(slow({ finish: '30m' }, seen), { clock })
    await first.client.send(numbered(1))
    await first.engine.idle()
    await first.engine.stop()
    const without = await startEngine(() => [], { clock, databasePath: first.databasePath })
    await pass(40 * MINUTE, clock, without.engine)
    expect(clock.nextTimerMs).toBeGreaterThan(0)
    await without.engine.stop()
    const { engine } = await startEngine(slow({ finish: '30m' }, seen), { clock, databasePath: first.databasePath })
    await engine.idle()
    expect(seen).toEqual({ ran: ['first 1'], cancelled: [1] })
  })

  it.each<[string, Timeouts | undefined, number[]]>([
    ['is gone', undefined, []],
    ['is longer', { finish: '2h' }, []],
    ['is shorter', { finish: '10m' }, [1]],
  ])('counts as it is at the next start: it %s', async (_, timeouts, cancelled) => {
    const clock = new ManualClock()
    const seen: Seen = { ran: [], cancelled: [] }
    const first = await startEngine(slow({ finish: '90m' }, seen), { clock })
    await first.client.send(numbered(1))
    await first.engine.idle()
    await first.engine.stop()
    const { engine } = await startEngine(slow(timeouts, seen), { clock, databasePath: first.databasePath })
    await pass(15 * MINUTE, clock, engine)
    expect(seen.cancelled).toEqual(cancelled)
    await pass(45 * MINUTE, clock, engine)
    expect(seen.ran).toEqual(cancelled.length > 0 ? ['first 1'] : ['first 1', 'last 1'])
  })

  it('is as long as it was when the clock was set back while the engine was closed', async () => {
    const seen: Seen = { ran: [], cancelled: [] }
    const before = new ManualClock(Date.UTC(2026, 5, 1))
    const first = await startEngine(slow({ finish: '30m' }, seen), { clock: before })
    await first.client.send(numbered(1))
    await pass(10 * MINUTE, before, first.engine)
    await first.engine.stop()
    const clock = new ManualClock(Date.UTC(2026, 0, 1))
    const { engine } = await startEngine(slow({ finish: '30m' }, seen), { clock, databasePath: first.databasePath })
    await pass(20 * MINUTE - 1, clock, engine)
    expect(seen.cancelled).toEqual([])
    await pass(1, clock, engine)
    expect(seen.cancelled).toEqual([1])
  })

  it('is no limit when it is none at all', async () => {
    const clock = new ManualClock()
    const seen: Seen = { ran: [], cancelled: [] }
    const { client, engine } = await startEngine(slow({ start: '0s', finish: '0s' }, seen), { clock })
    await client.send(numbered(1))
    await engine.idle()
    await pass(60 * MINUTE, clock, engine)
    expect(seen).toEqual({ ran: ['first 1', 'last 1'], cancelled: [] })
  })
})
