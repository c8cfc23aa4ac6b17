import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Ended, ended, pictureBytes, startApp } from '../support/app.ts'
import {
  type DriveApp,
  holdToTheLast,
  picturesOfDrive,
  picturesOfLibrary,
  sentBodies,
  startDriveApp,
  untilPaused,
} from '../support/drive-app.ts'
import { faults } from '../support/drive-server/index.ts'
import { until } from '../support/watched-rooms.ts'

type FaultName = keyof typeof faults

const allImported = [
  'Boat.png: imported',
  'Mill.png: imported',
  'Notes.txt: skipped not-a-picture',
  'Sketches/Quay.png: imported',
]
const allOnce = ['Boat.png', 'Mill.png', 'Quay.png']

const faultOf = (name: FaultName, seconds?: number) => (faults[name] as typeof faults.tooManyRequests)(seconds)

async function openStudio() {
  const drive = await startDriveApp()
  const { world, folderId } = drive
  world.addFile('Notes.txt', Buffer.from('notes'), folderId)
  const boat = world.addFile('Boat.png', await pictureBytes(1), folderId)
  world.addFile('Mill.png', await pictureBytes(2), folderId)
  world.addFile('Quay.png', await pictureBytes(3), world.addFolder('Sketches', folderId))
  return { ...drive, boat, resume: (syncId: number) => drive.app.handlers['sync.resume']({ syncId }) }
}

/** Every picture is in the library as it is in Drive, byte for byte, and nothing lies about. */
async function expectAllKept(drive: DriveApp, { ledger }: Ended): Promise<void> {
  expect(ledger).toEqual(allImported)
  expect(await picturesOfLibrary(drive.app)).toEqual(picturesOfDrive(drive))
  expect(await readdir(join(drive.app.libraryFolder, '.incoming'))).toEqual([])
}

test.each<[FaultName, number?]>([
  ['tooManyRequests'],
  ['tooManyRequests', 30],
  ['rateLimitExceeded'],
  ['userRateLimitExceeded'],
  ['internalError'],
  ['backendError'],
  ['drop'],
])('%s (Retry-After: %s) on every kind of request costs nothing but the requests', async (name, seconds) => {
  const drive = await openStudio()
  const fault = faultOf(name, seconds)
  for (const kind of ['files.get', 'changes.getStartPageToken', 'files.list', 'files.media'] as const) {
    drive.drive.failNext(kind, fault)
    drive.drive.failNext(kind, fault, { skip: 2, times: 2 })
  }
  await expectAllKept(drive, await drive.sync())
  expect(sentBodies(drive)).toEqual(allOnce)
  expect(drive.drive.count('files.media')).toBe(3 + 3)
  expect(Math.max(...drive.pacing.waits) >= 30_000).toBe(seconds === 30)

  drive.world.addFile('New.png', await pictureBytes(4), drive.folderId)
  drive.drive.failNext('changes.list', fault, { times: 3 })
  expect((await drive.sync()).ledger).toEqual(['New.png: imported'])
  expect(sentBodies(drive)).toEqual([...allOnce, 'New.png'].sort())
  expect(drive.drive.count('changes.list')).toBe(4)
})

test.each<[FaultName, RegExp]>([
  ['internalError', /does not work at the moment/],
  ['userRateLimitExceeded', /slow down/],
  ['incompleteSearch', /could not search all of the folder/],
  ['drop', /cannot be reached/],
])(
  'a folder that cannot be listed but in %s pauses the sync with a sentence, and later it goes on',
  async (name, sentence) => {
    const drive = await openStudio()
    drive.drive.failNext('files.list', faultOf(name), { times: 1000 })
    const syncId = await drive.begin()
    expect(await untilPaused(drive.app, syncId)).toMatchObject({ found: 0, error: expect.stringMatching(sentence) })
    drive.drive.failNoMore()
    await drive.resume(syncId)
    await expectAllKept(drive, await ended(drive.app, syncId))
    expect(sentBodies(drive)).toEqual(allOnce)
  },
)

test('changes that cannot be listed pause the sync, and later they are brought in, and nothing else', async () => {
  const drive = await openStudio()
  await drive.sync()
  drive.world.addFile('New.png', await pictureBytes(4), drive.folderId)
  drive.drive.failNext('changes.list', faults.backendError(), { times: 1000 })
  const syncId = await drive.begin()
  expect((await untilPaused(drive.app, syncId)).error).toMatch(/does not work at the moment/)
  drive.drive.failNoMore()
  await drive.resume(syncId)
  expect((await ended(drive.app, syncId)).ledger).toEqual(['New.png: imported'])
  expect(sentBodies(drive)).toEqual([...allOnce, 'New.png'].sort())
})

