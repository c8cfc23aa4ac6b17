import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ended, pictureBytes, startApp } from '../support/app.ts'
import { picturesOfDrive, picturesOfLibrary, sentBodies, startDriveApp, untilPaused } from '../support/drive-app.ts'
import { faults } from '../support/drive-server/index.ts'
import { createGate, until, watch } from '../support/watched-rooms.ts'

const pictures = await Promise.all([0, 1, 2, 3, 4, 5].map(pictureBytes))
const bytes = (n: number) => pictures[n] as Buffer

test('a file that was fetched and kept when its sync was halted is not fetched again', async () => {
  const drive = await startDriveApp()
  const { world, folderId, app } = drive
  const boat = world.addFile('Boat.png', bytes(1), folderId)
  world.addFile('Mill.png', bytes(2), folderId)
  const analysing = createGate()
  const goOn = createGate()
  watch.beforeAnalysis = () => {
    analysing.open()
    return goOn.opened
  }
  drive.drive.watch(({ kind, path }) => (kind === 'files.media' && path.endsWith(boat) ? analysing.opened : undefined))
  drive.drive.failNext('files.media', faults.downloadQuotaExceeded(), { fileId: boat })
  const syncId = await drive.begin()
  await untilPaused(app, syncId)
  await app.handlers['sync.resume']({ syncId })
  goOn.open()
  expect((await ended(app, syncId)).ledger).toEqual(['Boat.png: imported', 'Mill.png: imported'])
  expect(sentBodies(drive)).toEqual(['Boat.png', 'Mill.png'])
})

test('a download that failed leaves nothing behind', async () => {
  const drive = await startDriveApp()
  const { world, folderId, app } = drive
  world.addFile('Boat.png', bytes(1), folderId)
  drive.drive.failNext('files.media', faults.alter(3), { times: 3 })
  expect((await drive.sync()).ledger).toEqual(['Boat.png: failed corrupt-download'])
  expect(await readdir(join(app.libraryFolder, '.incoming'))).toEqual([])
})

test('what arrived of a file whose sync was cancelled is removed at the next start', async () => {
  const drive = await startDriveApp()
  const { world, folderId, app } = drive
  const boat = world.addFile('Boat.png', bytes(1), folderId)
  world.addFile('Mill.png', bytes(2), folderId)
  const asked = createGate()
  const goOn = createGate()
  watch.beforeAnalysis = () => goOn.opened
  drive.drive.failNext('files.media', faults.drop(), { fileId: boat, times: 1000 })
  drive.drive.watch(({ path }) => path.endsWith(boat) && asked.open())
  const syncId = await drive.begin()
  await asked.opened
  await app.handlers['sync.cancel']({ syncId })
  goOn.open()
  await app.stop()
  const incoming = join(app.libraryFolder, '.incoming')
  await writeFile(join(incoming, '1'), 'a part')
  const again = await startApp({ libraryFolder: app.libraryFolder, google: drive.config })
  expect(await readdir(incoming)).toEqual([])
  expect(again.library.files.get(1)).toMatchObject({ outcome: 'skipped' })
})

async function studio() {
  const drive = await startDriveApp()
  const { world, folderId, app } = drive
  const [a, b] = [world.addFolder('A', folderId), world.addFolder('B', folderId)]
  const a1 = world.addFile('a1.png', bytes(1), a)
  const b1 = world.addFile('b1.png', bytes(2), b)
  const at = (kind: string, nth: number, act: () => void) => {
    let n = 0
    drive.drive.watch(async request => {
      if (request.kind !== kind || ++n !== nth) return
      await until(() => app.library.syncs.active().every(({ pending }) => pending === 0))
      act()
    })
  }
  const inStep = async () => expect(await picturesOfLibrary(app)).toEqual(picturesOfDrive(drive))
  return { ...drive, a, b, a1, b1, at, inStep }
}

