import type { EventPayload } from 'inngest'
import { expect, it } from 'vitest'
import { type Start, sleep } from './engine-world.ts'

/** What starts runs and what ends them: triggers, limits, cancellations. */
export function describeStarts(start: Start): void {
  it('starts one run for each event that a wildcard means, also where other triggers mean it too', async () => {
    const { send, seen, settle } = await start((client, seen) => [
      client.createFunction(
        {
          id: 'wild',
          triggers: [{ event: 't/media.*' }, { event: 't/*', if: 'event.data.all' }, { event: 't/media.added' }],
        },
        async ({ event }) => void seen.add('wild', event.name),
      ),
    ])
    const named = (name: string, all = false) => ({ name, data: { all } })
    await send([named('t/media.added', true), named('t/media.file.gone'), named('t/mediaX', true), named('t/mediaY')])
    await send([named('u/media.added', true), named('t', true)])
    for (let i = 0; i < 3; i++) await seen.next('wild')
    await settle()
    expect(seen.all('wild').toSorted()).toEqual(['t/media.added', 't/media.file.gone', 't/mediaX'])
  })

  it('cancels the runs for which an expression says so', async () => {
    const { send, seen, settle } = await start((client, seen) => [
      client.createFunction(
        {
          id: 'cancelled-if',
          triggers: [{ event: 't/long' }],
          cancelOn: [{ event: 't/cancel', if: 'async.data.user == event.data.user && event.data.n > 1' }],
        },
        async ({ step, event }) => {
          await step.sleep('nap', '2s')
          seen.add('done', event.data.n)
        },
      ),
    ])
    await send([1, 2, 3].map(n => ({ name: 't/long', data: { n, user: n === 3 ? 'other' : 'one' } })))
    await settle()
    await send({ name: 't/cancel', data: { user: 'one' } })
    await Promise.all([seen.next('done'), seen.next('done')])
    await settle()
    expect(seen.all('done').toSorted()).toEqual([1, 3])
  })

  it('begins runs of a higher priority first', async () => {
    const { send, seen, settle } = await start((client, seen) => [
      client.createFunction(
        { id: 'ranked', triggers: [{ event: 't/ranked' }], concurrency: 1, priority: { run: 'event.data.p' } },
        async ({ event, step }) => {
          await step.run('work', async () => {
            seen.add('begun', event.data.name)
            while (event.data.isFirst && seen.count('rest') === 0) await sleep(10)
          })
        },
      ),
    ])
    const ranked = (name: string, p: number, isFirst = false) => ({ name: 't/ranked', data: { name, p, isFirst } })
    await send(ranked('first', 0, true))
    await seen.next('begun')
    await send(ranked('low', -300))
    await send(ranked('high', 300))
    await sleep(500)
    seen.add('rest', true)
    for (let i = 0; i < 2; i++) await seen.next('begun')
    await settle()
    expect(seen.all('begun')).toEqual(['first', 'high', 'low'])
  })

  it('lets a newer run of a singleton take the place of the older', async () => {
    const { send, seen, settle } = await start((client, seen) => [
      client.createFunction(
        { id: 'newest', triggers: [{ event: 't/newest' }], singleton: { key: 'event.data.k', mode: 'cancel' } },
        async ({ step, event }) => {
          await step.sleep('nap', '2s')
          seen.add('done', event.data.i)
        },
      ),
    ])
    await send({ name: 't/newest', data: { k: 's', i: 'old' } })
    await settle()
    await send({ name: 't/newest', data: { k: 's', i: 'new' } })
    expect(await seen.next('done')).toBe('new')
    await sleep(500)
    expect(seen.all('done')).toEqual(['new'])
  })

  it('cancels runs that take too long to begin, or to finish', async () => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction(
        { id: 'slow-end', triggers: [{ event: 't/slow-end' }], timeouts: { finish: '2s' } },
        async ({ step }) => {
          seen.add('begun', true)
          await step.sleep('nap', '1h')
        },
      ),
      client.createFunction(
        { id: 'slow-start', triggers: [{ event: 't/slow-start' }], concurrency: 1, timeouts: { start: '1s' } },
        async ({ step, event }) => {
          await step.run('hold', async () => {
            seen.add('held', event.data.n)
            while (seen.count('cancelled') < 2) await sleep(10)
          })
          seen.add('done', event.data.n)
        },
      ),
      client.createFunction(
        { id: 'hears', triggers: [{ event: 'inngest/function.cancelled' }] },
        async ({ event }) => void seen.add('cancelled', [event.data.function_id, event.data.event.data.n]),
      ),
    ])
    await send({ name: 't/slow-start', data: { n: 1 } })
    await seen.next('held')
    await send([
      { name: 't/slow-start', data: { n: 2 } },
      { name: 't/slow-end', data: { n: 3 } },
    ])
    await seen.next('begun')
    await Promise.all([seen.next('cancelled'), seen.next('cancelled')])
    expect(seen.all('cancelled')).toEqual(
      expect.arrayContaining([
        ['contract-slow-start', 2],
        ['contract-slow-end', 3],
      ]),
    )
    expect(await seen.next('done')).toBe(1)
    expect(seen.all('held')).toEqual([1])
  })

  it('runs alone an event that the condition of a batch leaves out', async () => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction(
        {
          id: 'some-batched',
          triggers: [{ event: 't/batch-if' }],
          batchEvents: { maxSize: 2, timeout: '60s', if: 'event.data.isSmall' },
        },
        async ({ events }) =>
          void seen.add(
            'batch',
            events.map((event: EventPayload) => event.data?.i),
          ),
      ),
    ])
    await send([1, 2, 3].map(i => ({ name: 't/batch-if', data: { i, isSmall: i !== 2 } })))
    const batches = [await seen.next('batch'), await seen.next('batch')]
    expect(batches).toEqual(expect.arrayContaining([[2], [1, 3]]))
  })

  // A minute at the most; with its clock in hand, the embedded engine is held to its schedules elsewhere.
  it.runIf(process.env.INNGEST_CLI !== undefined)(
    'starts a run at the times of a pattern, and one only where two patterns of a function meet',
    async () => {
      const { seen } = await start((client, seen) => [
        client.createFunction(
          { id: 'every-minute', triggers: [{ cron: '* * * * *' }, { cron: 'TZ=Asia/Kolkata * * * * *' }] },
          async ({ event }) => void seen.add('timer', { ...event, at: Date.now() }),
        ),
      ])
      await sleep(61_000 - (Date.now() % 60_000))
      const timer = (await seen.next('timer')) as { name: string; id: string; at: number; data: { cron: string } }
      expect(timer).toMatchObject({
        name: 'inngest/scheduled.timer',
        data: { cron: expect.stringMatching(/\* \* \* \* \*$/) },
      })
      expect(timer.at % 60_000).toBeLessThan(20_000)
      await sleep(2000)
      expect(seen.count('timer')).toBe(1)
    },
    120_000,
  )
}
