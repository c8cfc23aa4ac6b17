import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { countsOf, ended, mediaIdOf, untilSync } from '../support/app.ts'
import { type DriveApp, startDriveApp } from '../support/drive-app.ts'
import { faults } from '../support/drive-server/index.ts'
import { hills } from '../support/pictures.ts'

/** An app, a Google account that is connected, and a folder of Drive with pictures in it. */
async function connected() {
  const drive = await startDriveApp()
  const { world, folderId } = drive
  const sketches = world.addFolder('Sketches', folderId)
  const picture = async (seed: number) => hills(60, 40, seed).png().toBuffer()
  const boat = world.addFile('Boat.png', await picture(1), folderId)
  const quay = world.addFile('Quay.png', await picture(2), sketches)
  world.addFile('Notes.txt', Buffer.from('notes'), folderId)
  world.addDocument('Plan', folderId)
  return { ...drive, sketches, boat, quay, picture }
}

const fetched = ({ drive }: DriveApp) => drive.count('files.media')

test('a folder of Drive becomes pictures of the library, whose originals are kept', async () => {
  const drive = await connected()
  const { app, sync, world, boat } = drive
  const first = await sync()
  expect(first.ledger).toEqual([
    'Boat.png: imported',
    'Notes.txt: skipped not-a-picture',
    'Plan: skipped google-document',
    'Sketches/Quay.png: imported',
  ])
  const media = await app.handlers['media.get']({ id: mediaIdOf(first.entries, 'Boat.png') })
  expect(media).toMatchObject({ source: 'google_drive', sourceId: boat, path: 'Boat.png', hasCopy: true })
  const kept = app.serverParts.pictures.find(media.id, 'original')
  expect(await readFile(kept?.path ?? '')).toEqual(world.get(boat).bytes)
  expect(fetched(drive)).toBe(2)
  expect(await readdir(join(app.libraryFolder, '.incoming'))).toEqual([])
})

test('a second sync without change asks once for changes and fetches nothing', async () => {
  const drive = await connected()
  await drive.sync()
  drive.google.drive.seen.length = 0
  const second = await drive.sync()
  expect(countsOf(second.sync)).toEqual({ found: 0, imported: 0, duplicates: 0, skipped: 0, failed: 0, pending: 0 })
  const asked = drive.google.drive.seen.map(({ kind }) => kind)
  expect(asked.length).toBeLessThanOrEqual(2)
  expect(asked).toContain('changes.list')

  // However often: of those in vain only the last is remembered.
  const last = [await drive.sync(), await drive.sync()].at(-1)
  expect(drive.app.library.syncs.list(10).map(({ id }) => id)).toEqual([last?.sync.id, expect.any(Number)])
})

test('what changed in Drive is brought in, and nothing else is fetched', async () => {
  const drive = await connected()
  const { app, world, folderId, sketches, boat, quay, picture, sync } = drive
  const first = await sync()
  const ids = { boat: mediaIdOf(first.entries, 'Boat.png'), quay: mediaIdOf(first.entries, 'Sketches/Quay.png') }
  const before = fetched(drive)

  world.rename(boat, 'Ship.png')
  world.move(boat, sketches)
  world.trash(quay)
  world.addFile('New.png', await picture(3), folderId)
  const second = await sync()
  expect(second.ledger).toEqual(['New.png: imported', 'Sketches/Ship.png: skipped unchanged'])
  expect(fetched(drive) - before).toBe(1)
  expect(await app.handlers['media.get']({ id: ids.boat })).toMatchObject({
    filename: 'Ship.png',
    path: 'Sketches/Ship.png',
    isMissing: false,
  })
  // What is gone from Drive is missing, and never dropped.
  expect(await app.handlers['media.get']({ id: ids.quay })).toMatchObject({ isMissing: true, hasCopy: true })
  const { items } = await app.handlers['media.page']({
    filter: { text: 'ship ' },
    sort: 'newest',
    after: null,
    limit: 10,
  })
  expect(items.map(item => item.id)).toEqual([ids.boat])

  world.trash(quay, false)
  world.write(boat, await picture(4))
  const third = await sync()
  expect(third.ledger).toEqual(['Sketches/Quay.png: skipped unchanged', 'Sketches/Ship.png: imported'])
  expect(await app.handlers['media.get']({ id: ids.quay })).toMatchObject({ isMissing: false })
})

