import Database from 'better-sqlite3'
import type { Inngest, InngestFunction } from 'inngest'
import { describe, expect, it } from 'vitest'
import { createLedgers } from '../../../src/main/engine/embedded/ledgers.ts'
import { migrate } from '../../../src/main/engine/embedded/migrations.ts'
import { createStore } from '../../../src/main/engine/embedded/store.ts'
import { createGate, ManualClock, pass, startEngine } from '../../support/engine.ts'

type Options = Omit<InngestFunction.Options, 'id' | 'triggers'>

/** Functions whose runs are held, so that what runs at one time can be seen. */
function heldFunction(id: string, event: string, options: Options, order: unknown[], held: (() => void)[]) {
  return (client: Inngest) =>
    client.createFunction({ id, triggers: [{ event }], ...options }, async ({ event }) => {
      order.push(event.data.name)
      const gate = createGate()
      held.push(gate.open)
      await gate.opened
    })
}

const named = (event: string, names: string[], data: Record<string, unknown> = {}) =>
  names.map(name => ({ name: event, data: { name, ...data } }))

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(resolve => setTimeout(resolve, 2))
}

/** Long enough for the engine to have started what it would start. */
const breathe = () => new Promise(resolve => setTimeout(resolve, 30))

describe('the queue', () => {
  it('runs higher priority first, and the older of equals', async () => {
    const order: unknown[] = []
    const held: (() => void)[] = []
    const options: Options = { concurrency: 1, priority: { run: 'event.data.p' } }
    const { client, engine } = await startEngine(client => [heldFunction('f', 't', options, order, held)(client)])
    await client.send(named('t', ['first'], { p: 0 }))
    await until(() => order.length === 1)
    await client.send([
      ...named('t', ['low'], { p: -5 }),
      ...named('t', ['a', 'b'], { p: 0 }),
      ...named('t', ['high'], { p: 100 }),
    ])
    for (let count = 1; count <= 5; count++) {
      await until(() => order.length === count)
      held[count - 1]?.()
    }
    await engine.idle()
    expect(order).toEqual(['first', 'high', 'a', 'b', 'low'])
  })

  it('finishes what has begun before it begins anything new', async () => {
    const order: string[] = []
    const { client, engine } = await startEngine(
      client => [
        client.createFunction(
          { id: 'f', triggers: [{ event: 't' }], checkpointing: false },
          async ({ step, event }) => {
            for (const part of ['1', '2']) await step.run(part, () => order.push(`${event.data.name}${part}`))
          },
        ),
      ],
      { concurrency: 1 },
    )
    await client.send(named('t', ['a', 'b']))
    await engine.idle()
    expect(order).toEqual(['a1', 'a2', 'b1', 'b2'])
  })

  it('keeps to the limit over all functions, and lets no backlog of one keep out another', async () => {
    const order: unknown[] = []
    const held: (() => void)[] = []
    const { client } = await startEngine(
      client => [
        heldFunction('many', 'many', {}, order, held)(client),
        heldFunction('few', 'few', {}, order, held)(client),
      ],
      { concurrency: 2 },
    )
    await client.send(named('many', ['m1', 'm2', 'm3', 'm4', 'm5']))
    await until(() => order.length === 2)
    await client.send(named('few', ['f1']))
    await breathe()
    expect(order).toEqual(['m1', 'm2'])
    held[0]?.()
    await until(() => order.length === 3)
    held[1]?.()
    await until(() => order.length === 4)
    expect(order.slice(2)).toContain('f1')
    for (let index = 2; index < 6; index++) {
      await until(() => held.length > index)
      held[index]?.()
    }
  })

  it('passes by a key that is full, however long its backlog, and comes back to it place by place', async () => {
    const order: unknown[] = []
    const held: (() => void)[] = []
    const options: Options = { concurrency: { limit: 1, key: 'event.data.k' } }
    const { client, engine } = await startEngine(client => [heldFunction('f', 't', options, order, held)(client)])
    const backlog = Array.from({ length: 1500 }, (_, index) => `a${index}`)
    await client.send([...named('t', backlog, { k: 'a' }), ...named('t', ['b0'], { k: 'b' })])
    await until(() => order.length === 2)
    await breathe()
    expect(order).toEqual(['a0', 'b0'])
    for (let count = 0; count < backlog.length + 1; count++) {
      await until(() => held.length > count)
      held[count]?.()
    }
    await engine.idle()
    expect(order.filter(name => name !== 'b0')).toEqual(backlog)
  })

  it('takes up what was parked under a key after a restart', async () => {
    const order: unknown[] = []
    const held: (() => void)[] = []
    const options: Options = { concurrency: { limit: 2, key: 'event.data.k' } }
    const make = (client: Inngest) => [heldFunction('f', 't', options, order, held)(client)]
    const first = await startEngine(make, { stopTimeoutMs: 0 })
    await first.client.send(named('t', ['1', '2', '3', '4', '5'], { k: 'a' }))
    await until(() => order.length === 2)
    await breathe()
    await first.engine.stop()
    order.length = 0
    held.length = 0
    const { engine } = await startEngine(make, { databasePath: first.databasePath })
    await until(() => order.length === 2)
    for (let count = 0; count < 5; count++) {
      await until(() => held.length > count)
      held[count]?.()
    }
    await engine.idle()
    expect(order.toSorted()).toEqual(['1', '2', '3', '4', '5'])
  })

  it('starts throttled runs in a burst, then one by one, and loses none over a restart', async () => {
    const clock = new ManualClock()
    const started: string[] = []
    const make = (client: Inngest) => [
      client.createFunction(
        { id: 'f', triggers: [{ event: 't' }], throttle: { limit: 6, period: '1m', burst: 2 } },
        async ({ event }) => void started.push(event.data.name as string),
      ),
    ]
    const first = await startEngine(make, { clock })
    await first.client.send(named('t', ['1', '2', '3', '4', '5']))
    await first.engine.idle()
    expect(started).toEqual(['1', '2'])
    await pass(10_000, clock, first.engine)
    expect(started).toEqual(['1', '2', '3'])
    await first.engine.stop()
    const { engine } = await startEngine(make, { clock, databasePath: first.databasePath })
    await engine.idle()
    expect(started).toHaveLength(3)
    await pass(10_000, clock, engine)
    await pass(10_000, clock, engine)
    expect(started).toEqual(['1', '2', '3', '4', '5'])
  })

  it('counts a rate limit anew in the next period', async () => {
    const clock = new ManualClock()
    const started: string[] = []
    const { client, engine } = await startEngine(
      client => [
        client.createFunction(
          { id: 'f', triggers: [{ event: 't' }], rateLimit: { limit: 2, period: '1m' } },
          async ({ event }) => void started.push(event.data.name as string),
        ),
      ],
      { clock },
    )
    await client.send(named('t', ['1', '2', '3']))
    await engine.idle()
    await pass(60_000, clock, engine)
    await client.send(named('t', ['4']))
    await engine.idle()
    expect(started).toEqual(['1', '2', '4'])
  })

  it('does not hold a place for a run that sleeps', async () => {
    const clock = new ManualClock()
    const begun: unknown[] = []
    const { client, engine } = await startEngine(
      client => [
        client.createFunction({ id: 'f', triggers: [{ event: 't' }], concurrency: 1 }, async ({ step, event }) => {
          await step.run('begin', () => begun.push(event.data.name))
          await step.sleep('nap', '1h')
        }),
      ],
      { clock },
    )
    await client.send(named('t', ['1', '2', '3']))
    await engine.idle()
    expect(begun).toEqual(['1', '2', '3'])
  })
})

