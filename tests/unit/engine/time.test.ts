import { RetryAfterError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { defaultBackoff } from '../../../src/main/engine/embedded/backoff.ts'
import { ManualClock, pass, startEngine } from '../../support/engine.ts'

const SECOND = 1000
const HOUR = 3_600_000

describe('retries', () => {
  it('wait longer after each failure, by Inngest’s table with up to 30 s of jitter', () => {
    for (const [attempt, seconds] of [15, 30, 60, 120, 300, 600, 600].entries()) {
      const waitMs = defaultBackoff(attempt)
      expect(waitMs).toBeGreaterThanOrEqual(seconds * SECOND)
      expect(waitMs).toBeLessThan((seconds + 30) * SECOND)
    }
  })

  it('begin to count anew after a step that succeeds, and come when they are due', async () => {
    const clock = new ManualClock()
    const attempts: string[] = []
    const { client, engine } = await startEngine(
      client => [
        client.createFunction({ id: 'retried', retries: 2, triggers: [{ event: 't' }] }, async ({ step, attempt }) => {
          await step.run('first', () => {
            attempts.push(`first ${attempt}`)
            if (attempt < 2) throw new Error('not yet')
          })
          await step.run('second', () => {
            attempts.push(`second ${attempt}`)
            if (attempt < 2) throw new Error('not yet')
          })
        }),
      ],
      { clock, backoff: attempt => (attempt + 1) * 10 * SECOND },
    )
    await client.send({ name: 't' })
    await engine.idle()
    expect(attempts).toEqual(['first 0'])
    await pass(9 * SECOND, clock, engine)
    expect(attempts).toEqual(['first 0'])
    await pass(1 * SECOND, clock, engine)
    expect(attempts).toEqual(['first 0', 'first 1'])
    await pass(20 * SECOND, clock, engine)
    expect(attempts).toEqual(['first 0', 'first 1', 'first 2', 'second 0'])
    await pass(10 * SECOND, clock, engine)
    await pass(20 * SECOND, clock, engine)
    expect(attempts.slice(3)).toEqual(['second 0', 'second 1', 'second 2'])
  })

  it('wait for the moment that a RetryAfterError names', async () => {
    const clock = new ManualClock()
    let tries = 0
    const { client, engine } = await startEngine(
      client => [
        client.createFunction({ id: 'limited', triggers: [{ event: 't' }] }, async ({ step }) => {
          await step.run('ask', () => {
            tries += 1
            if (tries === 1) throw new RetryAfterError('in an hour', new Date(clock.now() + HOUR))
          })
        }),
      ],
      { clock },
    )
    await client.send({ name: 't' })
    await engine.idle()
    await pass(HOUR - 1, clock, engine)
    expect(tries).toBe(1)
    await pass(1, clock, engine)
    expect(tries).toBe(2)
  })
})

describe('the engine’s timer', () => {
  it('is set for the next thing that is due and for nothing else', async () => {
    const clock = new ManualClock()
    const { client, engine } = await startEngine(
      client => [
        client.createFunction({ id: 'sleeps', triggers: [{ event: 't' }] }, async ({ step }) => {
          await step.sleep('nap', '90s')
        }),
      ],
      { clock },
    )
    await client.send({ name: 't' })
    await engine.idle()
    expect(clock.nextTimerMs).toBe(90 * SECOND)
  })
})

describe('a clock that was set back while the engine was closed', () => {
  it('makes nothing wait longer than it still had to', async () => {
    const woken: string[] = []
    const sleeper = (client: import('inngest').Inngest) => [
      client.createFunction({ id: 'sleeper', triggers: [{ event: 't' }] }, async ({ step }) => {
        await step.sleep('nap', '1h')
        woken.push('woken')
      }),
    ]
    const before = new ManualClock(Date.UTC(2026, 5, 1))
    const first = await startEngine(sleeper, { clock: before })
    await first.client.send({ name: 't' })
    await first.engine.idle()
    await first.engine.stop()

    const clock = new ManualClock(Date.UTC(2026, 0, 1))
    const { engine } = await startEngine(sleeper, { clock, databasePath: first.databasePath })
    await pass(HOUR - SECOND, clock, engine)
    expect(woken).toEqual([])
    await pass(SECOND, clock, engine)
    expect(woken).toEqual(['woken'])
  })
})

describe('timeouts', () => {
  it('end a wait with null and an invocation with an error', async () => {
    const clock = new ManualClock()
    const seen: unknown[] = []
    const { client, engine } = await startEngine(
      client => {
        const slow = client.createFunction({ id: 'slow', triggers: [{ event: 'slow' }] }, async ({ step }) => {
          await step.sleep('long', '1d')
        })
        const asks = client.createFunction({ id: 'asks', triggers: [{ event: 't' }] }, async ({ step }) => {
          const waited = await step.waitForEvent('wait', { event: 'never', timeout: '1h' })
          await step.run('waited', () => seen.push(waited))
          await step.invoke('call', { function: slow, timeout: '1h' }).catch((error: Error) => seen.push(error.message))
        })
        return [slow, asks]
      },
      { clock },
    )
    await client.send({ name: 't' })
    await engine.idle()
    await pass(HOUR, clock, engine)
    expect(seen).toEqual([null])
    await pass(HOUR, clock, engine)
    expect(seen).toEqual([null, 'Timed out waiting for invoked function to complete'])
  })
})