test('a renamed folder is listed again, and none of its files is fetched again', async () => {
  const drive = await connected()
  const first = await drive.sync()
  const before = fetched(drive)
  drive.world.rename(drive.sketches, 'Studies')
  const second = await drive.sync()
  expect(second.ledger).toContain('Studies/Quay.png: skipped unchanged')
  expect(fetched(drive)).toBe(before)
  const id = mediaIdOf(first.entries, 'Sketches/Quay.png')
  expect(await drive.app.handlers['media.get']({ id })).toMatchObject({ path: 'Studies/Quay.png', isMissing: false })
})

test('what failed in one sync is tried again in the next, also where only changes are listed', async () => {
  const drive = await connected()
  drive.google.drive.failNext('files.media', faults.alter(10), { times: 6 })
  const first = await drive.sync()
  const failed = first.ledger.filter(line => line.includes(': failed'))
  expect(failed).toHaveLength(2)
  const second = await drive.sync()
  expect(second.sync.failed).toBe(0)
  expect(second.sync.imported).toBe(failed.length)
})

test('a grant that has ended pauses the sync, and connecting again lets it go on', async () => {
  const { app, account, google, begin } = await connected()
  google.drive.watch(({ kind }) => {
    if (kind === 'files.media' && google.drive.count('files.media') === 1)
      google.auth.endGrant(google.auth.behaviour.person)
  })
  const syncId = await begin()
  const paused = await untilSync(app, syncId, sync => sync.state === 'paused')
  expect(paused.error).toMatch(/Reconnect the account; what waits for it goes on after that\.$/)
  expect((await app.handlers['accounts.list']({})).accounts).toMatchObject([{ state: 'reconnect' }])
  expect(await app.handlers['account.connect']({})).toMatchObject({ id: account.id, state: 'connected' })
  const { ledger } = await ended(app, syncId)
  expect(ledger.filter(line => line.endsWith(': imported'))).toHaveLength(2)
})

test('the event of the brief brings in a folder and answers with its counts', async () => {
  const drive = await connected()
  const eventId = await drive.app.serverParts.triggerDriveSync(1, drive.folderId)
  expect(eventId).toMatch(/./)
  await expect.poll(() => drive.app.library.syncs.list(1)[0]?.state, { timeout: 20_000 }).toBe('completed')
  expect(drive.app.library.syncs.list(1)[0]).toMatchObject({ imported: 2, failed: 0 })
})

test('no token is in the library, its jobs, an address, a log, an error, or anything the app says', async () => {
  const drive = await connected()
  const { app, google, account } = drive
  const said: unknown[] = []
  app.subscribe(event => said.push(event))
  for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...logged) => void said.push(logged))
  }
  onTestFinished(() => void vi.restoreAllMocks())
  // Errors of every kind, on the way to files that fail and to an account that has to be connected again.
  google.auth.expireAccessTokens()
  google.drive.failNext('files.list', faults.internalError())
  google.drive.failNext('files.media', faults.alter(10), { times: 5 })
  const { ledger } = await drive.sync()
  expect(ledger.some(line => line.endsWith('failed corrupt-download'))).toBe(true)
  google.auth.endGrant(google.auth.behaviour.person)
  const place = { kind: 'my-drive' } as const
  const refused = await Promise.allSettled([app.handlers['drive.browse']({ accountId: account.id, place })])
  expect(refused).toMatchObject([{ status: 'rejected' }])
  said.push(refused)
  await app.stop()

  const files = await readdir(app.libraryFolder, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    files.filter(file => file.isFile()).map(file => readFile(join(file.parentPath, file.name), 'latin1')),
  )
  const addresses = google.drive.seen.map(({ path, parameters }) => `${path}?${parameters}`)
  // `inspect` shows what JSON would leave out: messages, stacks and causes.
  const everything = [...texts, ...addresses, inspect(said, { depth: Infinity, maxStringLength: Infinity })]
  expect(google.auth.secrets.size).toBeGreaterThanOrEqual(4)
  for (const secret of google.auth.secrets) expect(everything.some(text => text.includes(secret))).toBe(false)
  // The search finds what is there.
  for (const text of ['Boat.png', 'corrupt-download', 'Google has ended the access', '/drive/v3/files']) {
    expect(everything.filter(searched => searched.includes(text))).not.toEqual([])
  }
})

test('a watched folder is found again by the watch over folders', async () => {
  const { app, sync } = await connected()
  await sync()
  const { folders } = await app.handlers['library.overview']({})
  expect(folders).toMatchObject([{ account: { email: 'anna@example.com' }, isWatched: false }])
  expect(folders[0]?.lastSyncedAt).toMatch(/^\d{4}-/)
  await app.handlers['folder.watch']({ folderId: folders[0]?.id ?? 0, isWatched: true })
  expect(app.library.folders.watched()).toEqual([folders[0]?.id])
})
