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

const failing = (failed: (message: string) => void) => ({
  id: 'fails',
  retries: 1 as const,
  triggers: [{ event: 't' }],
  onFailure: async ({ error }: { error: Error }) => failed(error.message),
})

describe('registration refuses, by name,', () => {
  it.each<[string, Options | Record<string, unknown>, RegExp]>([
    ['an option it does not know', { teleport: true }, /"teleport"/],
    ['a timeout that is no duration', { timeouts: { finish: 'soon' } }, /timeouts\.finish "soon"/],
    ['steps that are looked for one by one', { optimizeParallelism: false }, /optimizeParallelism/],
    ['a deferred function', { triggers: [{ event: 'inngest/deferred.schedule' }] }, /deferred/],
    ['a scope of limits that there is not', { concurrency: { limit: 1, scope: 'planet', key: '"x"' } }, /"planet"/],
    ['a jitter that is too short', { triggers: [{ cron: '0 3 * * *', jitter: '100ms' }] }, /jitter "100ms"/],
    ['a jitter that is too long', { triggers: [{ cron: '0 3 * * *', jitter: '6m' }] }, /jitter "6m"/],
    ['a jitter that is no duration', { triggers: [{ cron: '0 3 * * *', jitter: 'some' }] }, /jitter "some"/],
    ['a wildcard in the middle', { triggers: [{ event: 'media/*/added' }] }, /"media\/\*\/added"/],
    ['a wildcard within a word', { triggers: [{ event: 'media*' }] }, /"media\*"/],
    ['a wildcard that is to cancel', { cancelOn: [{ event: 'media/*' }] }, /"media\/\*"/],
    ['one pattern twice', { triggers: [{ cron: '0 3 * * *' }, { cron: '0 3 * * *', jitter: '9s' }] }, /twice/],
    ['a cron pattern with seconds', { triggers: [{ cron: '0 0 3 * * *' }] }, /"0 0 3 \* \* \*"/],
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
  const asks: [string, (client: Inngest, failed: (message: string) => void) => InngestFunction.Any, RegExp][] = [
    [
      'a model asked by the engine',
      (client, failed) =>
        client.createFunction(failing(failed), async ({ step }) => {
          const model = step.ai.models.openai({ model: 'any', apiKey: 'none', baseUrl: 'http://127.0.0.1:9' })
          await step.ai.infer('ask', { model, body: { messages: [] } })
        }),
      /"ask".*"AIGateway"/,
    ],
    [
      'a condition that does not compile',
      (client, failed) =>
        client.createFunction(failing(failed), async ({ step }) => {
          await step.waitForEvent('odd', { event: 'e', if: 'nope(event)', timeout: '1h' })
        }),
      /condition "nope\(event\)"/,
    ],
    [
      'a body to fetch with that is not text',
      (client, failed) =>
        client.createFunction(failing(failed), async ({ step }) => {
          await step.fetch('http://127.0.0.1:9/', { method: 'POST', body: new Uint8Array(3) })
        }),
      /"step\.fetch: 127\.0\.0\.1".*not text/,
    ],
    [
      'news for those who watch',
      (client, failed) =>
        client.createFunction(failing(failed), async ({ step }) => {
          await step.realtime.publish('tell', { channel: 'news', topic: 'all', config: {} }, 'new')
        }),
      /no \/v1\/realtime\/publish/,
    ],
  ]

  it.each(asks)('fails its run for good, by name: %s', async (_, make, reason) => {
    const failures: string[] = []
    const { client, engine } = await startEngine(client => [make(client, message => failures.push(message))])
    await client.send({ name: 't' })
    await engine.idle()
    expect(failures).toEqual([expect.stringMatching(reason)])
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
