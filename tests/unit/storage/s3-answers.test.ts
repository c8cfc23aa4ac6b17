import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createS3Store, StoreFailed } from '../../../src/main/storage/index.ts'
import { anObject, bodyOf } from '../../contract/object-store.contract.ts'
import { type Fault, s3Error } from '../../support/s3-fault-proxy.ts'
import { startS3World } from '../../support/s3-world.ts'

const { key, bytes, sha256 } = anObject(200_000)

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function failureOf(work: Promise<unknown>): Promise<StoreFailed> {
  const failure = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!(failure instanceof StoreFailed)) throw new Error(`Not a failure of a store: ${failure}`)
  return failure
}

test.each([
  ['bad-key-id', { accessKeyId: 'SOMEBODY' }, /Copy its id/],
  ['bad-secret', { secretAccessKey: 'guessed' }, /secret does not fit/],
  ['no-bucket', { bucket: 'elsewhere' }, /no such bucket/],
] as const)('says %s, whatever is asked', async (code, change, sentence) => {
  const { open } = await startS3World()
  const store = open(change)
  for (const work of [
    () => store.put(key, bodyOf(bytes), sha256),
    () => store.head(key),
    () => store.get(key),
    () => store.delete(key),
    // The test server does not check the signature of a list.
    ...(code === 'bad-secret' ? [] : [() => store.abortStaleUploads()]),
  ]) {
    const failure = await failureOf(work())
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(sentence)
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('guessed')
  }
})

const html = { 'content-type': 'text/html' }
const page = '<!doctype html><html><body>Sign in to the network</body></html>'

test.each<[string, Fault, string, RegExp]>([
  [
    'names the region',
    s3Error('AuthorizationHeaderMalformed', 400, { xml: '<Region>eu-west-2</Region>' }),
    'wrong-region',
    /eu-west-2/,
  ],
  [
    'redirects to the region',
    s3Error('PermanentRedirect', 301, { headers: { 'x-amz-bucket-region': 'eu-west-2' } }),
    'wrong-region',
    /eu-west-2/,
  ],
  ['redirects without saying where', s3Error('PermanentRedirect', 301), 'wrong-region', /Look up its region/],
  ['shows a page', { kind: 'answer', status: 200, headers: html, body: page }, 'bad-endpoint', /no S3 store/],
  [
    'shows a page that was not found',
    { kind: 'answer', status: 404, headers: html, body: page },
    'bad-endpoint',
    /no S3 store/,
  ],
  [
    'shows a page that forbids',
    { kind: 'answer', status: 403, headers: html, body: page },
    'bad-endpoint',
    /no S3 store/,
  ],
  [
    'sends somewhere else',
    { kind: 'answer', status: 302, headers: { location: 'https://example.com/' } },
    'bad-endpoint',
    /no S3 store/,
  ],
  [
    'is a gateway without a server',
    { kind: 'answer', status: 502, headers: html, body: page },
    'unreachable',
    /tried again/,
  ],
  ['asks for less', { kind: 'answer', status: 429 }, 'slow-down', /pause/],
  ['forbids access lists', s3Error('AccessControlListNotSupported', 400), 'denied', /single objects be public/],
  ['says what nobody knows', s3Error('SomethingNew', 400), 'other', /SomethingNew/],
])('understands a server that %s', async (_name, fault, code, sentence) => {
  const { proxy, store } = await startS3World()
  proxy.fault(fault)
  for (const work of [() => store.put(key, bodyOf(bytes), sha256), () => store.get(key)]) {
    const failure = await failureOf(work())
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(sentence)
  }
})

test('says by how much the clock is wrong, when the server goes on refusing', async () => {
  const { proxy, store } = await startS3World()
  const date = new Date(Date.now() - 42 * 60_000).toUTCString()
  proxy.fault(s3Error('RequestTimeTooSkewed', 403, { headers: { date } }))
  const failure = await failureOf(store.get(key))
  expect(failure).toMatchObject({ code: 'clock' })
  expect(failure.message).toContain('by 42 minutes: it is fast')
})

