import { expect, test } from 'vitest'
import { testConnection } from '../../../src/main/storage/index.ts'
import { s3Error } from '../../support/s3-fault-proxy.ts'
import { startS3World } from '../../support/s3-world.ts'

test('finds that all is well, and leaves nothing', async () => {
  const { config, server, proxy } = await startS3World()
  expect(await testConnection(config)).toEqual({ ok: true })
  for (const operation of ['put', 'get', 'delete'] as const) expect(proxy.count(operation)).toBe(1)
  expect(await server.contents()).toEqual([])
})

test.each([
  ['put', 'write', 'denied', s3Error('AccessDenied', 403)],
  ['put', 'write', 'full', s3Error('QuotaExceeded', 403)],
  ['get', 'read', 'denied', s3Error('AccessDenied', 403)],
  ['get', 'read', 'hash-mismatch', { kind: 'damage-down' }],
] as const)('says that %s is refused at the step to %s: %s', async (operation, step, code, fault) => {
  const { config, server, proxy } = await startS3World()
  proxy.fault(fault, [operation])
  expect(await testConnection(config)).toEqual({ ok: false, step, code, message: expect.stringMatching(/\.$/) })
  expect(await server.contents()).toEqual([])
})

test('says that deleting is refused, and tries it once more', async () => {
  const { config, server, proxy } = await startS3World()
  proxy.fault(s3Error('AccessDenied', 403), ['delete'], 1)
  expect(await testConnection(config)).toMatchObject({ ok: false, step: 'delete', code: 'denied' })
  expect(await server.contents()).toEqual([])
})

test('says which setting is wrong before anything is asked', async () => {
  const { config, proxy } = await startS3World()
  expect(await testConnection({ ...config, endpoint: '' })).toMatchObject({
    ok: false,
    step: 'write',
    code: 'bad-endpoint',
  })
  expect(await testConnection({ ...config, bucket: '' })).toMatchObject({ ok: false, step: 'write', code: 'no-bucket' })
  expect(proxy.seen).toEqual([])
})

test.each([
  ['bad-key-id', { accessKeyId: 'SOMEBODY' }],
  ['bad-secret', { secretAccessKey: 'guessed' }],
  ['no-bucket', { bucket: 'elsewhere' }],
] as const)('says %s', async (code, change) => {
  const { config } = await startS3World()
  expect(await testConnection({ ...config, ...change })).toMatchObject({ ok: false, step: 'write', code })
})

test('notices that not everyone can see what should be public', async () => {
  const { config, server, proxy } = await startS3World()
  const shown = { ...config, isPublic: true }
  expect(await testConnection(shown)).toEqual({ ok: true })
  // A CDN that belongs to something else.
  const elsewhere = { ...shown, cdnUrl: `${proxy.url}/elsewhere` }
  expect(await testConnection(elsewhere)).toEqual({ ok: true, notice: expect.stringMatching(/CDN/) })
  expect(await server.contents()).toEqual([])
})
