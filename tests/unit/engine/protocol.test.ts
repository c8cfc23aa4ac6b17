import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Inngest, InngestCommHandler } from 'inngest'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEmbeddedEngine } from '../../../src/main/engine/index.ts'
import { QUIET, startEngine } from '../../support/engine.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

interface Call {
  fnId: string
  stepId: string
  body: {
    ctx: Record<string, unknown> & { attempt: number; stack: { stack: string[] } }
    event: Record<string, unknown> & { data: Record<string, unknown> }
    steps: Record<string, unknown>
  }
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** What a real Inngest server (1.43) sent the same functions, with the call stacks cut short. */
async function readRecorded(): Promise<Call[]> {
  const path = new URL('../../support/inngest-wire.json', import.meta.url)
  return JSON.parse(await readFile(path, 'utf8')) as Call[]
}

function recordCalls(): Call[] {
  const calls: Call[] = []
  const prototype = InngestCommHandler.prototype as unknown as { runStep(call: RunStepCall): unknown }
  const { runStep } = prototype
  vi.spyOn(prototype, 'runStep').mockImplementation(function (this: unknown, call) {
    calls.push(structuredClone({ fnId: call.functionId, stepId: call.stepId, body: call.data }))
    return runStep.call(this as never, call)
  })
  return calls
}

interface RunStepCall {
  functionId: string
  stepId: string
  data: Call['body']
}

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

/** What of a call must be the same: all but ids and times. The order of side by side is not, so it is sorted. */
function comparable(calls: Call[], fnId: string) {
  return calls
    .filter(call => call.fnId === fnId)
    .map(({ stepId, body }) => ({
      stepId,
      keys: Object.keys(body).toSorted(),
      ctxKeys: Object.keys(body.ctx).toSorted(),
      eventKeys: Object.keys(body.event).toSorted(),
      attempt: body.ctx.attempt,
      maxAttempts: body.ctx.max_attempts,
      isImmediateDisabled: body.ctx.disable_immediate_execution,
      order: body.ctx.stack.stack,
      steps: Object.fromEntries(Object.entries(body.steps).map(([hash, state]) => [hash, comparableState(state)])),
    }))
    .toSorted((a, b) => `${a.stepId} ${a.attempt}`.localeCompare(`${b.stepId} ${b.attempt}`))
}

/** The server sends what a sleep or a wait came to bare; wrapped like all else, the SDK cannot mistake it. */
function comparableState(state: unknown): unknown {
  const { data, error } = (isOutcome(state) ? state : { data: state }) as Record<string, Record<string, unknown>>
  if (error) return { error: { name: error.name, message: error.message } }
  if (data?.ts !== undefined) return { data: 'an event' }
  return { data: data?.ids ? 'ids of events' : data }
}

function isOutcome(state: unknown): boolean {
  if (typeof state !== 'object' || state === null) return false
  return !('ts' in state) && ('data' in state || 'error' in state)
}

describe('the calls of the engine', () => {
  it('are those that a real Inngest server made of the same functions', async () => {
    const recorded = await readRecorded()
    const calls = recordCalls()
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

    for (const fnId of new Set(recorded.map(call => call.fnId))) {
      expect(comparable(calls, fnId), fnId).toEqual(comparable(recorded, fnId))
    }
    const failed = (all: Call[]) => all.find(call => call.fnId === 'wire-app-doomed-failure')?.body.event.data
    const theirs = failed(recorded)
    expect(failed(calls)).toMatchObject({ function_id: theirs?.function_id, _inngest: theirs?._inngest })
    expect(Object.keys(theirs ?? {})).toEqual(expect.arrayContaining(Object.keys(failed(calls) ?? {})))
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
