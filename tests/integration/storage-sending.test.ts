import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  beginImport,
  detailOf,
  ended,
  importFolder,
  makePictures,
  mediaIdOf,
  pictureBytes,
  put,
  query,
  startApp,
  tilesOf,
} from '../support/app.ts'
import { s3Error } from '../support/s3-fault-proxy.ts'
import {
  hashIn,
  keysOnDisk,
  overviewOf,
  prefix,
  putsOf,
  secret,
  settledContents,
  startStore,
  untilSent,
  untilStorage,
} from '../support/storage.ts'
import { until } from '../support/watched-rooms.ts'

const many = (count: number, from = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i + from}.png`, i + from]))

const keysOf = (app: Parameters<typeof query>[0]) =>
  query(app, 'SELECT spaces_key AS key FROM media ORDER BY key').map(({ key }) => `${prefix}/${key}`)

test('originals are sent to the store, each once, and say where they are', async () => {
  const { server, proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  const { entries } = await importFolder(app, await makePictures(many(12)), true)
  expect(await overviewOf(app)).toMatchObject({ sending: { state: 'off' }, disk: { count: 12 }, cloud: { count: 0 } })
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  expect(await untilSent(app)).toMatchObject({
    hasSecret: true,
    disk: { count: 12 },
    cloud: { count: 12 },
    cloudOnly: { count: 0 },
    sending: { state: 'idle', message: null, left: { count: 0, bytes: 0 } },
    faults: { count: 0 },
  })
  expect(await server.contents()).toEqual(keysOf(app))
  expect([...putsOf(proxy).values()]).toEqual(Array(12).fill(1))
  const id = mediaIdOf(entries, 'p3.png')
  expect(await detailOf(app, id)).toMatchObject({ keptIn: ['disk', 'cloud'], publicUrl: null })
  const [row] = query(app, 'SELECT spaces_key AS key, spaces_url AS url FROM media WHERE id = ?', id)
  expect(row?.url).toBe(`${proxy.url}/${server.bucket}/${prefix}/${row?.key}`)

  await app.handlers['storage.resume']({})
  await untilSent(app)
  expect(putsOf(proxy).size).toBe(12)
  expect(proxy.count('put')).toBe(12)
})

test('what is kept later is sent by itself, and only that', async () => {
  const { proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  const folder = await makePictures(many(3))
  await importFolder(app, folder, true)
  await untilStorage(app, ({ cloud }) => cloud.count === 3)
  await put(folder, 'later.png', await pictureBytes(99))
  await importFolder(app, folder, true)
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 4 && sending.state === 'idle')
  expect(proxy.count('put')).toBe(4)
})

test('a folder without copies is not sent', async () => {
  const { proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await importFolder(app, await makePictures(many(2)), false)
  await untilSent(app)
  expect(proxy.count('put')).toBe(0)
})

test('stopped in the middle and started again, sending goes on and puts nothing twice', async () => {
  const { server, proxy, settings, google } = await startStore()
  const first = await startApp({ google })
  await importFolder(first, await makePictures(many(30)), true)
  await first.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilStorage(first, ({ cloud }) => cloud.count >= 5)
  await first.stop()
  const there = new Set((await settledContents(server)).map(hashIn))
  const seenUntilNow = proxy.seen.length
  const second = await startApp({ google, libraryFolder: first.libraryFolder })
  await untilStorage(second, ({ cloud, sending }) => cloud.count === 30 && sending.state === 'idle')
  expect(await server.contents()).toEqual(keysOf(second))
  // What arrived while the program ended is found there, and not sent again.
  const after = putsOf({ seen: proxy.seen.slice(seenUntilNow) })
  expect([...after.keys()].filter(hash => there.has(hash))).toEqual([])
  expect(there.size + after.size).toBe(30)
  expect(putsOf(proxy).size).toBe(30)
})

test('an import does not wait for the network, and goes to the store once that is back', async () => {
  const { proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilSent(app)
  proxy.fault(s3Error('ServiceUnavailable', 503))
  const { sync } = await importFolder(app, await makePictures(many(4)), true)
  expect(sync).toMatchObject({ imported: 4, failed: 0 })
  const waiting = await untilStorage(app, ({ sending }) => sending.state === 'waiting')
  expect(waiting.sending).toMatchObject({ left: { count: 4 }, message: expect.stringMatching(/pause|tried again/) })
  proxy.heal()
  // By itself, after the shortest wait.
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 4 && sending.state === 'idle')
  expect((await overviewOf(app)).sending.message).toBeNull()
})

test('a person pauses and goes on', async () => {
  const { proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  await importFolder(app, await makePictures(many(40)), true)
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilStorage(app, ({ cloud }) => cloud.count >= 3)
  app.handlers['storage.pause']({})
  const paused = await overviewOf(app)
  expect(paused.sending).toMatchObject({ state: 'paused', message: null })
  // Those under way end; no other begins.
  await untilStorage(app, ({ cloud }) => cloud.count === proxy.count('put'))
  expect(proxy.count('put')).toBeLessThan(40)
  await importFolder(app, await makePictures(many(1, 100)), true)
  expect((await overviewOf(app)).sending.state).toBe('paused')
  await app.handlers['storage.resume']({})
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 41 && sending.state === 'idle')
  expect(proxy.count('put')).toBe(41)
})

test('a wrong secret pauses with a sentence, and the right one goes on', async () => {
  const { settings, google } = await startStore()
  const app = await startApp({ google })
  await importFolder(app, await makePictures(many(3)), true)
  await app.handlers['storage.save']({ settings, secretAccessKey: 'wrong' })
  const { sending } = await untilStorage(app, found => found.sending.state === 'paused')
  expect(sending).toMatchObject({ message: expect.stringContaining('secret'), left: { count: 3 } })
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilStorage(app, ({ cloud }) => cloud.count === 3)
})

test('what is damaged or gone on the disk is shown, and the rest goes on', async () => {
  const { server, settings, google } = await startStore()
  const app = await startApp({ google })
  await importFolder(app, await makePictures(many(5)), true)
  const [gone, damaged] = keysOnDisk(app)
  await rm(join(app.libraryFolder, gone as string))
  await writeFile(join(app.libraryFolder, damaged as string), 'other bytes')
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  const { faults, cloud } = await untilSent(app)
  expect(cloud.count).toBe(3)
  expect(faults.count).toBe(2)
  expect(faults.items.map(({ message }) => message.match(/not in the library's folder|damaged/)?.[0]).sort()).toEqual([
    'damaged',
    "not in the library's folder",
  ])
  expect((await server.contents()).length).toBe(3)
  const ids = (await tilesOf(app)).map(({ id }) => id)
  expect(faults.items.every(({ mediaId }) => mediaId !== null && ids.includes(mediaId))).toBe(true)

  // Put right, they are sent when a person asks for it.
  const bytes = new Map<string, Buffer>()
  for (let seed = 1; seed <= 5; seed++) {
    const picture = await pictureBytes(seed)
    const { createHash } = await import('node:crypto')
    bytes.set(createHash('sha256').update(picture).digest('hex'), picture)
  }
  for (const key of [gone, damaged] as string[]) {
    const hash = key.split('/').at(-1)?.replace('.png', '') ?? ''
    await writeFile(join(app.libraryFolder, key), bytes.get(hash) as Buffer)
  }
  await app.handlers['storage.resume']({})
  expect(await untilStorage(app, found => found.cloud.count === 5)).toMatchObject({ faults: { count: 0 } })
})

test('while an import runs, what it keeps is on its way already', async () => {
  const { proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  const syncId = await beginImport(app, await makePictures(many(20)), true)
  await untilStorage(app, ({ cloud }) => cloud.count > 0)
  await ended(app, syncId)
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 20 && sending.state === 'idle')
  expect(proxy.count('put')).toBe(20)
})

test('what left the disk for the store, before a power cut took the note of it, is found there and not taken for lost', async () => {
  const { proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  await importFolder(app, await makePictures(many(3)), true)
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilSent(app)
  const [key] = keysOnDisk(app)
  await rm(join(app.libraryFolder, key as string))
  query(app, `DELETE FROM copies WHERE place <> 'disk' AND key = ?`, key)
  await app.handlers['storage.resume']({})
  const found = await untilStorage(app, ({ cloud, sending }) => cloud.count === 3 && sending.state === 'idle')
  expect(found).toMatchObject({ disk: { count: 2 }, cloudOnly: { count: 1 }, faults: { count: 0 } })
  expect(proxy.count('put')).toBe(3)
})

test('a large original goes in parts, and is read back and moved as any other', async () => {
  const { server, proxy, settings, google } = await startStore()
  const app = await startApp({ google })
  const { randomBytes } = await import('node:crypto')
  const { default: sharp } = await import('sharp')
  const raw = { width: 2400, height: 1700, channels: 3 } as const
  const large = await sharp(randomBytes(raw.width * raw.height * raw.channels), { raw })
    .png({ compressionLevel: 0 })
    .toBuffer()
  const folder = await makePictures()
  await put(folder, 'large.png', large)
  await importFolder(app, folder, true)
  await app.handlers['storage.save']({ settings, secretAccessKey: secret })
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 1 && sending.state === 'idle')
  expect([proxy.count('create'), proxy.count('part'), proxy.count('complete'), proxy.count('put')]).toEqual([
    1, 2, 1, 0,
  ])
  expect(await server.contents()).toEqual(keysOf(app))
  await app.handlers['storage.move']({ direction: 'to-cloud' })
  await untilStorage(app, ({ move }) => move?.state === 'completed')
  expect(keysOnDisk(app)).toEqual([])
})

test('the program ends at once also while a store says nothing, and goes on the next time', async () => {
  const { proxy, settings, google } = await startStore()
  const first = await startApp({ google })
  await importFolder(first, await makePictures(many(10)), true)
  proxy.fault({ kind: 'silence' })
  await first.handlers['storage.save']({ settings, secretAccessKey: secret })
  await until(() => proxy.seen.length > 0)
  const beganMs = performance.now()
  await first.stop()
  expect(performance.now() - beganMs).toBeLessThan(5_000)
  proxy.heal()
  const second = await startApp({ google, libraryFolder: first.libraryFolder })
  await untilStorage(second, ({ cloud, sending }) => cloud.count === 10 && sending.state === 'idle')
  expect(proxy.count('put')).toBe(10)
})
