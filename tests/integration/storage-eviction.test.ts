import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../src/main/server/index.ts'
import {
  beginImport,
  ended,
  importFolder,
  makePictures,
  mediaIdOf,
  query,
  startApp,
  type TestApp,
  untilSync,
} from '../support/app.ts'
import { s3Error } from '../support/s3-fault-proxy.ts'
import {
  keysOnDisk,
  overviewOf,
  prefix,
  secret,
  startStore,
  untilMoved,
  untilSent,
  untilStorage,
} from '../support/storage.ts'
import { createGate, watch } from '../support/watched-rooms.ts'

const many = (count: number, from = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i + from}.png`, i + from]))

async function serve(app: TestApp): Promise<(path: string, headers?: Record<string, string>) => Promise<Response>> {
  const server = await startServer(app.serverParts, 0)
  onTestFinished(() => server.stop())
  const authorization = `Bearer ${app.serverParts.token}`
  return (path, headers = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { authorization, ...headers } })
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('with a budget, what was used least leaves the disk once the store has it, and no preview does', async () => {
  const { settings, google } = await startStore()
  const app = await startApp({ google })
  const { entries } = await importFolder(app, await makePictures(many(6)), true)
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  const { disk } = await untilSent(app)
  // Someone looked at these after all came in.
  const looked = ['p2.png', 'p5.png'].map(path => mediaIdOf(entries, path))
  query(app, `UPDATE copies SET used_at = '2020-01-01T00:00:00.000Z'`)
  const get = await serve(app)
  for (const id of looked) expect((await get(`/media/${id}/original`)).status).toBe(200)
  const keys = query(app, `SELECT spaces_key AS key FROM media WHERE id IN (${looked.join()}) ORDER BY key`)
  const kept = query(app, `SELECT sum(size) AS bytes FROM media WHERE id IN (${looked.join()})`)[0]?.bytes as number
  expect(kept).toBeLessThan(disk.bytes)

  await app.handlers['storage.save']({ settings: { ...settings, localBudgetBytes: kept } })
  const after = await untilStorage(app, overview => overview.disk.bytes <= kept && overview.sending.state === 'idle')
  expect(keysOnDisk(app)).toEqual(keys.map(({ key }) => key))
  expect(after).toMatchObject({ disk: { count: 2 }, cloud: { count: 6 }, cloudOnly: { count: 4 } })
  for (const { mediaId } of entries) {
    for (const kind of ['preview', 'thumbnail']) expect((await get(`/media/${mediaId}/${kind}`)).status).toBe(200)
  }
})

test('what the store lacks never leaves the disk, also where somebody removed it there', async () => {
  const { server, proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  await importFolder(app, await makePictures(many(4)), true)
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilSent(app)
  const [removed = ''] = keysOnDisk(app)
  const { createS3Store } = await import('../../src/main/storage/index.ts')
  const beside = createS3Store(server.config)
  onTestFinished(() => beside.close())
  await beside.delete(removed)
  proxy.fault({ kind: 'answer', status: 403 }, ['put'])
  await app.handlers['storage.save']({ settings: { ...settings, localBudgetBytes: 0 } })
  const paused = await untilStorage(app, ({ sending }) => sending.state === 'paused')
  expect(keysOnDisk(app)).toEqual([removed])
  expect(paused).toMatchObject({ disk: { count: 1 }, cloud: { count: 3 }, sending: { left: { count: 1 } } })
  proxy.heal()
  await app.handlers['storage.resume']({})
  await untilStorage(app, ({ disk, cloud }) => disk.count === 0 && cloud.count === 4)
  expect(await server.contents()).toHaveLength(4)
})

test('an original that left the disk is served through here, whole and in part, and leaves nothing behind', async () => {
  const { settings, google } = await startStore()
  const app = await startApp({ google })
  const { entries } = await importFolder(app, await makePictures(many(2)), true)
  const id = mediaIdOf(entries, 'p1.png')
  const get = await serve(app)
  const bytes = Buffer.from(await (await get(`/media/${id}/original`)).arrayBuffer())
  await app.handlers['storage.save']({ settings: { ...settings, localBudgetBytes: 0 }, secretAccessKey: secret })
  await untilStorage(app, ({ cloudOnly }) => cloudOnly.count === 2)
  const detail = await app.handlers['media.get']({ id })
  expect(detail).toMatchObject({ keptIn: ['cloud'] })

  const whole = await get(`/media/${id}/original`)
  expect([whole.status, whole.redirected, whole.headers.get('content-type')]).toEqual([200, false, 'image/png'])
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
  const part = await get(`/media/${id}/original`, { range: 'bytes=10-19' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`])
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true)
  const end = await get(`/media/${id}/original`, { range: 'bytes=-5' })
  expect(Buffer.from(await end.arrayBuffer()).equals(bytes.subarray(-5))).toBe(true)
  expect((await get(`/media/${id}/original`, { range: `bytes=${bytes.length}-` })).status).toBe(416)
  const etag = whole.headers.get('etag') ?? ''
  expect((await get(`/media/${id}/original`, { 'if-none-match': etag })).status).toBe(304)
  expect(keysOnDisk(app)).toEqual([])
})

