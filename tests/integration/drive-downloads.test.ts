import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ended, pictureBytes } from '../support/app.ts'
import {
  type DriveApp,
  picturesOfDrive,
  picturesOfLibrary,
  sentBodies,
  startDriveApp,
  untilPaused,
} from '../support/drive-app.ts'
import { faults } from '../support/drive-server/index.ts'

type Fault = ReturnType<(typeof faults)['drop']>

const boatBytes = await pictureBytes(1)
const last = boatBytes.length - 1

async function openStudio() {
  const drive = await startDriveApp()
  const { world, folderId } = drive
  const boat = world.addFile('Boat.png', boatBytes, folderId)
  world.addFile('Mill.png', await pictureBytes(2), folderId)
  const fail = (...some: Fault[]) => {
    for (const fault of some) drive.drive.failNext('files.media', fault, { fileId: boat })
  }
  const failOnAndOn = (fault: Fault) => drive.drive.failNext('files.media', fault, { fileId: boat, times: 1000 })
  const sentOfBoat = () => sentBodies(drive).filter(body => body !== 'Mill.png')
  return { ...drive, boat, fail, failOnAndOn, sentOfBoat }
}

async function expectInStep({ app, ...drive }: DriveApp): Promise<void> {
  expect(await picturesOfLibrary(app)).toEqual(picturesOfDrive(drive))
  expect(await readdir(join(app.libraryFolder, '.incoming'))).toEqual([])
}

const { drop, dropAfter, truncate, alter, append, ignoreRange } = faults
const whole = 'Boat.png'

test.each<[string, Fault[], string[]]>([
  ['breaks before it begins', [drop(), drop()], [whole]],
  ['breaks in the middle', [dropAfter(1000)], ['Boat.png 0-999', `Boat.png 1000-${last}`]],
  [
    'breaks again and again',
    [dropAfter(1000), drop(), dropAfter(0), dropAfter(500)],
    ['Boat.png 0-999', 'Boat.png 1000-1499', `Boat.png 1500-${last}`],
  ],
  ['ends early as if that were all', [truncate(1000)], ['Boat.png 0-999', `Boat.png 1000-${last}`]],
  ['breaks, and the rest comes with what had come', [dropAfter(1000), ignoreRange()], [whole, 'Boat.png 0-999']],
  [
    'breaks, and the server has no time',
    [dropAfter(1000), faults.backendError(), faults.tooManyRequests()],
    ['Boat.png 0-999', `Boat.png 1000-${last}`],
  ],
  ['has a bit that is another', [alter(2000)], [whole, whole]],
  ['is too long', [append(10)], [whole, `Boat.png 0-${last + 10}`]],
  [
    'breaks, and has a bit that is another after that',
    [dropAfter(1000), alter(2000)],
    [whole, 'Boat.png 0-999', `Boat.png 1000-${last}`],
  ],
])('a body that %s is whole in the end, and no byte that was good is fetched again', async (_, some, sent) => {
  const drive = await openStudio()
  drive.fail(...some)
  expect((await drive.sync()).ledger).toEqual(['Boat.png: imported', 'Mill.png: imported'])
  await expectInStep(drive)
  expect(drive.sentOfBoat()).toEqual(sent)
})

test.each([
  ['altered', alter(2000), 3],
  ['too long', append(10), 3],
  ['cut short', truncate(0), 0],
])('a file whose body is %s on and on fails alone, and comes when it is retried later', async (_, fault, bodies) => {
  const drive = await openStudio()
  const { app, failOnAndOn } = drive
  failOnAndOn(fault)
  const { ledger, entries, syncId } = await drive.sync()
  expect(ledger).toEqual(['Boat.png: failed corrupt-download', 'Mill.png: imported'])
  expect(drive.sentOfBoat()).toHaveLength(bodies)
  expect(await app.handlers['media.get']({ id: entries[0]?.mediaId ?? 0 })).toMatchObject({
    status: 'failed',
    hasCopy: false,
    failure: { code: 'corrupt-download' },
  })
  drive.drive.failNoMore()
  await app.handlers['sync.retry']({ syncId, fileId: entries[0]?.fileId })
  expect((await ended(app, syncId)).ledger).toEqual(['Boat.png: imported', 'Mill.png: imported'])
  await expectInStep(drive)
  expect(drive.sentOfBoat()).toHaveLength(bodies + 1)
  expect(sentBodies(drive).filter(body => body === 'Mill.png')).toHaveLength(1)
})

test('a connection that breaks after every few bytes brings the whole file, each byte once', async () => {
  const drive = await openStudio()
  drive.failOnAndOn(dropAfter(1000))
  expect((await drive.sync()).ledger).toEqual(['Boat.png: imported', 'Mill.png: imported'])
  await expectInStep(drive)
  expect(drive.sentOfBoat()).toEqual([
    'Boat.png 0-999',
    'Boat.png 1000-1999',
    'Boat.png 2000-2999',
    'Boat.png 3000-3999',
    `Boat.png 4000-${last}`,
  ])
})

test('connections that do nothing but break pause the sync with a sentence, and later the file comes', async () => {
  const drive = await openStudio()
  const { app } = drive
  drive.failOnAndOn(dropAfter(0))
  const syncId = await drive.begin()
  expect((await untilPaused(app, syncId)).error).toMatch(/keeps breaking/)
  drive.drive.failNoMore()
  await app.handlers['sync.resume']({ syncId })
  expect((await ended(app, syncId)).ledger).toEqual(['Boat.png: imported', 'Mill.png: imported'])
  await expectInStep(drive)
})

test('a file that is written again while its connection is broken is fetched as it is then', async () => {
  const drive = await openStudio()
  const newBytes = await pictureBytes(9)
  drive.fail(dropAfter(1000))
  let looks = 0
  drive.drive.watch(({ kind, path }) => {
    if (kind === 'files.get' && path.endsWith(drive.boat) && ++looks === 2) drive.world.write(drive.boat, newBytes)
  })
  expect((await drive.sync()).ledger).toEqual(['Boat.png: imported', 'Mill.png: imported'])
  await expectInStep(drive)
  expect(drive.sentOfBoat()).toEqual([whole, 'Boat.png 0-999'])
})
