import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { anObject, bodyOf } from '../../contract/object-store.contract.ts'
import { type Fault, type Operation, s3Error } from '../../support/s3-fault-proxy.ts'
import { type S3World, startS3World } from '../../support/s3-world.ts'

const mebibyte = 1024 * 1024

interface Trouble {
  fault: Fault
  code: string
}

const troubles: Record<string, Trouble> = {
  'a server that never answers': { fault: { kind: 'silence' }, code: 'unreachable' },
  'a server that is asked too much for ever': { fault: s3Error('SlowDown', 503), code: 'slow-down' },
  'a connection that breaks midway': { fault: { kind: 'reset', afterBytes: 10_000 }, code: 'unreachable' },
  'bytes damaged on their way up': { fault: { kind: 'damage-up' }, code: 'hash-mismatch' },
  'a server that finds the bytes damaged': { fault: s3Error('BadDigest', 400), code: 'hash-mismatch' },
  'a full store': { fault: s3Error('QuotaExceeded', 403), code: 'full' },
  'a server of MinIO that is full': { fault: s3Error('XMinioStorageFull', 507), code: 'full' },
  'a full disk behind the store': { fault: { kind: 'answer', status: 507 }, code: 'full' },
  'a key that may not write': { fault: s3Error('AccessDenied', 403), code: 'denied' },
  'a clock that stays wrong': { fault: s3Error('RequestTimeTooSkewed', 403), code: 'clock' },
  'a fault of the server': { fault: s3Error('InternalError', 500), code: 'unreachable' },
  'a page instead of a store': {
    fault: { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' },
    code: 'bad-endpoint',
  },
}

async function expectNothingLeft({ server, store }: S3World, key: string): Promise<void> {
  expect(await server.contents()).toEqual([])
  expect(await store.head(key)).toBeNull()
}

describe.each(Object.entries(troubles))('%s', (_name, { fault, code }) => {
  test.each([
    ['in one piece', 300_000, 'put'],
    ['in parts', 17 * mebibyte, 'part'],
  ] as const)('ends a put %s and leaves nothing', async (_how, size, operation) => {
    const world = await startS3World()
    const { key, bytes, sha256 } = anObject(size)
    world.proxy.fault(fault, [operation])
    const body = bodyOf(bytes)
    const store = world.open({}, { idleMs: fault.kind === 'silence' ? 500 : 30_000 })
    await expect(store.put(key, body, sha256, size)).rejects.toMatchObject({ name: 'StoreFailed', code })
    expect(body.destroyed).toBe(true)
    world.proxy.heal()
    await expectNothingLeft(world, key)
    await world.store.put(key, bodyOf(bytes), sha256, size)
    expect(bytes.equals(await buffer(await world.store.get(key)))).toBe(true)
  })
})

test.each<[string, Fault, Operation[], number]>([
  ['asks for a pause', s3Error('SlowDown', 503), ['head', 'put'], 1],
  ['asks for a pause with parts', s3Error('SlowDown', 503), ['create', 'part', 'complete'], 1],
  ['has a fault of its own', s3Error('InternalError', 500), ['put', 'part'], 2],
  ['breaks a connection', { kind: 'reset', afterBytes: 5000 }, ['put', 'part'], 1],
  ['does not answer once', { kind: 'silence' }, ['put', 'part'], 1],
  ['loses its answer', { kind: 'lose-answer' }, ['put', 'part'], 1],
])('goes on when a server %s', async (_name, fault, operations, times) => {
  const { proxy, open, server } = await startS3World()
  const store = open({}, { idleMs: fault.kind === 'silence' ? 2000 : 30_000 })
  for (const operation of operations) proxy.fault(fault, [operation], times)
  for (const size of [1000, 17 * mebibyte]) {
    const { key, bytes, sha256 } = anObject(size)
    await store.put(key, bodyOf(bytes), sha256, size)
    proxy.heal()
    expect(bytes.equals(await buffer(await store.get(key)))).toBe(true)
    for (const operation of operations) proxy.fault(fault, [operation], times)
  }
  expect(await server.contents()).toHaveLength(2)
})

test('takes an object in parts for stored when the answer to the last request is lost', async () => {
  const { proxy, store, server } = await startS3World()
  const { key, bytes, sha256 } = anObject(17 * mebibyte)
  proxy.fault({ kind: 'lose-answer' }, ['complete'])
  expect(await store.put(key, bodyOf(bytes), sha256)).toEqual({ key, sizeBytes: bytes.length })
  expect(await server.contents()).toEqual([`library/one/${key}`])
})

test('does not read on after a part has failed', async () => {
  const { proxy, store } = await startS3World()
  const { key, sha256 } = anObject(10)
  proxy.fault(s3Error('AccessDenied', 403), ['part'], 1)
  let given = 0
  const long = Readable.from(
    (async function* () {
      while (given < 150 * mebibyte) {
        given += mebibyte
        yield Buffer.alloc(mebibyte)
      }
    })(),
  )
  await expect(store.put(key, long, sha256)).rejects.toMatchObject({ code: 'denied' })
  expect(given).toBeLessThan(60 * mebibyte)
})

test('does not wait for a silent source after a part has failed', async () => {
  const { proxy, store, server } = await startS3World()
  const { key, sha256 } = anObject(10)
  proxy.fault(s3Error('AccessDenied', 403), ['part'], 1)
  const body = new PassThrough({ highWaterMark: 20 * mebibyte })
  // One part, and the beginning of the next: somebody waits for the rest of it.
  body.write(Buffer.alloc(9 * mebibyte))
  await expect(store.put(key, body, sha256)).rejects.toMatchObject({ code: 'denied' })
  expect(await server.contents()).toEqual([])
})

test.each([
  ['fails', async () => Promise.reject(new Error('The source went away.')), 'The source went away.'],
  ['is other than it should be', async () => Buffer.alloc(1000), /^Expected/],
] as const)('ends the upload when the source %s after two parts', async (_name, last, message) => {
  const { store, server, proxy } = await startS3World()
  const { key, sha256 } = anObject(10)
  const body = Readable.from(
    (async function* () {
      for (let i = 0; i < 18; i++) yield Buffer.alloc(mebibyte)
      yield await last()
    })(),
  )
  await expect(store.put(key, body, sha256)).rejects.toThrow(message)
  expect(proxy.count('part')).toBeGreaterThan(0)
  expect(proxy.count('complete')).toBe(0)
  expect(await server.contents()).toEqual([])
})

test('ends an upload later that could not be ended at once', async () => {
  const { proxy, store, server } = await startS3World()
  const { key, bytes, sha256 } = anObject(17 * mebibyte)
  proxy.fault({ kind: 'reset', afterBytes: 0 }, ['part', 'abort'])
  await expect(store.put(key, bodyOf(bytes), sha256)).rejects.toMatchObject({ code: 'unreachable' })
  expect(await server.contents()).toEqual([`library/one/${key}?`])
  proxy.heal()
  expect(await store.abortStaleUploads()).toBe(1)
  expect(await server.contents()).toEqual([])
})

test('asks again when ending an upload fails once', async () => {
  const { proxy, store, server } = await startS3World()
  const { key, bytes, sha256 } = anObject(17 * mebibyte)
  proxy.fault(s3Error('AccessDenied', 403), ['part'])
  proxy.fault({ kind: 'reset', afterBytes: 0 }, ['abort'], 1)
  await expect(store.put(key, bodyOf(bytes), sha256)).rejects.toMatchObject({ code: 'denied' })
  expect(proxy.count('abort')).toBe(2)
  expect(await server.contents()).toEqual([])
})
