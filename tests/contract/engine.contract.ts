import { type EventPayload, NonRetriableError, RetryAfterError, StepError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { describeFailures } from './engine-failures.contract.ts'
import { describeStarts } from './engine-starts.contract.ts'
import { describeSteps } from './engine-steps.contract.ts'
import { type EngineUnderTest, type Start, sleep, startOn } from './engine-world.ts'

/** What every engine does alike: the functions in the app must not know which of them runs them. */
export function describeEngineContract(name: string, makeEngine: () => Promise<EngineUnderTest>): void {
  const start: Start = make => startOn(makeEngine, make)

  describe(`the ${name} engine`, () => {
    describeSteps(start)
    describeFailures(start)
    describeStarts(start)

    it('runs steps in order, each once, across a sleep, an event it sends and a failure', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction({ id: 'full', triggers: [{ event: 't/full' }] }, async ({ event, step, runId }) => {
          const first = await step.run('first', () => seen.add('first', { from: event.data.x }))
          await step.sleep('nap', '1s')
          await step.sendEvent('emit', { name: 't/emitted', data: { first } })
          const flaky = await step.run('flaky', () => {
            if (seen.add('flaky', 'tried') && seen.count('flaky') === 1) throw new TypeError('first time')
            return 'second time'
          })
          seen.add('done', { first, flaky, hasRunId: runId.length > 0 })
        }),
        client.createFunction({ id: 'emitted', triggers: [{ event: 't/emitted' }] }, async ({ event }) => {
          seen.add('emitted', event.data)
        }),
      ])
      await send({ name: 't/full', data: { x: 42 } })
      expect(await seen.next('done')).toEqual({ first: { from: 42 }, flaky: 'second time', hasRunId: true })
      expect(await seen.next('emitted')).toEqual({ first: { from: 42 } })
      expect([seen.count('first'), seen.count('flaky'), seen.count('emitted')]).toEqual([1, 2, 1])
    })

    it('calls onFailure with the error and the event when a step has failed for good', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction(
          {
            id: 'doomed',
            retries: 1,
            triggers: [{ event: 't/doomed' }],
            onFailure: async ({ error, event, step }) => {
              const cleaned = await step.run('clean-up', () => 'cleaned')
              seen.add('failure', { cleaned, message: error.message, data: event.data.event.data })
            },
          },
          async ({ step }) => {
            await step.run('fine', () => seen.add('fine', true))
            await step.run('boom', () => {
              seen.add('boom', true)
              throw new Error('boom always')
            })
          },
        ),
      ])
      await send({ name: 't/doomed', data: { mediaId: 7 } })
      expect(await seen.next('failure')).toEqual({ cleaned: 'cleaned', message: 'boom always', data: { mediaId: 7 } })
      expect([seen.count('fine'), seen.count('boom')]).toEqual([1, 2])
    })

    it('calls a function again that throws between its steps, and does not run the steps again', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction(
          { id: 'body-throws', retries: 1, triggers: [{ event: 't/body' }] },
          async ({ step, attempt }) => {
            await step.run('before', () => seen.add('before', true))
            if (attempt === 0) throw new RangeError('once')
            seen.add('done', await step.run('after', () => 'after'))
          },
        ),
        client.createFunction(
          { id: 'body-throws-first', retries: 1, triggers: [{ event: 't/body' }] },
          async ({ attempt }) => {
            if (attempt === 0) throw new RangeError('once')
            seen.add('first', attempt)
          },
        ),
      ])
      await send({ name: 't/body' })
      expect(await seen.next('done')).toBe('after')
      expect(await seen.next('first')).toBe(1)
      expect(seen.count('before')).toBe(1)
    })

    it('does not retry a NonRetriableError, in a step or outside', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction(
          {
            id: 'final-step',
            triggers: [{ event: 't/final' }],
            onFailure: async ({ error }) => void seen.add('step-failure', error.message),
          },
          async ({ step }) => {
            await step.run('final', () => {
              seen.add('step', true)
              throw new NonRetriableError('a bad file', { cause: new Error('the cause') })
            })
          },
        ),
        client.createFunction(
          {
            id: 'final-body',
            triggers: [{ event: 't/final' }],
            onFailure: async ({ error }) => void seen.add('body-failure', error.message),
          },
          async () => {
            seen.add('body', true)
            throw new NonRetriableError('no use')
          },
        ),
      ])
      await send({ name: 't/final' })
      expect(await seen.next('step-failure')).toBe('a bad file')
      expect(await seen.next('body-failure')).toBe('no use')
      expect([seen.count('step'), seen.count('body')]).toEqual([1, 1])
    })

    it('waits as long as a RetryAfterError says', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction({ id: 'limited', triggers: [{ event: 't/limited' }] }, async ({ step }) => {
          await step.run('ask', () => {
            seen.add('asked', Date.now())
            if (seen.count('asked') === 1) throw new RetryAfterError('too many', '2s')
          })
          seen.add('done', true)
        }),
      ])
      await send({ name: 't/limited' })
      await seen.next('done')
      const [first, second] = [await seen.next('asked'), await seen.next('asked')] as [number, number]
      expect(second - first).toBeGreaterThanOrEqual(1900)
    })

    it('lets a function catch the failure of a step', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction({ id: 'caught', retries: 0, triggers: [{ event: 't/caught' }] }, async ({ step }) => {
          let caught: unknown
          try {
            await step.run('bad', () => {
              throw new Error('bad step')
            })
          } catch (error) {
            caught = { isStepError: error instanceof StepError, message: (error as Error).message }
          }
          seen.add('done', { caught, recovered: await step.run('recover', () => 'recovered') })
        }),
      ])
      await send({ name: 't/caught' })
      expect(await seen.next('done')).toEqual({
        caught: { isStepError: true, message: 'bad step' },
        recovered: 'recovered',
      })
    })

    it('runs parallel steps side by side', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction({ id: 'parallel', triggers: [{ event: 't/parallel' }] }, async ({ step }) => {
          const values = await Promise.all(
            [1, 2, 3].map(value =>
              step.run(`step-${value}`, async () => {
                seen.add('begun', value)
                // None ends before all have begun.
                while (seen.count('begun') < 3) await sleep(5)
                return value
              }),
            ),
          )
          seen.add('done', await step.run('sum', () => values.reduce((a, b) => a + b)))
        }),
      ])
      await send({ name: 't/parallel' })
      expect(await seen.next('done')).toBe(6)
      expect(seen.count('begun')).toBe(3)
    })

    it('follows chains, sleeps and failures that go side by side', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction({ id: 'mixed', triggers: [{ event: 't/mixed' }] }, async ({ step }) => {
          const values = await Promise.all([
            step.run('chain-1', () => seen.add('chain-1', 'a1')).then(() => step.run('chain-2', () => 'a2')),
            step.sleep('nap', '1s'),
            step.run('flaky', () => {
              seen.add('flaky', true)
              if (seen.count('flaky') === 1) throw new Error('once')
              return 'ok'
            }),
          ])
          seen.add('done', values)
        }),
      ])
      await send({ name: 't/mixed' })
      expect(await seen.next('done')).toEqual(['a2', null, 'ok'])
      expect([seen.count('chain-1'), seen.count('flaky')]).toEqual([1, 2])
    })

    it('goes on with the first of a race while the others are still under way', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction({ id: 'race', triggers: [{ event: 't/race' }] }, async ({ step, group }) => {
          const winner = await group.parallel({ mode: 'race' }, () =>
            Promise.race([step.run('quick', () => 'quick'), step.sleep('slow', '1h').then(() => 'slow')]),
          )
          seen.add('done', await step.run('after', () => winner))
        }),
      ])
      await send({ name: 't/race' })
      expect(await seen.next('done')).toBe('quick')
    })

    it('hands a waiting run the event that matches, and null when none comes in time', async () => {
      const { send, seen, settle } = await start((client, seen) => [
        client.createFunction({ id: 'waiter', triggers: [{ event: 't/waiter' }] }, async ({ step }) => {
          const got = await step.waitForEvent('got', { event: 't/reply', match: 'data.id', timeout: '1m' })
          const big = await step.waitForEvent('big', {
            event: 't/reply',
            if: 'async.data.id == event.data.id && async.data.size > 10',
            timeout: '1m',
          })
          const none = await step.waitForEvent('none', { event: 't/never', timeout: '1s' })
          seen.add('done', { got: got?.data, big: big?.data, none })
        }),
      ])
      await send({ name: 't/waiter', data: { id: 'W' } })
      await settle()
      await send([
        { name: 't/reply', data: { id: 'other' } },
        { name: 't/reply', data: { id: 'W', hello: 'there' } },
      ])
      await settle()
      await send([
        { name: 't/reply', data: { id: 'W', size: 3 } },
        { name: 't/reply', data: { id: 'W', size: 30 } },
      ])
      expect(await seen.next('done')).toEqual({
        got: { id: 'W', hello: 'there' },
        big: { id: 'W', size: 30 },
        none: null,
      })
    })

    it('invokes functions, and hands back their results and errors', async () => {
      const { send, seen } = await start((client, seen) => {
        const child = client.createFunction(
          { id: 'child', triggers: [{ event: 't/child' }] },
          async ({ step, event }) => step.run('work', () => `child:${event.data.v}`),
        )
        const bad = client.createFunction({ id: 'bad', retries: 0, triggers: [{ event: 't/bad' }] }, async () => {
          throw new Error('child failed')
        })
        const invoker = client.createFunction(
          { id: 'invoker', triggers: [{ event: 't/invoker' }] },
          async ({ step }) => {
            const result = await step.invoke('call', { function: child, data: { v: 7 } })
            const message = await step.invoke('call-bad', { function: bad }).catch((error: Error) => error.message)
            seen.add('done', { result, message })
          },
        )
        return [child, bad, invoker]
      })
      await send({ name: 't/invoker' })
      expect(await seen.next('done')).toEqual({ result: 'child:7', message: 'child failed' })
    })

    it('keeps the results of steps with one id apart', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction({ id: 'same-ids', triggers: [{ event: 't/same' }] }, async ({ step }) => {
          const values: number[] = []
          for (let value = 0; value < 3; value++) values.push(await step.run('same', () => value))
          await step.sleep('nap', '1s')
          seen.add('done', values)
        }),
      ])
      await send({ name: 't/same' })
      expect(await seen.next('done')).toEqual([0, 1, 2])
    })

    it('runs a function without steps, one whose step returns nothing, and one whose step takes input', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction(
          { id: 'no-steps', triggers: [{ event: 't/small' }] },
          async () => void seen.add('none', 1),
        ),
        client.createFunction({ id: 'nothing', triggers: [{ event: 't/small' }] }, async ({ step }) => {
          seen.add('nothing', (await step.run('nothing', () => undefined)) ?? 'nothing')
        }),
        client.createFunction({ id: 'input', triggers: [{ event: 't/small' }] }, async ({ step }) => {
          seen.add('input', await step.run('add', (a: number, b: number) => a + b, 2, 3))
        }),
      ])
      await send({ name: 't/small' })
      expect([await seen.next('none'), await seen.next('nothing'), await seen.next('input')]).toEqual([1, 'nothing', 5])
    })

    it('sleeps until a date', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction({ id: 'until', triggers: [{ event: 't/until' }] }, async ({ step, event }) => {
          await step.sleepUntil('until', new Date(event.data.until as number))
          seen.add('done', Date.now())
        }),
      ])
      const until = Date.now() + 1500
      await send({ name: 't/until', data: { until } })
      expect(await seen.next('done')).toBeGreaterThanOrEqual(until)
    })

    it('cancels the run that an event matches, and no other', async () => {
      const { send, seen, settle } = await start((client, seen) => [
        client.createFunction(
          { id: 'cancellable', triggers: [{ event: 't/long' }], cancelOn: [{ event: 't/cancel', match: 'data.id' }] },
          async ({ step, event }) => {
            await step.sleep('nap', '2s')
            seen.add('done', event.data.id)
          },
        ),
      ])
      await send([
        { name: 't/long', data: { id: 'A' } },
        { name: 't/long', data: { id: 'B' } },
      ])
      await settle()
      await send({ name: 't/cancel', data: { id: 'A' } })
      expect(await seen.next('done')).toBe('B')
      await settle()
      expect(seen.count('done')).toBe(1)
    })

    it('batches events by size, then by time', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction(
          {
            id: 'batcher',
            triggers: [{ event: 't/batch' }],
            batchEvents: { maxSize: 3, timeout: '2s', key: 'event.data.k' },
          },
          async ({ events, step }) => {
            seen.add('batch', await step.run('ids', () => events.map((event: EventPayload) => event.data?.i)))
          },
        ),
      ])
      await send([1, 2, 3, 4].map(i => ({ name: 't/batch', data: { k: 'K', i } })))
      expect(await seen.next('batch')).toEqual([1, 2, 3])
      expect(await seen.next('batch')).toEqual([4])
    })

    it('debounces events by key and keeps the last', async () => {
      const { send, seen, settle } = await start((client, seen) => [
        client.createFunction(
          {
            id: 'debounced',
            triggers: [{ event: 't/debounce' }],
            debounce: { period: '1s', key: 'event.data.k', timeout: '10s' },
          },
          async ({ event }) => void seen.add('done', event.data.i),
        ),
      ])
      await send({ name: 't/debounce', data: { k: 'D', i: 1 } })
      await send({ name: 't/debounce', data: { k: 'D', i: 2 } })
      expect(await seen.next('done')).toBe(2)
      await settle()
      expect(seen.count('done')).toBe(1)
    })

    it('runs no more at a time than a limit by key allows', async () => {
      const { send, seen } = await start((client, seen) => {
        const running = new Map<string, number>()
        return [
          client.createFunction(
            {
              id: 'limits',
              triggers: [{ event: 't/limits', if: 'event.data.go == true' }],
              concurrency: [{ limit: 2, key: 'event.data.k', scope: 'fn' }, { limit: 3 }],
            },
            async ({ event, step }) => {
              await step.run('work', async () => {
                const key = event.data.k as string
                running.set(key, (running.get(key) ?? 0) + 1)
                const total = [...running.values()].reduce((a, b) => a + b)
                seen.add('load', { ofKey: running.get(key), total })
                await sleep(30)
                running.set(key, (running.get(key) ?? 0) - 1)
              })
              seen.add('done', event.data)
            },
          ),
        ]
      })
      const events = Array.from({ length: 6 }, (_, i) => ({
        name: 't/limits',
        data: { go: true, k: i < 4 ? 'x' : 'y' },
      }))
      await send([...events, { name: 't/limits', data: { go: false, k: 'z' } }])
      for (const _ of events) expect(await seen.next('done')).toMatchObject({ go: true })
      const loads = seen.all('load') as { ofKey: number; total: number }[]
      expect(Math.max(...loads.map(load => load.ofKey))).toBe(2)
      expect(Math.max(...loads.map(load => load.total))).toBeLessThanOrEqual(3)
    })

    it.each(['env', 'account'] as const)('shares the places of a key among all functions of one %s', async scope => {
      const running = { now: 0, most: 0 }
      const { send, seen } = await start((client, seen) =>
        ['first', 'second'].map(id =>
          client.createFunction(
            {
              id,
              triggers: [{ event: 't/shared' }],
              concurrency: [{ limit: 2, key: 'event.data.k', scope }],
            },
            async ({ step }) => {
              await step.run('work', async () => {
                running.now += 1
                running.most = Math.max(running.most, running.now)
                await sleep(20)
                running.now -= 1
              })
              seen.add('done', id)
            },
          ),
        ),
      )
      await send(Array.from({ length: 5 }, () => ({ name: 't/shared', data: { k: 'one model' } })))
      for (let i = 0; i < 10; i++) await seen.next('done')
      expect(running.most).toBe(2)
      expect(new Set(seen.all('done'))).toEqual(new Set(['first', 'second']))
    })

    it('ends a wait with its signal, or with null when its time is up', async () => {
      const { send, seen, signal, settle } = await start((client, seen) => [
        client.createFunction({ id: 'waits', triggers: [{ event: 't/signal' }] }, async ({ event, step }) => {
          const { timeout, onConflict } = event.data
          seen.add('waits', true)
          const got = await step.waitForSignal('go', { signal: 'print', timeout, onConflict })
          seen.add('got', got)
        }),
        client.createFunction({ id: 'tells', triggers: [{ event: 't/tell' }] }, async ({ step }) => {
          await step.sendSignal('tell', { signal: 'print', data: { copies: 3 } })
        }),
      ])
      expect(await signal('print', 1)).toBeUndefined()
      await send({ name: 't/signal', data: { timeout: '1h', onConflict: 'fail' } })
      await seen.next('waits')
      await settle()
      await send({ name: 't/tell', data: {} })
      expect(await seen.next('got')).toEqual({ signal: 'print', data: { copies: 3 } })
      await send({ name: 't/signal', data: { timeout: '1s', onConflict: 'fail' } })
      expect(await seen.next('got')).toBeNull()
      expect(await signal('print', 2)).toBeUndefined()
    })

    it('lets a second wait for a signal fail, or take the place of the first', async () => {
      const { send, seen, signal, settle } = await start((client, seen) => [
        client.createFunction(
          {
            id: 'waits',
            retries: 0,
            triggers: [{ event: 't/signal' }],
            onFailure: async ({ event }) => void seen.add('failed', event.data.event.data.name),
          },
          async ({ event, step }) => {
            const { name, timeout, onConflict } = event.data
            seen.add('waits', name)
            const got = await step.waitForSignal('go', { signal: 'print', timeout, onConflict })
            seen.add('got', [name, got?.data ?? null])
          },
        ),
      ])
      const wait = async (name: string, timeout: string, onConflict: 'fail' | 'replace') => {
        await send({ name: 't/signal', data: { name, timeout, onConflict } })
        await seen.next('waits')
        await settle()
      }
      await wait('first', '3s', 'fail')
      await wait('second', '1h', 'fail')
      expect(await seen.next('failed')).toBe('second')
      await wait('third', '1h', 'replace')
      expect(await signal('print', 'now')).toMatch(/./)
      const got = [await seen.next('got'), await seen.next('got')] as [string, unknown][]
      expect(Object.fromEntries(got)).toEqual({ first: null, third: 'now' })
    })

    it('starts one run for two events with one id, and for two with one idempotency key', async () => {
      const { send, seen, settle } = await start((client, seen) => [
        client.createFunction({ id: 'by-id', triggers: [{ event: 't/id' }] }, async () => void seen.add('id', true)),
        client.createFunction(
          { id: 'by-key', triggers: [{ event: 't/key' }], idempotency: 'event.data.k' },
          async () => void seen.add('key', true),
        ),
      ])
      await send({ name: 't/id', id: 'same-event' })
      await send({ name: 't/id', id: 'same-event' })
      await send([
        { name: 't/key', data: { k: 1 } },
        { name: 't/key', data: { k: 1 } },
      ])
      await Promise.all([seen.next('id'), seen.next('key')])
      await settle()
      expect([seen.count('id'), seen.count('key')]).toEqual([1, 1])
    })

    it('drops what is over a rate limit', async () => {
      const { send, seen, settle } = await start((client, seen) => [
        client.createFunction(
          { id: 'rated', triggers: [{ event: 't/rate' }], rateLimit: { limit: 1, period: '1h', key: 'event.data.k' } },
          async ({ event }) => void seen.add('done', event.data.k),
        ),
      ])
      await send(['a', 'a', 'b', 'a'].map(k => ({ name: 't/rate', data: { k } })))
      await Promise.all([seen.next('done'), seen.next('done')])
      await settle()
      expect(seen.all('done').sort()).toEqual(['a', 'b'])
    })

    it('spreads the starts of a throttled function, and loses none', async () => {
      const { send, seen } = await start((client, seen) => [
        client.createFunction(
          { id: 'throttled', triggers: [{ event: 't/throttle' }], throttle: { limit: 1, period: '1s' } },
          async () => void seen.add('started', Date.now()),
        ),
      ])
      await send([1, 2].map(i => ({ name: 't/throttle', data: { i } })))
      const [first, second] = [await seen.next('started'), await seen.next('started')] as [number, number]
      expect(second - first).toBeGreaterThanOrEqual(900)
    })

    it('skips a second run of a singleton while the first is there', async () => {
      const { send, seen, settle } = await start((client, seen) => [
        client.createFunction(
          { id: 'single', triggers: [{ event: 't/single' }], singleton: { key: 'event.data.k', mode: 'skip' } },
          async ({ step, event }) => {
            await step.waitForEvent('end', { event: 't/end', timeout: '1h' })
            seen.add('done', event.data.i)
          },
        ),
      ])
      await send({ name: 't/single', data: { k: 's', i: 1 } })
      await settle()
      await send({ name: 't/single', data: { k: 's', i: 2 } })
      await settle()
      await send({ name: 't/end' })
      expect(await seen.next('done')).toBe(1)
      await settle()
      expect(seen.count('done')).toBe(1)
    })

    it('refuses events with names of its own', async () => {
      const { send } = await start(() => [])
      await expect(send({ name: 'inngest/function.finished' })).rejects.toThrow(/inngest/)
    })

    it('lets nobody else call the functions', async () => {
      const { engine } = await start(client => [
        client.createFunction({ id: 'private', triggers: [{ event: 't/private' }] }, async () => 'secret'),
      ])
      for (const method of ['GET', 'POST', 'PUT']) {
        const request = new Request('http://127.0.0.1/api/inngest?fnId=contract-private&stepId=step', {
          method,
          ...(method === 'GET' ? {} : { body: '{}' }),
        })
        expect((await engine.serveEndpoint(request)).status).toBe(401)
      }
    })
  })
}