describe('the engine’s statements', () => {
  it('find their rows by an index, so that they cost the same with 500,000 queued runs', () => {
    const db = new Database(':memory:')
    migrate(db)
    const statements: string[] = []
    const recording = new Proxy(db, {
      get: (target, name) => {
        if (name !== 'prepare') return Reflect.get(target, name)
        return (sql: string) => {
          statements.push(sql)
          return target.prepare(sql)
        }
      },
    })
    createStore(recording)
    createLedgers(recording)
    const scans = statements.filter(sql => plan(db, sql).some(isCostly))
    expect(scans.map(sql => sql.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/FROM run WHERE id = \?$/), // When a person cancels one run.
      // Over what is parked, asked of by one who waits at a start.
      'SELECT 1 FROM job INDEXED BY job_parked WHERE state = 2 AND function = ? LIMIT 1',
      'SELECT hash, state FROM step WHERE run = ? ORDER BY id', // Sorts the steps of one run.
      // Once at a start, and only when the clock was set back.
      expect.stringMatching(/^UPDATE gathering SET due_at/),
      expect.stringMatching(/^UPDATE seen SET until/),
      expect.stringMatching(/^UPDATE pace SET at/),
      expect.stringMatching(/^UPDATE run SET created_at/),
    ])
    expect(statements.length).toBeGreaterThan(40)
  })
})

// The index of what executes has as many rows as the engine has places, and `sweep` and `clock` a few at most.
const isCostly = (detail: string) =>
  detail.includes('TEMP B-TREE') ||
  (/^SCAN (run|job|step|run_key|gathering|seen|pace)\b/.test(detail) && !detail.includes('job_executing'))

function plan(db: Database.Database, sql: string): string[] {
  const names = new Set(sql.match(/@\w+/g))
  const bound =
    names.size > 0
      ? [Object.fromEntries([...names].map(name => [name.slice(1), null]))]
      : Array.from(sql.match(/\?/g) ?? [], () => null)
  return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound) as { detail: string }[]).map(row => row.detail)
}
