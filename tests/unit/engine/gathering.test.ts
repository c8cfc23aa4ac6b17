import type { EventPayload, InngestFunction } from 'inngest'
import { describe, expect, it } from 'vitest'
import { ManualClock, pass, startEngine } from '../../support/engine.ts'

const SECOND = 1000

/** What a function with these options is called with. */
async function gather(options: Pick<InngestFunction.Options, 'debounce' | 'batchEvents'>) {
  const clock = new ManualClock()
  const called: unknown[] = []
  const { client, engine } = await startEngine(
    client => [
      client.createFunction({ id: 'f', triggers: [{ event: 't' }], ...options }, async ({ events }) => {
        called.push(events.map((event: EventPayload) => event.data?.n))
      }),
    ],
    { clock },
  )
  return {
    called,
    send: (n: number, k = 'one') => client.send({ name: 't', data: { n, k } }),
    pass: (seconds: number) => pass(seconds * SECOND, clock, engine),
  }
}

describe('a debounce', () => {
  it('waits anew for each event of its key', async () => {
    const { called, send, pass } = await gather({ debounce: { period: '10s', key: 'event.data.k' } })
    await send(1)
    await pass(9)
    await send(2)
    await send(3, 'other')
    await pass(9)
    expect(called).toEqual([])
    await pass(1)
    expect(called.toSorted()).toEqual([[2], [3]])
  })

  it('waits no longer in all than its time-out', async () => {
    const { called, send, pass } = await gather({ debounce: { period: '10s', timeout: '15s' } })
    await send(1)
    await pass(8)
    await send(2)
    await pass(6)
    await send(3)
    expect(called).toEqual([])
    await pass(1)
    expect(called).toEqual([[3]])
  })
})

describe('a batch', () => {
  it('begins when it is full or its time is up, each key by itself', async () => {
    const { called, send, pass } = await gather({ batchEvents: { maxSize: 2, timeout: '10s', key: 'event.data.k' } })
    await send(1)
    await send(2, 'other')
    await pass(5)
    await send(3)
    await pass(0)
    expect(called).toEqual([[1, 3]])
    await pass(5)
    expect(called).toEqual([[1, 3], [2]])
  })
})
