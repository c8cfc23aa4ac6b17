import { setTimeout as sleep } from 'node:timers/promises'
import { Inngest } from 'inngest'
import { expect, onTestFinished, test } from 'vitest'
import { openLine } from '../../src/main/engine/cloud/line.ts'
import { type CloudEngineOptions, createCloudEngine } from '../../src/main/engine/index.ts'
import { createGate } from '../support/engine.ts'
import { type Cloud, type CloudOptions, startCloud } from '../support/inngest-server/cloud.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** An engine with one function that says what it was sent, when it may. */
async function startEngine(given: Partial<CloudEngineOptions> = {}, cloudOptions: CloudOptions = {}) {
  const cloud = await startCloud(cloudOptions)
  const heard: unknown[] = []
  const told: string[] = []
  const begun: string[] = []
  const gate = createGate()
  const engine = createCloudEngine({
    baseUrl: cloud.url,
    eventKey: cloud.eventKey,
    signingKey: cloud.signingKey,
    instanceId: 'a library',
    onUp: () => told.push('up'),
    onDown: message => told.push(message),
    restsAfterMs: 200,
    ...given,
  })
  const client = new Inngest({ id: 'app', ...engine.clientOptions, logger: quiet })
  const hears = client.createFunction(
    { id: 'hears', triggers: [{ event: 'said' }] },
    async ({ event, step, runId }) => {
      await step.run('hear', async () => {
        begun.push(runId)
        if (event.data.waits) await gate.opened
        heard.push(event.data.word)
      })
    },
  )
  const say = (word: string, waits = false) => client.send({ name: 'said', data: { word, waits } })
  onTestFinished(() => {
    gate.open()
    return engine.stop()
  })
  const start = () => engine.start({ client, functions: [hears] })
  return { cloud, engine, client, heard, told, begun, gate, say, start }
}

const seenBy = ({ received }: Cloud, what: string) => received.filter(seen => seen.what === what)

const soon = { timeout: 20_000 }

test('without a network it starts at once, what is sent waits, and goes on in order when Inngest is there', async () => {
  const { cloud, engine, heard, told, say, start } = await startEngine()
  await cloud.leave()
  expect(await start()).toEqual({ isResumed: true })
  for (const word of ['one', 'two', 'three']) await say(word)
  await expect
    .poll(() => told)
    .toEqual([expect.stringMatching(/^Inngest at http.* cannot be reached\..*Check the network/)])
  await cloud.comeBack()
  await expect.poll(() => heard.toSorted(), soon).toEqual(['one', 'three', 'two'])
  expect(
    seenBy(cloud, `POST /e/${cloud.eventKey}`).map(({ bytes }) => /"word":"(\w+)"/.exec(String(bytes))?.[1]),
  ).toEqual(['one', 'two', 'three'])
  expect(told).toEqual([expect.any(String), 'up'])
  await engine.idle()
})

test('a signing key that is not taken is said so, and it goes on as soon as it is', async () => {
  const { cloud, heard, told, say, start } = await startEngine()
  cloud.refuseKeys(true)
  await start()
  await expect.poll(() => told).toEqual([expect.stringMatching(/does not take the signing key\..*INNGEST_SIGNING_KEY/)])
  await say('kept')
  cloud.refuseKeys(false)
  await expect.poll(() => heard, soon).toEqual(['kept'])
  expect(told.slice(1)).toEqual(['up'])
})

test('an event key that is not taken is said so, and what was sent is kept', async () => {
  const { cloud, heard, told, say, start } = await startEngine({ eventKey: 'wrong' })
  await start()
  await expect.poll(() => told).toEqual(['up'])
  await say('kept')
  expect(told).toEqual(['up', expect.stringMatching(/does not take the event key\..*INNGEST_EVENT_KEY/)])
  cloud.settings.eventKey = 'wrong'
  await expect.poll(() => heard, soon).toEqual(['kept'])
  expect(told.slice(2)).toEqual(['up'])
})

test('a gateway that cannot be reached is said so, and what was begun ends with the engine', async () => {
  const before = process.eventNames().length
  const { engine, told, start } = await startEngine({ gatewayUrl: 'ws://127.0.0.1:9/v0/connect' })
  await start()
  await expect
    .poll(() => told, { timeout: 30_000 })
    .toEqual([expect.stringMatching(/no connection to its gateway.*8289/)])
  await engine.stop()
  await expect.poll(() => process.eventNames().length).toBe(before)
})