test('a folder that is moved during a listing is where it is after the next sync', async () => {
  const drive = await studio()
  drive.drive.habits.pageSizeMax = 1
  // root: A, B; then a1, b1
  drive.at('files.list', 4, () => drive.world.move(drive.a, drive.b))
  await drive.sync()
  await drive.sync()
  await drive.inStep()
})

test('a file that is renamed again while changes are listed has its last name', async () => {
  const drive = await studio()
  await drive.sync()
  drive.drive.habits.pageSizeMax = 1
  drive.world.rename(drive.a1, 'x.png')
  drive.world.rename(drive.b1, 'y.png')
  drive.at('changes.list', 2, () => drive.world.rename(drive.a1, 'z.png'))
  await drive.sync()
  await drive.sync()
  await drive.inStep()
})

test('a file that is written again while changes are listed has its last bytes', async () => {
  const drive = await studio()
  await drive.sync()
  drive.drive.habits.pageSizeMax = 1
  drive.world.write(drive.a1, bytes(3))
  drive.world.rename(drive.b1, 'y.png')
  drive.at('changes.list', 2, () => drive.world.write(drive.a1, bytes(4)))
  await drive.sync()
  await drive.sync()
  await drive.inStep()
})

test('a file that is written again while it is looked at has its last bytes', async () => {
  const drive = await studio()
  const { app, world, a1, b1 } = drive
  await drive.sync()
  drive.drive.habits.pageSizeMax = 1
  world.write(a1, bytes(3))
  world.rename(b1, 'y.png')
  const analysing = createGate()
  const listed = createGate()
  watch.beforeAnalysis = () => {
    analysing.open()
    return listed.opened
  }
  let pages = 0
  drive.drive.watch(async ({ kind }) => {
    if (kind !== 'changes.list' || ++pages !== 2) return
    await analysing.opened
    world.write(a1, bytes(4))
    void until(() => app.library.syncs.active().every(({ isListed }) => isListed)).then(listed.open)
  })
  expect((await drive.sync()).ledger).toEqual(['A/a1.png: imported', 'B/y.png: skipped unchanged'])
  await drive.inStep()
  expect((await drive.sync()).ledger).toEqual([])
})

test('a file that went before it was fetched is not asked for again', async () => {
  const drive = await studio()
  const { a1, world } = drive
  drive.drive.watch(({ path }) => {
    if (path.endsWith(a1)) world.trash(a1)
  })
  expect((await drive.sync()).ledger).toEqual(['A/a1.png: failed vanished', 'B/b1.png: imported'])
  const before = drive.drive.count('files.media')
  const second = await drive.sync()
  expect(drive.drive.count('files.media') - before).toBe(0)
  expect(second.ledger).toEqual([])
  expect((await drive.sync()).ledger).toEqual([])
})

test('a file that is written again before it is fetched is fetched once', async () => {
  const drive = await studio()
  const { a1, world } = drive
  let isWritten = false
  drive.drive.watch(({ path }) => {
    if (!path.endsWith(a1) || isWritten) return
    isWritten = true
    world.write(a1, bytes(3))
  })
  await drive.sync()
  await drive.sync()
  await drive.inStep()
  expect(sentBodies(drive)).toEqual(['a1.png', 'b1.png'])
})

test('a file that is restored to what was listed, after other bytes of its length were fetched, is as it is', async () => {
  const drive = await studio()
  const { world, folderId } = drive
  // Same length, other content: a byte in the padding behind the end of a PNG.
  const [one, other] = [Buffer.concat([bytes(5), Buffer.from([1])]), Buffer.concat([bytes(5), Buffer.from([2])])]
  const id = world.addFile('c.png', one, folderId)
  let isWritten = false
  drive.drive.watch(({ path }) => {
    if (!path.endsWith(id) || isWritten) return
    isWritten = true
    world.write(id, other)
  })
  await drive.sync()
  world.write(id, one)
  await drive.sync()
  await drive.inStep()
})
