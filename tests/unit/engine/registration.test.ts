import { join } from 'node:path'
import { Inngest, type InngestFunction, Middleware } from 'inngest'
import { describe, expect, it } from 'vitest'
import { createEmbeddedEngine, EngineRefusal } from '../../../src/main/engine/index.ts'
import { QUIET, startEngine } from '../../support/engine.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

type Options = Omit<InngestFunction.Options, 'id'>

async function refusalOf(options: Options | Record<string, unknown>): Promise<EngineRefusal> {
  const engine = createEmbeddedEngine({ databasePath: join(await makeTempFolder('engine'), 'jobs.db') })
  const client = new Inngest({ id: 'app', ...engine.clientOptions, logger: QUIET })
  const triggers = [{ event: 't' }]
  const fn = client.createFunction({ id: 'asks', triggers, ...options } as Options & { id: string }, async () => {})
  return engine.start({ client, functions: [fn] }).then(
    () => Promise.reject(new Error('it was accepted')),
    refusal => refusal,
  )
}

describe('registration refuses, by name,', () => {
  it.each<[string, Options | Record<string, unknown>, RegExp]>([
    ['an option it does not know', { teleport: true }, /"teleport"/],
    ['timeouts', { timeouts: { finish: '1h' } }, /"timeouts"/],
    ['a scope of limits that there is not', { concurrency: { limit: 1, scope: 'planet', key: '"x"' } }, /"planet"/],
    ['jitter', { triggers: [{ cron: '0 3 * * *', jitter: '30s' }] }, /jitter/],
    ['wildcards', { triggers: [{ event: 'media/*' }] }, /"media\/\*"/],
    ['a cron pattern that cannot be read', { triggers: [{ cron: '61 * * * *' }] }, /"61 \* \* \* \*"/],
    ['an unknown time zone', { triggers: [{ cron: 'TZ=Mars/Olympus 0 3 * * *' }] }, /Mars/],
    ['a trigger that does not compile', { triggers: [{ event: 't', if: 'event.data.' }] }, /"event\.data\."/],
    ['a cancelOn that does not compile', { cancelOn: [{ event: 'c', if: 'nope(event)' }] }, /cancelOn.*nope/],
    ['a key that does not compile', { idempotency: 'data.id' }, /idempotency.*"data\.id"/],
    [
      'a batch of what is not a batch',
      { batchEvents: { maxSize: 2, timeout: '1s' }, priority: { run: '1' } },
      /priority/,
    ],
    ['a period that is no duration', { throttle: { limit: 1, period: 'often' } }, /throttle\.period "often"/],
  ])('%s', async (_, options, reason) => {
    const refusal = await refusalOf(options)
    expect(refusal).toBeInstanceOf(EngineRefusal)
    expect(refusal.functionId).toBe('app-asks')
    expect(refusal.message).toMatch(reason)
  })

  it('a middleware that wants to see requests', async () => {
    class Watches extends Middleware.BaseMiddleware {
      readonly id = 'watches'
      override wrapRequest({ next }: Middleware.WrapRequestArgs) {
        return next()
      }
    }
    expect((await refusalOf({ middleware: [Watches] })).message).toMatch(/wrapRequest/)
  })
})

describe('an operation that shows only while a function runs', () => {
  it('fails its run for good, by name, when the engine does not have it', async () => {
    const failures: string[] = []
    const { client, engine } = await startEngine(client => [
      client.createFunction(
        {
          id: 'fetches',
          triggers: [{ event: 't' }],
          onFailure: async ({ error }) => void failures.push(error.message),
        },
        async ({ step }) => {
          await step.fetch('http://127.0.0.1:9/')
        },
      ),
      client.createFunction(
        {
          id: 'waits',
          triggers: [{ event: 't' }],
          onFailure: async ({ error }) => void failures.push(error.message),
        },
        async ({ step }) => {
          await step.waitForEvent('odd', { event: 'e', if: 'nope(event)', timeout: '1h' })
        },
      ),
    ])
    await client.send({ name: 't' })
    await engine.idle()
    expect(failures.sort()).toEqual([
      expect.stringContaining('condition "nope(event)"'),
      expect.stringContaining('"Gateway"'),
    ])
  })

  it('fails its run for good when the function returns a circle', async () => {
    const failures: string[] = []
    const { client, engine } = await startEngine(client => [
      client.createFunction(
        {
          id: 'circle',
          triggers: [{ event: 't' }],
          onFailure: async ({ error }) => void failures.push(error.message),
        },
        async () => {
          const circle: Record<string, unknown> = {}
          circle.self = circle
          return circle
        },
      ),
    ])
    await client.send({ name: 't' })
    await engine.idle()
    expect(failures).toEqual([expect.stringContaining('circular')])
  })
})