test('a connection that breaks while a step works is opened again, and the step is not done twice', async () => {
  const { cloud, heard, begun, told, gate, say, start } = await startEngine()
  await start()
  await say('once', true)
  await expect.poll(() => begun.length, soon).toBe(1)
  cloud.gateway.drop()
  await expect.poll(() => seenBy(cloud, 'WORKER_READY').length, soon).toBe(2)
  gate.open()
  await expect.poll(() => heard, soon).toEqual(['once'])
  await sleep(2500)
  expect([heard, begun.length, told]).toEqual([['once'], 1, ['up']])
})

test('a gateway that is taken from service is left for another one, and what works meanwhile answers there', async () => {
  const { cloud, heard, begun, told, gate, say, start } = await startEngine()
  await start()
  await say('before', true)
  await expect.poll(() => begun.length, soon).toBe(1)
  cloud.gateway.drain()
  await expect.poll(() => seenBy(cloud, 'WORKER_READY').length, soon).toBe(2)
  await expect.poll(() => cloud.gateway.connections, soon).toBe(1)
  await say('after')
  gate.open()
  await expect.poll(() => heard.toSorted(), soon).toEqual(['after', 'before'])
  expect([begun.length, told]).toEqual([2, ['up']])
})

test('what answers in place of Inngest is said so, and asked again until it is Inngest', async () => {
  const { cloud, heard, told, say, start } = await startEngine()
  cloud.settings.garbled = /^/
  await start()
  await expect.poll(() => told).toEqual([expect.stringMatching(/^Something else answers in place of Inngest at/)])
  expect(seenBy(cloud, 'POST /v0/connect/start')).toEqual([])
  await say('heard')
  // Now where the SDK asks: it gives up, and what it left behind throws in its thread ten seconds later.
  cloud.settings.garbled = /^\/v0/
  await expect.poll(() => seenBy(cloud, 'POST /v0/connect/start').length, { timeout: 10_000 }).toBeGreaterThan(1)
  await sleep(11_000)
  cloud.settings.garbled = null
  await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['heard'])
  expect(told.slice(1)).toEqual(['up'])
})

test('who is long away is found soon after coming back', async () => {
  const { cloud, engine, heard, told, say, start } = await startEngine()
  await start()
  await expect.poll(() => told).toEqual(['up'])
  await engine.idle()
  await cloud.leave()
  await expect.poll(() => told, soon).toHaveLength(2)
  let isIdle = false
  void engine.idle().then(() => {
    isIdle = true
  })
  await sleep(12_000)
  expect(isIdle).toBe(false)
  await cloud.comeBack()
  const cameBackAt = performance.now()
  await say('again')
  await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['again'])
  expect(performance.now() - cameBackAt).toBeLessThan(9_000)
  expect(told.slice(2)).toEqual(['up'])
})

test('a connection that does not find back is left for another one, whatever the SDK waits for', async () => {
  const opened: { isActive: boolean; isDead: boolean; close: () => Promise<void>; isClosed: boolean }[] = []
  let connects = 0
  const line = openLine({
    reach: async () => null,
    open() {
      const connection = {
        isActive: true,
        isDead: false,
        isClosed: false,
        async close() {
          connection.isClosed = true
        },
      }
      opened.push(connection)
      return connection
    },
    onConnected: () => void connects++,
    onTrouble() {},
    isWorking: () => false,
  })
  onTestFinished(() => line.close(0))
  await expect.poll(() => connects).toBe(1)
  Object.assign(opened[0] ?? {}, { isActive: false })
  await expect.poll(() => connects, soon).toBe(2)
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, false])
})