test.each<['files.get' | 'files.media', FaultName, RegExp]>([
  ['files.media', 'downloadQuotaExceeded', /allows no more downloads for now\. Go on tomorrow/],
  ['files.media', 'backendError', /does not work at the moment/],
  ['files.media', 'tooManyRequests', /slow down/],
  ['files.media', 'drop', /cannot be reached/],
  ['files.get', 'internalError', /does not work at the moment/],
  ['files.get', 'rateLimitExceeded', /slow down/],
])(
  '%s of one file that ends but in %s pauses the sync, keeps what is imported, and later the rest comes',
  async (kind, name, sentence) => {
    const drive = await openStudio()
    const { app, boat } = drive
    drive.drive.failNext(kind, faultOf(name), { fileId: boat, times: 1000 })
    holdToTheLast(drive, boat)
    const syncId = await drive.begin()
    const paused = await untilPaused(app, syncId)
    expect(paused).toMatchObject({
      imported: 2,
      skipped: 1,
      failed: 0,
      pending: 1,
      error: expect.stringMatching(sentence),
    })
    drive.drive.failNoMore()
    await drive.resume(syncId)
    await expectAllKept(drive, await ended(app, syncId))
    // The bytes are asked for together with what they should be: they come in vain where that cannot be had.
    expect(sentBodies(drive)).toEqual(kind === 'files.get' ? ['Boat.png', ...allOnce] : allOnce)
  },
)

test('an access token that ends in the middle is replaced by another, once, and nothing is lost', async () => {
  const drive = await openStudio()
  const { google, boat } = drive
  holdToTheLast(drive, boat, google.auth.expireAccessTokens)
  await expectAllKept(drive, await drive.sync())
  expect(google.auth.requests).toEqual(['token authorization_code', 'token refresh_token'])
  expect(sentBodies(drive)).toEqual(allOnce)
})

test('a network that is gone in the middle pauses the sync, and when it is back the rest is fetched', async () => {
  const drive = await openStudio()
  const { app, boat } = drive
  holdToTheLast(drive, boat, drive.drive.close)
  const syncId = await drive.begin()
  const paused = await untilPaused(app, syncId)
  expect(paused).toMatchObject({ imported: 2, pending: 1, error: expect.stringMatching(/cannot be reached/) })
  // Nor can it be gone on with meanwhile, and that loses nothing either.
  await drive.resume(syncId)
  expect((await untilPaused(app, syncId)).error).toMatch(/cannot be reached/)
  await drive.drive.reopen()
  await drive.resume(syncId)
  await expectAllKept(drive, await ended(app, syncId))
  expect(sentBodies(drive)).toEqual(allOnce)
})

test('a network that is gone while the folder is listed pauses the sync, and the listing goes on where it was', async () => {
  const drive = await openStudio()
  const { app } = drive
  drive.drive.habits.pageSizeMax = 1
  drive.drive.watch(({ kind }) => kind === 'files.list' && drive.drive.count(kind) === 2 && drive.drive.close())
  const syncId = await drive.begin()
  expect((await untilPaused(app, syncId)).error).toMatch(/cannot be reached/)
  const asked = drive.drive.count('files.list')
  await drive.drive.reopen()
  await drive.resume(syncId)
  await expectAllKept(drive, await ended(app, syncId))
  // The notes had come; what was left is both pictures, the folder, and what is in it.
  expect(drive.drive.count('files.list') - asked).toBe(4)
  expect(sentBodies(drive)).toEqual(allOnce)
})

test('a program that ends in the middle of a sync goes on with the rest when it is started again', async () => {
  const drive = await openStudio()
  const { app, boat, config } = drive
  let stopping: Promise<void> | undefined
  holdToTheLast(drive, boat, () => {
    stopping = app.stop()
  })
  const syncId = await drive.begin()
  await until(() => stopping !== undefined)
  await stopping
  const again = await startApp({ libraryFolder: app.libraryFolder, google: config })
  await expectAllKept({ ...drive, app: again }, await ended(again, syncId))
  expect(sentBodies(drive)).toEqual(allOnce)
})
