import { join } from 'node:path'
import { Inngest } from 'inngest'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEmbeddedEngine } from '../../../src/main/engine/index.ts'
import { QUIET, startEngine } from '../../support/engine.ts'
import { comparable, expectedOf, type Recorded, type RecordedCall, readRecorded } from '../../support/inngest-wire.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

type RecordedEntry = Extract<Recorded, RecordedCall>

afterEach(() => {
  vi.unstubAllEnvs()
})

/** What the SDK is called with, inside this process. */
const calls = vi.hoisted((): ReturnType<typeof comparable>[] => [])

vi.mock('inngest/internals', async importOriginal => {
  const original = await importOriginal<typeof import('inngest/internals')>()
  const { createExecutionEngine } = original.InngestExecutionEngine
  const recording: typeof createExecutionEngine = options => {
    const { fn, handlerKind, data, stepState, stepCompletionOrder, requestedRunStep, disableImmediateExecution } =
      options
    calls.push(
      comparable({
        fnId: fn.id(options.client.id) + (handlerKind === 'failure' ? '-failure' : ''),
        stepId: requestedRunStep ?? 'step',
        attempt: data.attempt,
        maxAttempts: data.maxAttempts ?? 0,
        isImmediateDisabled: disableImmediateExecution ?? false,
        order: [...stepCompletionOrder],
        event: structuredClone({ name: data.event.name, data: data.event.data }),
        eventCount: data.events.length,
        steps: structuredClone(stepState),
      }),
    )
    return createExecutionEngine(options)
  }
  return {
    ...original,
    InngestExecutionEngine: { ...original.InngestExecutionEngine, createExecutionEngine: recording },
  }
})

function recordedFunctions(client: Inngest, onDone: (name: string) => void) {
  let flaky = 0
  let parallelFailures = 0
  return [
    client.createFunction({ id: 'full', triggers: [{ event: 'w/full' }] }, async ({ event, step }) => {
      const a = await step.run('a', () => ({ n: 1, from: event.data.x }))
      await step.sleep('nap', '1s')
      await step.sendEvent('emit', { name: 'w/emitted', data: { a } })
      await step.run('flaky', () => {
        flaky += 1
        if (flaky === 1) throw new TypeError('flaky first failure')
        return 'ok-second'
      })
      await step.run('b', () => 'bee')
      onDone('full')
    }),
    client.createFunction(
      {
        id: 'doomed',
        retries: 1,
        triggers: [{ event: 'w/doomed' }],
        onFailure: async ({ step }) => {
          await step.run('cleanup', () => 'cleaned')
          onDone('doomed')
        },
      },
      async ({ step }) => {
        await step.run('ok', () => 1)
        await step.run('boom', () => {
          throw new Error('boom always')
        })
      },
    ),
    client.createFunction({ id: 'parallel-mixed', triggers: [{ event: 'w/parmixed' }] }, async ({ step }) => {
      await Promise.all([
        step.run('chainA1', () => 'a1').then(() => step.run('chainA2', () => 'a2')),
        step.sleep('nap', '1s'),
        step.run('pfail', () => {
          parallelFailures += 1
          if (parallelFailures === 1) throw new Error('parallel fail once')
          return 'pf-ok'
        }),
      ])
      onDone('parallel-mixed')
    }),
    client.createFunction({ id: 'waiter', triggers: [{ event: 'w/waiter' }] }, async ({ step }) => {
      await step.waitForEvent('got', { event: 'w/reply', match: 'data.id', timeout: '30s' })
      await step.waitForEvent('none', { event: 'w/never', if: 'async.data.id == event.data.id', timeout: '2s' })
      onDone('waiter')
    }),
  ]
}

/** The order of side by side is not the same each time, so it is sorted. */
function sorted(calls: ReturnType<typeof expectedOf>[]) {
  const keyOf = ({ stepId, attempt, order }: (typeof calls)[number]) => `${stepId} ${attempt} ${order.length}`
  return calls
    .map(call => ({ ...call, order: call.order.toSorted() }))
    .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
}

describe('the calls of the engine', () => {
  it('are those that a real Inngest server made of the same functions', async () => {
    const wire = await readRecorded()
    const done = new Set<string>()
    const databasePath = join(await makeTempFolder('engine'), 'jobs.db')
    const engine = createEmbeddedEngine({ databasePath, backoff: () => 1200 })
    const client = new Inngest({ id: 'wire-app', ...engine.clientOptions, logger: QUIET })
    await engine.start({ client, functions: recordedFunctions(client, name => done.add(name)) })
    await client.send([
      { name: 'w/full', data: { x: 42 } },
      { name: 'w/doomed' },
      { name: 'w/parmixed' },
      { name: 'w/waiter', data: { id: 'W1' } },
    ])
    await engine.idle()
    await client.send({ name: 'w/reply', data: { id: 'W1', hello: 'there' } })
    while (done.size < 4) await new Promise(resolve => setTimeout(resolve, 20))
    await engine.idle()
    await engine.stop()

    for (const fnId of ['full', 'doomed', 'doomed-failure', 'parallel-mixed', 'waiter'].map(id => `wire-app-${id}`)) {
      const theirs = wire.entries.filter(entry => entry.kind === 'call' && entry.fnId === fnId) as RecordedEntry[]
      const ours = calls.filter(call => call.fnId === fnId)
      expect(sorted(ours), fnId).toEqual(
        sorted(theirs.filter(({ recording }) => recording === 'checkpointing').map(expectedOf)),
      )
    }
  })
})

describe('the environment', () => {
  it.each([
    ['INNGEST_DEV', '0'],
    ['INNGEST_DEV', 'http://127.0.0.1:9'],
    ['INNGEST_EVENT_KEY', 'someone-elses'],
    ['INNGEST_SIGNING_KEY', 'signkey-prod-0123456789abcdef'],
    ['INNGEST_BASE_URL', 'http://127.0.0.1:9'],
    ['INNGEST_EVENT_API_BASE_URL', 'http://127.0.0.1:9'],
    ['INNGEST_SERVE_ORIGIN', 'not a url'],
    ['INNGEST_STREAMING', 'true'],
    ['INNGEST_ENV', 'branch'],
  ])('with %s=%s changes nothing', async (name, value) => {
    vi.stubEnv(name, value)
    const ran: unknown[] = []
    const { client, engine } = await startEngine(client => [
      client.createFunction({ id: 'f', triggers: [{ event: 't' }] }, async ({ step, event }) => {
        ran.push(await step.run('a', () => event.data.n))
      }),
    ])
    await client.send({ name: 't', data: { n: 1 } })
    await engine.idle()
    expect(ran).toEqual([1])
  })
})

describe('what the engine does not have', () => {
  it('answers by name and not by silence', async () => {
    const engine = createEmbeddedEngine({ databasePath: 'not-opened.db' })
    const response = await engine.clientOptions.fetch?.('http://engine/v1/runs/1/actions')
    expect([response?.status, await response?.text()]).toEqual([501, expect.stringContaining('/v1/runs/1/actions')])
  })
})