test('where Inngest is away, it stops when what works has ended, and waits for no answer to be delivered', async () => {
  let isActive = true
  let isWorking = true
  let isClosed = false
  const line = openLine({
    reach: async () => (isActive ? null : 'away'),
    open: () => ({
      get isActive() {
        return isActive
      },
      isDead: false,
      // What it answered is never delivered.
      close: () => new Promise(() => {}),
    }),
    onConnected() {},
    onTrouble() {
      const closed = line.close(60_000).then(() => {
        isClosed = true
      })
      onTestFinished(() => closed)
    },
    isWorking: () => isWorking,
  })
  await sleep(100)
  isActive = false
  // It finds back by itself for three seconds, and is asked for then.
  await sleep(4_000)
  expect(isClosed).toBe(false)
  isWorking = false
  await expect.poll(() => isClosed, soon).toBe(true)
})

test('it stops when what works has ended, and listens to no signal', async () => {
  const { cloud, engine, heard, begun, gate, say, start } = await startEngine()
  const listeners = () => ['SIGINT', 'SIGTERM'].map(signal => process.listenerCount(signal))
  const before = listeners()
  await start()
  await say('last', true)
  await expect.poll(() => begun.length, soon).toBe(1)
  expect(listeners()).toEqual(before)
  let isStopped = false
  const stopped = engine.stop().then(() => {
    isStopped = true
  })
  await sleep(300)
  expect(isStopped).toBe(false)
  gate.open()
  await stopped
  expect([heard, seenBy(cloud, 'WORKER_PAUSE').length]).toEqual([['last'], 1])
  await expect.poll(() => cloud.gateway.connections).toBe(0)
})

test('a step that works for longer than a lease keeps it, also while this thread is busy', async () => {
  const { cloud, heard, begun, told, gate, say, start } = await startEngine({}, { heartbeatMs: 500, leaseMs: 1000 })
  await start()
  await say('long', true)
  await expect.poll(() => begun.length, soon).toBe(1)
  await sleep(2500)
  // In the proportions of the real ones, the same as 20 of 50 seconds without a heartbeat, and 96 of 120 with no extended lease.
  for (const until = performance.now() + 800; performance.now() < until; );
  await sleep(500)
  gate.open()
  await expect.poll(() => heard, soon).toEqual(['long'])
  await sleep(1500)
  expect([begun.length, heard, told]).toEqual([1, ['long'], ['up']])
  expect(seenBy(cloud, 'WORKER_REQUEST_EXTEND_LEASE').length).toBeGreaterThan(4)
})

test('a run is cancelled where it is, and with the key', async () => {
  const { cloud, engine, heard, begun, gate, say, start } = await startEngine()
  await start()
  await say('never', true)
  await expect.poll(() => begun.length, soon).toBe(1)
  const [runId = ''] = begun
  await engine.cancel(runId)
  gate.open()
  await say('next')
  await expect.poll(() => heard, soon).toEqual(['never', 'next'])
  expect(seenBy(cloud, `DELETE /v1/runs/${runId}`)).toHaveLength(1)
  cloud.refuseKeys(true)
  await expect(engine.cancel(runId)).rejects.toThrow('401')
  await cloud.leave()
  await expect(engine.cancel(runId)).rejects.toThrow(/does not answer/)
})

test('whoever forgets has all runs of its functions cancelled, and minds nothing when that cannot be asked', async () => {
  const { cloud, engine, told, start } = await startEngine()
  await start()
  await expect.poll(() => told).toEqual(['up'])
  await engine.stop()
  await engine.forget()
  const [asked] = seenBy(cloud, 'POST /v1/cancellations')
  expect(String(asked?.bytes)).toMatch(/"app_id":"app","function_id":"hears","started_before":"20/)
  await cloud.leave()
  await engine.forget()
})

test('keys and addresses that can be none are refused in words', () => {
  const given = { eventKey: 'key', instanceId: 'a library', onUp() {}, onDown() {} }
  const make = (signingKey: string, baseUrl?: string) => () => createCloudEngine({ ...given, signingKey, baseUrl })
  expect(make('signkey-prod-nothex')).toThrow(/signing key of Inngest is hexadecimal/)
  expect(make('abcd', 'inngest.example')).toThrow('“inngest.example” is no address of Inngest')
  expect(make('abcd', 'file:///etc')).toThrow(/is no address of Inngest/)
  expect(make('abcd', 'https://inngest.example/').call(null).dashboardUrl).toBe('https://inngest.example')
  expect(make('signkey-prod-abcd')().dashboardUrl).toBe('https://app.inngest.com')
})
