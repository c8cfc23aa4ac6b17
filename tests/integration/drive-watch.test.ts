import { beforeEach, expect, test } from 'vitest'
import { ended, pictureBytes } from '../support/app.ts'
import { startDriveApp } from '../support/drive-app.ts'
import { ManualClock } from '../support/engine.ts'
import { watch } from '../support/watched-rooms.ts'

let clock: ManualClock
beforeEach(() => {
  clock = new ManualClock(Date.UTC(2026, 0, 1, 12, 1))
  watch.engineClock = clock
})

const quarter = 15 * 60_000

async function openWatched() {
  const drive = await startDriveApp()
  drive.world.addFile('Boat.png', await pictureBytes(1), drive.folderId)
  const { sync } = await drive.sync()
  await drive.app.handlers['folder.watch']({ folderId: sync.folderId, isWatched: true })
  const latest = () => drive.app.library.syncs.list(1)[0]
  /** The next one, which nobody asked for. */
  const next = async () => {
    await expect.poll(() => latest()?.id, { timeout: 20_000 }).toBeGreaterThan(sync.id)
    return ended(drive.app, latest()?.id ?? 0)
  }
  return { ...drive, sync, latest, next }
}

test('what changed in a watched folder comes in by itself within a quarter of an hour', async () => {
  const { world, folderId, next } = await openWatched()
  world.addFile('Quay.png', await pictureBytes(2), folderId)
  clock.advance(quarter)
  expect((await next()).ledger).toEqual(['Quay.png: imported'])
})

test('a folder that is not watched is left alone', async () => {
  const { app, account, world, folderId, latest } = await openWatched()
  const other = world.addFolder('Attic')
  const { syncId } = await app.handlers['drive.import']({ accountId: account.id, folderId: other })
  const { sync } = await ended(app, syncId)
  world.addFile('Old.png', await pictureBytes(3), other)
  world.addFile('Quay.png', await pictureBytes(2), folderId)
  clock.advance(quarter)
  await expect.poll(() => latest()?.folderId, { timeout: 20_000 }).not.toBe(sync.folderId)
  expect((await ended(app, latest()?.id ?? 0)).ledger).toEqual(['Quay.png: imported'])
  expect(app.library.syncs.list(10).filter(({ folderId: id }) => id === sync.folderId)).toMatchObject([{ id: syncId }])
})

test('a watched folder whose account has to be connected again waits for that, and for nothing else', async () => {
  const { app, google, world, folderId, sync, latest, next } = await openWatched()
  const { person } = google.auth.behaviour
  google.auth.endGrant(person)
  world.addFile('Quay.png', await pictureBytes(2), folderId)
  clock.advance(quarter)
  await expect
    .poll(async () => (await app.handlers['accounts.list']({})).accounts)
    .toMatchObject([{ state: 'reconnect' }])
  expect(latest()).toMatchObject({ id: sync.id, state: 'completed' })
  await app.handlers['account.connect']({})
  clock.advance(quarter)
  expect((await next()).ledger).toEqual(['Quay.png: imported'])
})
