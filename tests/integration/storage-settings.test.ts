import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { App } from '../../src/main/app.ts'
import type { StorageSettings } from '../../src/shared/storage.ts'
import { importFolder, makePictures, startApp } from '../support/app.ts'
import { filesBelow } from '../support/library-facts.ts'
import { s3Error } from '../support/s3-fault-proxy.ts'
import { overviewOf, startStore, untilSent, untilStorage } from '../support/storage.ts'

const save = async (app: App, settings: StorageSettings, secretAccessKey?: string) =>
  app.handlers['storage.save']({ settings, ...(secretAccessKey !== undefined && { secretAccessKey }) })

test('a new library keeps originals on its disk, and asks no keychain', async () => {
  const app = await startApp({
    google: {
      environment: {},
      openBrowser: async () => {},
      openSecrets: () => Promise.reject(new Error('Nobody should ask.')),
    },
  })
  expect(await overviewOf(app)).toMatchObject({
    settings: { keepsIn: 'disk', preset: 'spaces', isPublic: false, localBudgetBytes: null },
    hasSecret: false,
    notice: null,
    disk: { count: 0, bytes: 0 },
    sending: { state: 'off' },
    move: null,
    faults: { count: 0, items: [] },
  })
})

test('settings that cannot be right are refused with what to do, and nothing is saved', async () => {
  const { settings, google } = await startStore()
  const app = await startApp({ google })
  const cases: [Partial<StorageSettings>, RegExp][] = [
    [{ bucket: '' }, /name of the bucket/],
    [{ bucket: 'no/bucket' }, /bucket/],
    [{ endpoint: 'ftp://store' }, /address/],
    [{ endpoint: '' }, /address/],
    [{ endpoint: 'https://user:password@store' }, /address/],
    [{ prefix: '../above' }, /folder in the bucket/],
    [{ preset: 'aws', region: 'not a region' }, /region/],
    [{ cdnUrl: 'javascript:alert(1)' }, /address/],
  ]
  for (const [change, message] of cases) {
    await expect(save(app, { ...settings, ...change }, 'a secret'), JSON.stringify(change)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message),
    })
  }
  expect(await overviewOf(app)).toMatchObject({ settings: { keepsIn: 'disk', bucket: '' }, hasSecret: false })
})

test('a secret that is left out stays, and an empty one is forgotten', async () => {
  const { settings, google } = await startStore()
  const app = await startApp({ google })
  await save(app, settings, ' S3RVER\n')
  await save(app, { ...settings, localBudgetBytes: 10 })
  expect((await overviewOf(app)).hasSecret).toBe(true)
  await untilSent(app)
  await save(app, settings, '')
  expect((await overviewOf(app)).hasSecret).toBe(false)
  const { sending } = await untilStorage(app, found => found.sending.state === 'paused')
  expect(sending.message).toMatch(/secret of the access key is not known here/)
  await app.stop()
  // A variable goes before what was saved.
  const again = await startApp({
    libraryFolder: app.libraryFolder,
    google: { ...google, environment: { STORAGE_SECRET_ACCESS_KEY: 'S3RVER' } },
  })
  expect((await overviewOf(again)).hasSecret).toBe(true)
  await again.handlers['storage.resume']({})
  await untilSent(again)
})

test('a connection is tried with what is being typed, or with the saved secret', async () => {
  const { server, proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  const tried = (secretAccessKey?: string, change: Partial<StorageSettings> = {}) =>
    app.handlers['storage.test']({
      settings: { ...settings, ...change },
      ...(secretAccessKey !== undefined && { secretAccessKey }),
    })
  expect(await tried('S3RVER')).toEqual({ ok: true, notice: null })
  expect(await tried('wrong')).toMatchObject({ ok: false, step: 'write', code: 'bad-secret' })
  expect(await tried()).toMatchObject({ ok: false })
  expect(await tried('S3RVER', { bucket: 'nowhere' })).toMatchObject({ ok: false, code: 'no-bucket' })
  await save(app, settings, 'S3RVER')
  expect(await tried()).toEqual({ ok: true, notice: null })
  proxy.fault(s3Error('AccessDenied', 403), ['put'])
  expect(await tried()).toMatchObject({ ok: false, step: 'write', code: 'denied' })
  expect(await server.contents()).toEqual([])
})

test('another bucket is another place: everything is sent there anew', async () => {
  const { server, settings, google } = await startStore()
  const app = await startApp({ google })
  await importFolder(app, await makePictures({ 'a.png': 1, 'b.png': 2 }), true)
  await save(app, settings, 'S3RVER')
  await untilSent(app)
  await save(app, { ...settings, prefix: 'two' })
  expect(await untilStorage(app, ({ cloud }) => cloud.count === 2)).toMatchObject({ disk: { count: 2 } })
  expect(await server.contents()).toHaveLength(4)
  // What the first one has is still known.
  await save(app, settings)
  expect(await untilSent(app)).toMatchObject({ cloud: { count: 2 }, sending: { left: { count: 0 } } })
})

test('the secret is nowhere: not in the library, nor in an event, an answer, an error or a log', async () => {
  const { proxy, settings, google } = await startStore()
  const hidden = 'a-secret-that-is-nowhere-else'
  const app = await startApp({ google })
  const said: unknown[] = []
  app.subscribe(event => said.push(event))
  await importFolder(app, await makePictures({ 'a.png': 1 }), true)
  const failure = async (work: unknown) =>
    Promise.resolve(work).then(said.push.bind(said), cause => said.push(cause, cause.cause))
  await failure(save(app, settings, hidden))
  await untilStorage(app, ({ sending }) => sending.state === 'paused')
  await failure(app.handlers['storage.test']({ settings }))
  proxy.fault({ kind: 'answer', status: 400, body: hidden })
  await app.handlers['storage.resume']({})
  await untilStorage(app, ({ sending }) => sending.state !== 'running')
  await failure(app.handlers['storage.test']({ settings, secretAccessKey: hidden }))
  await failure(app.handlers['storage.move']({ direction: 'to-cloud' }))
  await untilStorage(app, ({ move }) => move?.state !== 'running')
  said.push(await overviewOf(app))
  await app.stop()
  expect(said).toContainEqual({ name: 'storage.changed', data: {} })
  expect(said.length).toBeGreaterThan(5)
  expect(
    JSON.stringify(said, (_key, value) => (value instanceof Error ? [value.message, value.stack, value.cause] : value)),
  ).not.toContain(hidden)
  const files = filesBelow(app.libraryFolder)
  expect(files.some(path => path.endsWith('library.db'))).toBe(true)
  for (const path of files) expect((await readFile(path, 'latin1')).includes(hidden), path).toBe(false)
})
