import { expect, test } from 'vitest'
import { ended, pictureBytes, untilSync } from '../support/app.ts'
import { startDriveApp } from '../support/drive-app.ts'
import { keysOnDisk, secret, startStore, untilMoved, untilSent, untilStorage } from '../support/storage.ts'
import { createGate, until, watch } from '../support/watched-rooms.ts'

/** A folder of Drive with pictures, whose originals are kept in a store in the cloud. */
async function connected(count: number) {
  const { proxy, settings } = await startStore()
  const drive = await startDriveApp()
  for (let i = 1; i <= count; i++) drive.world.addFile(`p${i}.png`, await pictureBytes(i), drive.folderId)
  await drive.app.handlers['storage.save']({ settings, secretAccessKey: secret })
  return { ...drive, proxy, settings, fetched: () => drive.drive.count('files.media') }
}

test('a picture of Drive goes to the store by way of the disk, and is not fetched again because it left that', async () => {
  const { app, sync, world, folderId, fetched, proxy, settings } = await connected(4)
  expect((await sync()).sync).toMatchObject({ imported: 4 })
  await untilStorage(app, ({ cloud, sending }) => cloud.count === 4 && sending.state === 'idle')
  await app.handlers['storage.save']({ settings: { ...settings, localBudgetBytes: 0 } })
  await untilStorage(app, ({ cloudOnly }) => cloudOnly.count === 4)
  // All is listed again, and all that is listed is known.
  world.rename(folderId, 'Atelier')
  expect((await sync()).sync).toMatchObject({ failed: 0 })
  expect([fetched(), proxy.count('put'), keysOnDisk(app)]).toEqual([4, 4, []])
})

test('what was moved to the cloud in the middle of its import is neither fetched nor sent again', async () => {
  const { app, begin, fetched, proxy } = await connected(3)
  const gate = createGate()
  let atAnalysis = 0
  watch.beforeAnalysis = () => {
    atAnalysis += 1
    return gate.opened
  }
  const syncId = await begin()
  await untilStorage(app, ({ cloud }) => cloud.count === 3)
  await until(() => atAnalysis === 3)
  await app.handlers['sync.pause']({ syncId })
  await untilSent(app)
  await app.handlers['storage.move']({ direction: 'to-cloud' })
  expect(await untilMoved(app)).toMatchObject({ state: 'completed', done: { count: 3 } })
  gate.open()
  await untilSync(app, syncId, ({ state }) => state === 'paused')
  await app.handlers['sync.resume']({ syncId })
  expect((await ended(app, syncId)).sync).toMatchObject({ imported: 3, failed: 0 })
  expect([fetched(), proxy.count('put'), keysOnDisk(app)]).toEqual([3, 3, []])
})
