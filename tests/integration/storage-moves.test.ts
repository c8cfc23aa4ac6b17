import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { App } from '../../src/main/app.ts'
import { detailOf, importFolder, makePictures, query, startApp, type TestApp, tilesOf } from '../support/app.ts'
import { s3Error } from '../support/s3-fault-proxy.ts'
import {
  keysOnDisk,
  overviewOf,
  patient,
  prefix,
  secret,
  startStore,
  untilMove,
  untilMoved,
  untilSent,
  untilStorage,
} from '../support/storage.ts'

const many = (count: number, from = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i + from}.png`, i + from]))

type Store = Awaited<ReturnType<typeof startStore>>

/** A library with so many originals, all of them on the disk and in the store. */
async function keptInBoth(count: number): Promise<{ app: TestApp; store: Store }> {
  const store = await startStore()
  const app = await startApp({ google: store.google })
  await importFolder(app, await makePictures(many(count)), true)
  await app.handlers['storage.save']({ settings: store.settings, secretAccessKey: secret })
  await untilSent(app)
  return { app, store }
}

const move = (app: App, direction: 'to-cloud' | 'to-disk') => app.handlers['storage.move']({ direction })

/** Every file of an original on the disk is the one that its name says. */
function expectSound(app: App): void {
  for (const key of keysOnDisk(app)) {
    const bytes = readFileSync(`${app.library.layout.store}/${key}`)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(key.split('/').at(-1)?.split('.')[0])
  }
}

test('all originals go to the cloud, are read back there, and only then leave the disk; and back', async () => {
  const { app, store } = await keptInBoth(12)
  const getsBefore = store.proxy.count('get')
  await move(app, 'to-cloud')
  const moved = await untilMoved(app)
  expect(moved).toMatchObject({ state: 'completed', message: null, total: { count: 12 }, done: { count: 12 } })
  expect(moved.total.bytes).toBe(moved.done.bytes)
  expect(store.proxy.count('get') - getsBefore).toBe(12)
  expect(keysOnDisk(app)).toEqual([])
  const { disk, cloud, cloudOnly } = await overviewOf(app)
  expect({ disk, cloud: cloud.count, cloudOnly: cloudOnly.count }).toEqual({
    disk: { count: 0, bytes: 0 },
    cloud: 12,
    cloudOnly: 12,
  })
  const [tile] = await tilesOf(app)
  expect(await detailOf(app, tile?.id as number)).toMatchObject({ keptIn: ['cloud'], hasCopy: true })

  await move(app, 'to-disk')
  expect(await untilMoved(app)).toMatchObject({ state: 'completed', done: { count: 12 } })
  expect(await store.server.contents()).toEqual([])
  expect(keysOnDisk(app)).toHaveLength(12)
  expectSound(app)
  expect(await overviewOf(app)).toMatchObject({
    settings: { keepsIn: 'disk' },
    cloud: { count: 0 },
    sending: { state: 'off' },
  })
  expect(query(app, 'SELECT id FROM media WHERE spaces_url IS NOT NULL')).toEqual([])
  // Nothing was sent again meanwhile.
  expect(store.proxy.count('put')).toBe(12)
})

test('what is not in the store yet is sent by the move, once', async () => {
  const store = await startStore()
  const app = await startApp({ google: store.google })
  await importFolder(app, await makePictures(many(20)), true)
  await app.handlers['storage.save']({ settings: store.settings, secretAccessKey: secret })
  await move(app, 'to-cloud')
  expect(await untilMoved(app)).toMatchObject({ state: 'completed', done: { count: 20 } })
  expect(store.proxy.count('put')).toBe(20)
  expect(keysOnDisk(app)).toEqual([])
})

test('what was damaged in the store behind its back is sent anew before the disk lets go of it', async () => {
  const { app, store } = await keptInBoth(4)
  const [key = ''] = keysOnDisk(app)
  const path = `${app.library.layout.store}/${key}`
  const bytes = readFileSync(path)
  // Of the same size, so that only reading tells.
  await store.server.damage(`${prefix}/${key}`, Buffer.alloc(bytes.length, 7))
  await move(app, 'to-cloud')
  expect(await untilMoved(app)).toMatchObject({ state: 'completed', message: null })
  expect(store.proxy.count('put')).toBe(5)
  await move(app, 'to-disk')
  await untilMoved(app)
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

test('what a store gives back wrongly every time stays on the disk, and is shown', async () => {
  const { app, store } = await keptInBoth(3)
  store.proxy.fault({ kind: 'damage-down' }, ['get'])
  await move(app, 'to-cloud')
  const moved = await untilMoved(app)
  expect(moved).toMatchObject({ state: 'completed', done: { count: 0 }, total: { count: 0 } })
  expect(moved.message).toMatch(/^3 originals could not be moved/)
  expect(keysOnDisk(app)).toHaveLength(3)
  expectSound(app)
  const { faults } = await overviewOf(app)
  expect(faults.items.map(({ message }) => message)).toEqual(Array(3).fill(expect.stringContaining('other bytes')))

  store.proxy.heal()
  await move(app, 'to-cloud')
  expect(await untilMoved(app)).toMatchObject({ state: 'completed', message: null, done: { count: 3 } })
  expect((await overviewOf(app)).faults.count).toBe(0)
})

test('what is damaged in the store stays there and is not taken for the original', async () => {
  const { app, store } = await keptInBoth(3)
  const [key = ''] = keysOnDisk(app)
  await move(app, 'to-cloud')
  await untilMoved(app)
  await store.server.damage(`${prefix}/${key}`, Buffer.from('damaged'))
  await move(app, 'to-disk')
  expect(await untilMoved(app)).toMatchObject({ state: 'completed', done: { count: 2 } })
  expect(await store.server.contents()).toEqual([`${prefix}/${key}`])
  expect(keysOnDisk(app)).toHaveLength(2)
  const { faults, cloudOnly } = await overviewOf(app)
  expect(faults).toMatchObject({ count: 1, items: [{ message: expect.stringContaining('damaged') }] })
  expect(cloudOnly.count).toBe(1)
})

for (const direction of ['to-cloud', 'to-disk'] as const) {
  test(`${direction}: paused, stopped with the program and gone on with, it loses and repeats nothing`, async () => {
    const { app, store } = await keptInBoth(40)
    if (direction === 'to-disk') {
      await move(app, 'to-cloud')
      await untilMoved(app)
    }
    const puts = store.proxy.count('put')
    await move(app, direction)
    await untilMove(app, ({ done, direction: now }) => now === direction && done.count >= 3)
    app.handlers['storage.pauseMove']({})
    expect((await overviewOf(app)).move).toMatchObject({ state: 'paused', message: null })
    await app.handlers['storage.resumeMove']({})
    const midway = await untilMove(app, ({ done }) => done.count >= 12)
    await app.stop()
    const again = await startApp({ google: store.google, libraryFolder: app.libraryFolder })
    expect(await untilMoved(again)).toMatchObject({ id: midway.id, state: 'completed', message: null })
    expectSound(again)
    const objects = await store.server.contents()
    expect([keysOnDisk(again).length, objects.length]).toEqual(direction === 'to-cloud' ? [0, 40] : [40, 0])
    expect(store.proxy.count('put')).toBe(puts)
  })
}

test('cancelled in the middle, what was moved stays where it is, and all is somewhere', async () => {
  const { app, store } = await keptInBoth(40)
  await move(app, 'to-cloud')
  await untilMove(app, ({ done }) => done.count >= 3)
  await app.handlers['storage.cancelMove']({})
  const cancelled = await untilMove(app, ({ state }) => state === 'cancelled')
  expect(cancelled.done.count).toBeLessThan(40)
  // Those under way end.
  await expect.poll(async () => (await overviewOf(app)).disk.count - keysOnDisk(app).length, patient).toBe(0)
  expect((await overviewOf(app)).move).toMatchObject({ total: { count: 40 } })
  const { disk, cloudOnly } = await overviewOf(app)
  expect(disk.count + cloudOnly.count).toBe(40)
  expect(disk.count).toBeGreaterThan(0)
  expect(await store.server.contents()).toHaveLength(40)
  // Another one can begin.
  await move(app, 'to-disk')
  expect(await untilMoved(app)).toMatchObject({ direction: 'to-disk', state: 'completed' })
  expect(keysOnDisk(app)).toHaveLength(40)
})

test('where the store goes away, a move waits and goes on by itself; where it refuses, it pauses', async () => {
  const { app, store } = await keptInBoth(5)
  store.proxy.fault(s3Error('SlowDown', 503))
  await move(app, 'to-cloud')
  const waiting = await untilMove(app, ({ state }) => state === 'waiting')
  expect(waiting).toMatchObject({ message: expect.stringContaining('pause'), done: { count: 0 } })
  expect(keysOnDisk(app)).toHaveLength(5)
  store.proxy.heal()
  store.proxy.fault(s3Error('AccessDenied', 403))
  const paused = await untilMove(app, ({ state }) => state === 'paused')
  expect(paused.message).toMatch(/access key may not/)
  store.proxy.heal()
  await app.handlers['storage.resumeMove']({})
  expect(await untilMoved(app)).toMatchObject({ state: 'completed', message: null, done: { count: 5 } })
})

test('what comes in while originals are moved is moved as well', async () => {
  const { app } = await keptInBoth(10)
  await move(app, 'to-cloud')
  await importFolder(app, await makePictures(many(5, 50)), true)
  await untilMoved(app)
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 15 && sending.state === 'idle')
  const { disk, cloudOnly } = await overviewOf(app)
  expect(disk.count + cloudOnly.count).toBe(15)
  expect((await tilesOf(app)).every(({ status }) => status === 'completed')).toBe(true)
})

test('what is damaged on its way back is fetched once more', async () => {
  const { app, store } = await keptInBoth(3)
  await move(app, 'to-cloud')
  await untilMoved(app)
  store.proxy.fault({ kind: 'damage-down' }, ['get'], 1)
  await move(app, 'to-disk')
  expect(await untilMoved(app)).toMatchObject({ state: 'completed', message: null, done: { count: 3 } })
  expectSound(app)
})

test('only one move at a time, and none without a store; settings that it needs stay', async () => {
  const bare = await startApp()
  await expect(move(bare, 'to-cloud')).rejects.toMatchObject({ code: 'conflict' })
  const { app, store } = await keptInBoth(3)
  store.proxy.fault(s3Error('SlowDown', 503))
  await move(app, 'to-cloud')
  await expect(move(app, 'to-disk')).rejects.toMatchObject({ code: 'conflict' })
  const { settings } = store
  for (const change of [{ bucket: 'another' }, { prefix: '' }, { keepsIn: 'disk' as const }]) {
    const save = Promise.resolve(app.handlers['storage.save']({ settings: { ...settings, ...change } }))
    await expect(save).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('moved') })
  }
  store.proxy.heal()
  // What does not say where the store is can be changed, and sets a move that waits going again.
  await app.handlers['storage.save']({ settings: { ...settings, localBudgetBytes: 1_000_000 } })
  expect(await untilMoved(app)).toMatchObject({ state: 'completed' })
})
