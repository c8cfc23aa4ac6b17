import { createHmac } from 'node:crypto'
import { Inngest } from 'inngest'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { createCloudEngine } from '../../src/main/engine/index.ts'
// A call of a function by HTTP, as a real server signed it.
import recorded from '../support/inngest-server/signed-request.json' with { type: 'json' }

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const { signingKey, headers, body } = recorded
const signature = headers['x-inngest-signature']
const signedAt = Number(/^t=(\d+)/.exec(signature)?.[1]) * 1000
const minuteMs = 60_000
const url = `https://desktop.example/api/inngest?${new URLSearchParams(recorded.query)}`

afterEach(() => void vi.useRealTimers())

/** The function that the recorded call is for, on an engine whose Inngest nobody can reach. */
async function startEngine() {
  const engine = createCloudEngine({
    baseUrl: 'http://127.0.0.1:9',
    eventKey: 'key',
    signingKey,
    instanceId: 'a library',
    onUp() {},
    onDown() {},
  })
  const client = new Inngest({ id: 'wire-app', ...engine.clientOptions, logger: quiet })
  let calls = 0
  const fn = client.createFunction({ id: 'nosteps', triggers: [{ event: 'w/nosteps' }] }, async () => {
    calls += 1
    return 'hello'
  })
  await engine.start({ client, functions: [fn] })
  onTestFinished(() => engine.stop())
  vi.useFakeTimers({ toFake: ['Date'], now: signedAt + minuteMs })
  return { engine, calls: () => calls }
}

/** A body of one chunk, or of the same one over and over, that tells how much of it was read. */
function watchedBody(text: string, times = 1) {
  let left = times
  let read = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        read += 1
        controller.enqueue(Buffer.from(text))
        left -= 1
        if (left === 0) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, read: () => read }
}

function requestWith(given: { signature?: string | undefined; body?: BodyInit; method?: string }): Request {
  const signed = new Headers({ ...headers, host: 'desktop.example' })
  if (given.signature === undefined) signed.delete('x-inngest-signature')
  else signed.set('x-inngest-signature', given.signature)
  const { method = 'POST' } = given
  const sent = method === 'GET' ? {} : { body: given.body ?? JSON.stringify(body), duplex: 'half' as const }
  return new Request(url, { method, headers: signed, ...sent })
}

/** As Inngest does, over the body as it stands: what the SDK has read is written the same way again. */
const sign = (text: string, seconds: number, key = signingKey) =>
  `t=${seconds}&s=${createHmac('sha256', key).update(`${text}${seconds}`).digest('hex')}`

test('a call that Inngest signed is answered, and the answer is signed', async () => {
  const { engine, calls } = await startEngine()
  const answer = await engine.serveEndpoint(requestWith({ signature }))
  expect(await answer.json()).toEqual([expect.objectContaining({ op: 'RunComplete', data: 'hello' })])
  expect([answer.status, calls()]).toEqual([206, 1])
  expect(answer.headers.get('x-inngest-signature')).toMatch(/^t=\d+&s=[0-9a-f]{64}$/)
})

test('without a signature of the last five minutes nothing of the body is read', async () => {
  const { engine, calls } = await startEngine()
  const hex = 'a'.repeat(64)
  const seconds = signedAt / 1000
  const refused = {
    missing: undefined,
    empty: '',
    'of another shape': `s=${hex}`,
    'without a time': `t=&s=${hex}`,
    'too short': `t=${seconds}&s=abcd`,
    'with more behind it': `${signature}&s=${hex}`,
    old: sign(JSON.stringify(body), seconds - 5 * 60),
    'of the future': sign(JSON.stringify(body), seconds + 7 * 60),
  }
  for (const [name, given] of Object.entries(refused)) {
    for (const method of ['POST', 'PUT']) {
      const { stream, read } = watchedBody(JSON.stringify(body))
      const answer = await engine.serveEndpoint(requestWith({ signature: given, body: stream, method }))
      expect([answer.status, read()], `${method} ${name}`).toEqual([401, 0])
    }
    expect((await engine.serveEndpoint(requestWith({ signature: given, method: 'GET' }))).status, name).toBe(401)
  }
  expect(calls()).toBe(0)
})

test('a signature that is not of this body, or of another key, is refused', async () => {
  const { engine, calls } = await startEngine()
  const other = JSON.stringify({ ...body, event: { ...body.event, data: { other: true } } })
  const seconds = signedAt / 1000
  for (const method of ['POST', 'PUT']) {
    const forged = [
      requestWith({ signature, body: other, method }),
      requestWith({ signature: sign('{"url":"https://other.example/"}', seconds, 'abcd'), method }),
      requestWith({ signature: `t=${seconds}&s=${'0'.repeat(64)}`, method }),
      requestWith({ signature, body: 'no JSON', method }),
    ]
    for (const request of forged) expect((await engine.serveEndpoint(request)).status, method).toBe(401)
  }
  expect((await engine.serveEndpoint(requestWith({ signature, method: 'GET' }))).status).toBe(401)
  expect(calls()).toBe(0)
})

test('the same call is refused when it comes again after five minutes', async () => {
  const { engine } = await startEngine()
  vi.setSystemTime(signedAt + 5 * minuteMs + 1000)
  const { stream, read } = watchedBody(JSON.stringify(body))
  expect((await engine.serveEndpoint(requestWith({ signature, body: stream }))).status).toBe(401)
  expect(read()).toBe(0)
})

test('of a body that never ends, no more is read than a call can have', async () => {
  const { engine } = await startEngine()
  const { stream, read } = watchedBody(' '.repeat(1024 * 1024), 1000)
  expect((await engine.serveEndpoint(requestWith({ signature, body: stream }))).status).toBe(413)
  expect(read()).toBe(9)
})