test('while the store is away, previews are shown and an original says why it is not', async () => {
  const { proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  const { entries } = await importFolder(app, await makePictures(many(1)), true)
  const id = mediaIdOf(entries, 'p1.png')
  await app.handlers['storage.save']({ settings: { ...settings, localBudgetBytes: 0 }, secretAccessKey: secret })
  await untilStorage(app, ({ cloudOnly }) => cloudOnly.count === 1)
  await proxy.stop()
  const get = await serve(app)
  for (const kind of ['preview', 'thumbnail']) expect((await get(`/media/${id}/${kind}`)).status).toBe(200)
  const original = await get(`/media/${id}/original`)
  expect(original.status).toBe(503)
  expect(await original.text()).toMatch(/^This original is only in the cloud\. .+cannot be reached/)
  expect((await app.handlers['media.page']({ filter: {}, sort: 'newest', after: null, limit: 10 })).items).toHaveLength(
    1,
  )
})

test('nothing leaves the disk while its picture is being worked on, and goes by itself when it is done', async () => {
  const { settings, google } = await startStore()
  const app = await startApp({ google })
  await app.handlers['storage.save']({ settings: { ...settings, localBudgetBytes: 0 }, secretAccessKey: secret })
  await untilSent(app)
  const gate = createGate()
  const begun = createGate()
  watch.beforeAnalysis = () => {
    begun.open()
    return gate.opened
  }
  const syncId = await beginImport(app, await makePictures(many(1)), true)
  await begun.opened
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 1 && sending.state === 'idle')
  // Nobody reads it now, and the lane looks once more.
  await app.handlers['storage.resume']({})
  await untilSent(app)
  expect(keysOnDisk(app)).toHaveLength(1)
  gate.open()
  expect((await ended(app, syncId)).sync).toMatchObject({ imported: 1, failed: 0 })
  await untilStorage(app, ({ disk }) => disk.count === 0)
})

test('a folder is imported again from what is only in the cloud, and nothing is read or fetched for it', async () => {
  const { settings, google, proxy } = await startStore()
  const app = await startApp({ google })
  const folder = await makePictures(many(3))
  await importFolder(app, folder, true)
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilSent(app)
  await app.handlers['storage.move']({ direction: 'to-cloud' })
  await untilMoved(app)
  watch.opened = []
  const gets = proxy.count('get')
  expect((await importFolder(app, folder, true)).ledger.every(line => line.endsWith('skipped unchanged'))).toBe(true)
  expect(watch.opened).toEqual([])
  expect([proxy.count('get'), keysOnDisk(app)]).toEqual([gets, []])
})

