import type { Inngest } from 'inngest'
import { describe, expect, it } from 'vitest'
import { createGate, ManualClock, pass, startEngine } from '../../support/engine.ts'

const HOUR = 3_600_000
const runs = (count: number, data: Record<string, unknown>) =>
  Array.from({ length: count }, (_, n) => ({ name: 't', data: { n, ...data } }))

/** One run at a time, which is held until the gate opens. */
function heldOne(ran: unknown[], gate: Promise<void>) {
  return (client: Inngest) => [
    client.createFunction(
      { id: 'f', triggers: [{ event: 't' }], concurrency: 1, cancelOn: [{ event: 'cancel', match: 'data.syncId' }] },
      async ({ step, event }) => {
        await step.run('first', async () => {
          ran.push(event.data)
          await gate
        })
        await step.run('second', () => ran.push('second'))
      },
    ),
  ]
}

describe('an event that cancels', () => {
  it('takes the queued runs it matches and no others', async () => {
    const ran: { n: number; syncId: string }[] = []
    const gate = createGate()
    const { client, engine } = await startEngine(heldOne(ran, gate.opened))
    await client.send([...runs(1, { syncId: 'c' }), ...runs(2500, { syncId: 'a' }), ...runs(3, { syncId: 'b' })])
    await client.send({ name: 'cancel', data: { syncId: 'a' } })
    gate.open()
    await engine.idle()
    expect(ran.filter(data => data.syncId === 'a')).toEqual([])
    expect(ran.filter(data => data.syncId === 'b').map(data => data.n)).toEqual([0, 1, 2])
  })

  it('stops a running run behind its step', async () => {
    const ran: unknown[] = []
    const gate = createGate()
    const { client, engine } = await startEngine(heldOne(ran, gate.opened))
    await client.send(runs(1, { syncId: 'a' }))
    while (ran.length === 0) await new Promise(resolve => setTimeout(resolve, 2))
    await client.send({ name: 'cancel', data: { syncId: 'a' } })
    gate.open()
    await engine.idle()
    expect(ran).not.toContain('second')
  })

  it('leaves alone what is started after it', async () => {
    const ran: unknown[] = []
    const gate = createGate()
    gate.open()
    const { client, engine } = await startEngine(heldOne(ran, gate.opened))
    await client.send({ name: 'cancel', data: { syncId: 'a' } })
    await client.send(runs(1, { syncId: 'a' }))
    await engine.idle()
    expect(ran).toContain('second')
  })

  it('is finished after a restart when it came just before a stop', async () => {
    const ran: unknown[] = []
    const gate = createGate()
    const make = heldOne(ran, gate.opened)
    const first = await startEngine(make, { stopTimeoutMs: 0 })
    await first.client.send([...runs(1, { syncId: 'c' }), ...runs(20_000, { syncId: 'a' })])
    await first.client.send({ name: 'cancel', data: { syncId: 'a' } })
    await first.engine.stop()
    gate.open()
    ran.length = 0
    const { engine } = await startEngine(make, { databasePath: first.databasePath })
    await engine.idle()
    expect(ran).toEqual([{ n: 0, syncId: 'c' }, 'second'])
  })

  it('can decide by any expression, and only within the time it has', async () => {
    const clock = new ManualClock()
    const woken: unknown[] = []
    const { client, engine } = await startEngine(
      client => [
        client.createFunction(
          {
            id: 'f',
            triggers: [{ event: 't' }],
            cancelOn: [{ event: 'cancel', if: 'event.data.n < async.data.below', timeout: '1h' }],
          },
          async ({ step, event }) => {
            await step.sleep('nap', '3h')
            woken.push(event.data.n)
          },
        ),
      ],
      { clock },
    )
    await client.send(runs(3, {}))
    await engine.idle()
    await client.send({ name: 'cancel', data: { below: 1 } })
    await engine.idle()
    await pass(2 * HOUR, clock, engine)
    await client.send({ name: 'cancel', data: { below: 99 } })
    await pass(HOUR, clock, engine)
    expect(woken.toSorted()).toEqual([1, 2])
  })

  it('fails the invocation of the run it cancels', async () => {
    const seen: string[] = []
    const { client, engine } = await startEngine(client => {
      const child = client.createFunction(
        { id: 'child', triggers: [{ event: 'child' }], cancelOn: [{ event: 'cancel' }] },
        async ({ step }) => void (await step.sleep('nap', '1h')),
      )
      const parent = client.createFunction({ id: 'parent', triggers: [{ event: 't' }] }, async ({ step }) => {
        await step.invoke('call', { function: child }).catch((error: Error) => seen.push(error.message))
      })
      return [child, parent]
    })
    await client.send({ name: 't' })
    await engine.idle()
    await client.send({ name: 'cancel' })
    await engine.idle()
    expect(seen).toEqual([expect.stringContaining('cancelled')])
  })

  it('is told of each cancelled run to those who listen', async () => {
    const told: unknown[] = []
    const { client, engine } = await startEngine(client => [
      client.createFunction(
        { id: 'f', triggers: [{ event: 't' }], cancelOn: [{ event: 'cancel', match: 'data.syncId' }] },
        async ({ step }) => void (await step.sleep('nap', '1h')),
      ),
      client.createFunction(
        { id: 'listener', triggers: [{ event: 'inngest/function.cancelled' }] },
        async ({ event }) => void told.push(event.data.function_id),
      ),
    ])
    await client.send(runs(2, { syncId: 'a' }))
    await engine.idle()
    await client.send({ name: 'cancel', data: { syncId: 'a' } })
    await engine.idle()
    expect(told).toEqual(['app-f', 'app-f'])
  })
})

describe('a singleton', () => {
  it('with the mode "cancel" gives way to the newer run', async () => {
    const clock = new ManualClock()
    const ended: unknown[] = []
    const { client, engine } = await startEngine(
      client => [
        client.createFunction(
          { id: 'f', triggers: [{ event: 't' }], singleton: { key: 'event.data.k', mode: 'cancel' } },
          async ({ step, event }) => {
            await step.sleep('nap', '1h')
            ended.push(event.data.i)
          },
        ),
      ],
      { clock },
    )
    await client.send({ name: 't', data: { k: 1, i: 'old' } })
    await engine.idle()
    await client.send({ name: 't', data: { k: 1, i: 'new' } })
    await engine.idle()
    await pass(HOUR, clock, engine)
    expect(ended).toEqual(['new'])
  })
})