test('goes by the clock of the server when it says that ours is wrong', async () => {
  const { proxy, store } = await startS3World()
  const date = new Date(Date.now() - 42 * 60_000).toUTCString()
  proxy.fault(s3Error('RequestTimeTooSkewed', 403, { headers: { date } }), ['get'], 1)
  await store.put(key, bodyOf(bytes), sha256)
  expect(await buffer(await store.get(key))).toHaveLength(bytes.length)
  const signedAt = proxy.seen.at(-1)?.headers['x-amz-date'] as string
  expect(Math.abs(timeOf(signedAt) - Date.parse(date))).toBeLessThan(60_000)
})

test('signs an address by the clock of the server', async () => {
  const { proxy, store } = await startS3World()
  const date = new Date(Date.now() - 42 * 60_000).toUTCString()
  proxy.fault(s3Error('RequestTimeTooSkewed', 403, { headers: { date } }), ['delete'])
  await expect(store.delete(key)).rejects.toMatchObject({ code: 'clock' })
  const signedAt = new URL(await store.presignedUrl(key, 60)).searchParams.get('X-Amz-Date') as string
  expect(Math.abs(timeOf(signedAt) - Date.parse(date))).toBeLessThan(60_000)
})

/** As signatures write it. */
function timeOf(stamp: string): number {
  return Date.parse(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

test('says that nobody answers at the address', async () => {
  const server = createServer()
  const host = await listen(server)
  server.close()
  const { config } = await startS3World()
  const store = createS3Store({ ...config, endpoint: `http://${host}` })
  await expect(store.get(key)).rejects.toMatchObject({ code: 'unreachable' })
})

test('says that no server has such a name', async () => {
  const { config } = await startS3World()
  const store = createS3Store({ ...config, endpoint: 'http://no-such-server.invalid' })
  const failure = await failureOf(store.get(key))
  // Without a network the system cannot tell, and says that instead.
  expect(failure.cause).toMatchObject({ message: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) })
  expect(failure.code).toBe(/ENOTFOUND/.test(String(failure.cause)) ? 'bad-endpoint' : 'unreachable')
})

test('says that the server speaks no HTTP', async () => {
  const host = await listen(createTcpServer(socket => socket.end('220 mail.example.com\r\n')))
  const { config } = await startS3World()
  const store = createS3Store({ ...config, endpoint: `http://${host}` })
  await expect(store.get(key)).rejects.toMatchObject({ code: 'bad-endpoint' })
})

test.each([
  ['damaged on their way down', { kind: 'damage-down' }, 'hash-mismatch'],
  ['cut off', { kind: 'cut-answer' }, 'unreachable'],
  ['stalled for too long', { kind: 'stall-answer' }, 'unreachable'],
] as const)('ends a body that is %s', async (_name, fault, code) => {
  const { proxy, open, store } = await startS3World()
  await store.put(key, bodyOf(bytes), sha256)
  proxy.fault(fault, ['get'])
  const reader = fault.kind === 'stall-answer' ? open({}, { idleMs: 500 }) : store
  await expect(buffer(await reader.get(key))).rejects.toMatchObject({ name: 'StoreFailed', code })
})

test('lets a reader pause for as long as it likes', async () => {
  const { store, open } = await startS3World()
  const big = anObject(16 * 1024 * 1024)
  await store.put(big.key, bodyOf(big.bytes), big.sha256)
  const body = await open({}, { idleMs: 1000 }).get(big.key)
  await delay(2500)
  expect(big.bytes.equals(await buffer(body))).toBe(true)
})

test('does not end the process by a body that nobody has begun to read', async () => {
  const { proxy, store } = await startS3World()
  await store.put(key, bodyOf(bytes), sha256)
  proxy.fault({ kind: 'cut-answer' }, ['get'])
  const body = await store.get(key)
  await finished(body).catch(() => undefined)
  await expect(buffer(body)).rejects.toBeDefined()
})

test('asks nothing more once it is closed', async () => {
  const { proxy, store } = await startS3World()
  store.close()
  await expect(store.head(key)).rejects.toMatchObject({ code: 'other' })
  expect(proxy.seen).toEqual([])
})