test('a picture whose previews have to be made anew is read from the cloud when its original is only there', async () => {
  const { settings, google, proxy } = await startStore()
  const app = await startApp({ google })
  const folder = await makePictures(many(1))
  const { entries } = await importFolder(app, folder, true)
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilSent(app)
  await app.handlers['storage.move']({ direction: 'to-cloud' })
  await untilMoved(app)
  const id = mediaIdOf(entries, 'p1.png')
  // As a program that was killed leaves it: kept, and not looked at yet.
  query(
    app,
    `UPDATE media SET previewed_sha256 = NULL, processing_status = 'failed', failure_code = 'internal' WHERE id = ?`,
    id,
  )
  query(app, `UPDATE files SET outcome = 'failed', reason_code = 'internal' WHERE media_id = ?`, id)
  query(app, 'UPDATE syncs SET imported = 0, failed = 1')
  // First with a store that is away: the import waits, and no file fails for it.
  proxy.fault(s3Error('ServiceUnavailable', 503))
  await app.handlers['media.retry']({ id })
  const [{ syncId } = { syncId: 0 }] = query(app, 'SELECT max(id) AS syncId FROM syncs')
  const paused = await untilSync(app, syncId as number, ({ state }) => state === 'paused')
  expect(paused).toMatchObject({ failed: 0, pending: 1, error: expect.stringContaining('pause') })
  proxy.heal()
  await app.handlers['sync.resume']({ syncId: syncId as number })
  expect((await ended(app, syncId as number)).sync).toMatchObject({ imported: 1, failed: 0 })
  expect(keysOnDisk(app)).toEqual([])
  const detail = await app.handlers['media.get']({ id })
  expect(detail).toMatchObject({ status: 'completed', keptIn: ['cloud'] })
})

test('a link is signed for a while, or for good where originals are public', async () => {
  const { settings, google } = await startStore()
  const app = await startApp({ google })
  const { entries } = await importFolder(app, await makePictures(many(1)), true)
  const id = mediaIdOf(entries, 'p1.png')
  const link = async () => app.handlers['media.link']({ id, seconds: 60 })
  await expect(link()).rejects.toMatchObject({ code: 'conflict' })
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilSent(app)
  const signed = await link()
  expect(Date.parse(signed.expiresAt ?? '') - Date.now()).toBeGreaterThan(50_000)
  const { sha256: hash } = await app.handlers['media.get']({ id })
  expect(sha256(Buffer.from(await (await fetch(signed.url)).arrayBuffer()))).toBe(hash)
  expect((await fetch(signed.url.split('?')[0] as string)).status).toBe(403)

  // Of another folder in the bucket: there all are sent anew, and everybody can read them.
  await app.handlers['storage.save']({ settings: { ...settings, prefix: 'public', isPublic: true } })
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 1 && sending.state === 'idle')
  const open = await link()
  expect(open.expiresAt).toBeNull()
  expect(await app.handlers['media.get']({ id })).toMatchObject({ publicUrl: open.url })
  expect(sha256(Buffer.from(await (await fetch(open.url)).arrayBuffer()))).toBe(hash)
  expect(open.url).toContain('/public/originals/')
  expect(prefix).not.toBe('public')
})

test('what is only in the present store keeps it from being changed, and from being given up', async () => {
  const { settings, google } = await startStore()
  const app = await startApp({ google })
  await importFolder(app, await makePictures(many(2)), true)
  await app.handlers['storage.save']({ settings: { ...settings, localBudgetBytes: 0 }, secretAccessKey: secret })
  await untilStorage(app, ({ cloudOnly }) => cloudOnly.count === 2)
  for (const change of [
    { keepsIn: 'disk' as const },
    { bucket: 'another' },
    { bucket: '', keepsIn: 'disk' as const },
  ]) {
    const save = Promise.resolve(app.handlers['storage.save']({ settings: { ...settings, ...change } }))
    await expect(save).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^2 originals are only in .+ to this computer/),
    })
  }
  expect((await overviewOf(app)).settings).toMatchObject({ keepsIn: 'cloud', bucket: settings.bucket })
})
