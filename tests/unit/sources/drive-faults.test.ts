import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { createDriveSource } from '../../../src/main/sources/index.ts'
import { faults } from '../../support/drive-server/index.ts'
import { quickPacing } from '../../support/quick-pacing.ts'
import { listWhole, openDrive } from './drive.ts'

const bytes = randomBytes(1000)

async function openSome(accessToken?: Parameters<typeof openDrive>[0]) {
  const drive = await openDrive(accessToken)
  const id = drive.world.addFile('a.png', bytes, drive.folderId)
  return { ...drive, id, download: async () => buffer((await drive.source.open(drive.root, id)).stream) }
}

test.each([
  'tooManyRequests',
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'internalError',
  'backendError',
  'drop',
] as const)('asks again, later and later, after %s', async fault => {
  const { source, root, server, waits, download } = await openSome()
  server.failNext('files.list', faults[fault](), { times: 3 })
  server.failNext('files.media', faults[fault](), { times: 3 })
  expect((await listWhole(source, root)).files).toHaveLength(1)
  expect(server.count('files.list')).toBe(4)
  expect(waits).toHaveLength(3)
  expect(waits.toSorted((a, b) => a - b)).toEqual(waits)
  expect(await download()).toEqual(bytes)
})

test('waits as long as the answer asks for', async () => {
  const { source, root, server, waits } = await openSome()
  server.failNext('files.list', faults.tooManyRequests(42))
  await listWhole(source, root)
  expect(waits).toHaveLength(1)
  expect(waits[0]).toBeGreaterThanOrEqual(42_000)
  expect(waits[0]).toBeLessThan(43_000)
})

test.each([
  ['tooManyRequests', /slow down/],
  ['userRateLimitExceeded', /slow down/],
  ['backendError', /does not work at the moment/],
  ['drop', /cannot be reached/],
  ['notEnabled', /not enabled for your Google client/],
] as const)('halts with a sentence when %s does not end', async (fault, sentence) => {
  const { source, root, server, download } = await openSome()
  server.failNext('files.list', faults[fault](), { times: 100 })
  await expect(listWhole(source, root)).rejects.toMatchObject({ name: 'SourceUnavailable', message: sentence })
  expect(server.count('files.list')).toBeLessThan(10)
  server.failNext('files.media', faults[fault](), { times: 100 })
  await expect(download()).rejects.toMatchObject({ name: 'SourceUnavailable', message: sentence })
})

test('takes another access token when one is not accepted any more, and asks again with it', async () => {
  const asked: (string | undefined)[] = []
  const { source, root, server, download } = await openSome(async (_, refused) => {
    asked.push(refused)
    return refused === 'valid-token' || asked.includes('valid-token') ? 'second-token' : 'valid-token'
  })
  await source.resolveRoot(root)
  server.tokens.clear()
  server.tokens.add('second-token')
  expect((await listWhole(source, root)).files).toHaveLength(1)
  expect(await download()).toEqual(bytes)
  expect(asked.filter(refused => refused !== undefined)).toEqual(['valid-token'])
})

test('asks to reconnect when no token is accepted, without asking on and on', async () => {
  const { source, root, server } = await openSome()
  server.tokens.clear()
  await expect(listWhole(source, root)).rejects.toMatchObject({ name: 'SourceUnavailable', message: /Reconnect/ })
  expect(server.seen).toHaveLength(3)
})

test('passes on the sentence of an account that has to be connected again', async () => {
  const { source, root, server, id } = await openSome(async () => {
    throw new Error('Reconnect the account.')
  })
  for (const act of [() => listWhole(source, root), () => source.open(root, id), () => source.resolveRoot(root)]) {
    await expect(act()).rejects.toMatchObject({ name: 'SourceUnavailable', message: 'Reconnect the account.' })
  }
  expect(server.seen).toHaveLength(0)
})

test('keeps no access token in anything it throws, gives out or asks for by URL', async () => {
  const { source, root, server, id, download } = await openSome()
  const thrown: unknown[] = []
  const keep = (cause: unknown) => thrown.push(cause)
  for (const fault of [
    'notEnabled',
    'downloadQuotaExceeded',
    'drop',
    'backendError',
    'abusive',
    'tooManyRequests',
  ] as const) {
    server.failNext('files.list', faults[fault](), { times: 9 })
    await source.listPage(root, null, 10).catch(keep)
    server.failNext('files.media', faults[fault](), { times: 9 })
    await download().catch(keep)
  }
  await source.open(root, 'nobody').catch(keep)
  await source.resolveRoot('1/nobody').catch(keep)
  server.tokens.clear()
  await source.open(root, id).catch(keep)
  server.tokens.add('valid-token')
  expect(thrown.length).toBeGreaterThan(10)
  const told = thrown.map(error => inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error)).join()
  expect(told).not.toContain('valid-token')
  expect(server.seen.map(({ path, parameters }) => `${path}?${parameters}`).join()).not.toContain('valid-token')
})

test('says that Drive cannot be reached where nothing answers', async () => {
  const { server } = await openDrive()
  await server.close()
  onTestFinished(() => server.close().catch(() => {}))
  const source = createDriveSource({
    accessToken: async () => 'valid-token',
    apiUrl: server.url,
    pacing: quickPacing(),
  })
  await expect(source.resolveRoot('1/root')).rejects.toThrow('Google Drive cannot be reached.')
})
