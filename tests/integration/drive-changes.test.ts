import { expect, test } from 'vitest'
import { ended, pictureBytes } from '../support/app.ts'
import {
  missingOfLibrary,
  picturesOfDrive,
  picturesOfLibrary,
  sentBodies,
  sha256,
  startDriveApp,
  untilPaused,
} from '../support/drive-app.ts'
import { faults } from '../support/drive-server/index.ts'

const [one, two, three, four, five] = (await Promise.all([1, 2, 3, 4, 5].map(pictureBytes))) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
  Buffer,
]

/** A folder that is in the library, and what is asked for after that. */
async function openSynced() {
  const drive = await startDriveApp()
  const { world, folderId } = drive
  const a = world.addFolder('A', folderId)
  const ids = {
    a1: world.addFile('a1.png', one, a),
    a2: world.addFile('a2.png', two, a),
    top: world.addFile('top.png', three, folderId),
    other: world.addFile('other.png', four, folderId),
  }
  await drive.sync()
  drive.drive.seen.length = 0
  return { ...drive, a, ...ids }
}
type Synced = Awaited<ReturnType<typeof openSynced>>

const unchanged = (...paths: string[]) => paths.map(path => `${path}: skipped unchanged`)

async function expectInStep({ app, ...drive }: Synced, missing: string[] = []): Promise<void> {
  expect(await picturesOfLibrary(app)).toEqual(picturesOfDrive(drive))
  const shown = (await missingOfLibrary(app)).map(line => line.split(' ')[0])
  expect(shown).toEqual(missing)
}

test('what is binned, removed or moved out is missing and kept, and what comes back is found without a fetch', async () => {
  const drive = await openSynced()
  const { world, a, a1, a2, top, folderId, app } = drive
  const before = await picturesOfLibrary(app)
  world.trash(a1)
  world.remove(a2)
  world.move(top, world.rootId)
  expect((await drive.sync()).ledger).toEqual([])
  await expectInStep(drive, ['A/a1.png', 'A/a2.png', 'top.png'])
  expect([...(await missingOfLibrary(app)), ...(await picturesOfLibrary(app))].sort()).toEqual(before)

  world.trash(a1, false)
  world.move(top, a)
  expect((await drive.sync()).ledger).toEqual(unchanged('A/a1.png', 'A/top.png'))
  await expectInStep(drive, ['A/a2.png'])
  world.addFile('again.png', two, folderId)
  // Its bytes have to be read once to be known again.
  expect((await drive.sync()).ledger).toEqual(['again.png: skipped moved'])
  await expectInStep(drive)
  expect(sentBodies(drive)).toEqual(['again.png'])
})

test.each<[string, (drive: Synced) => void, (drive: Synced) => void]>([
  ['put into the bin', ({ world, a }) => world.trash(a), ({ world, a }) => world.trash(a, false)],
  ['moved out', ({ world, a }) => world.move(a, world.rootId), ({ world, a, folderId }) => world.move(a, folderId)],
])('pictures of a folder that is %s are missing and kept, and back with it without a fetch', async (_, take, bring) => {
  const drive = await openSynced()
  take(drive)
  expect((await drive.sync()).ledger).toEqual(unchanged('other.png', 'top.png'))
  await expectInStep(drive, ['A/a1.png', 'A/a2.png'])
  bring(drive)
  expect((await drive.sync()).ledger).toEqual(unchanged('A/a1.png', 'A/a2.png', 'other.png', 'top.png'))
  await expectInStep(drive)
  expect(sentBodies(drive)).toEqual([])
})

test.each(['changes.list', 'files.list'] as const)(
  'a folder that goes into the bin as a whole at %s pauses its sync and nothing is missing; restored, it goes on',
  async kind => {
    const drive = await openSynced()
    const { world, folderId, app, a } = drive
    // So that all is listed.
    world.rename(a, 'Z')
    drive.drive.watch(request => {
      if (request.kind === kind && drive.drive.count(kind) === 1) world.trash(folderId)
    })
    const syncId = await drive.begin()
    expect((await untilPaused(app, syncId)).error).toMatch(/“Studio” is in the bin of Google Drive/)
    expect(await missingOfLibrary(app)).toEqual([])
    await expect(drive.begin()).rejects.toThrow(/is in the bin of Google Drive/)
    world.trash(folderId, false)
    await app.handlers['sync.resume']({ syncId })
    const { ledger } = await ended(app, syncId)
    expect(ledger).toEqual(unchanged('Z/a1.png', 'Z/a2.png', 'other.png', 'top.png'))
    await expectInStep(drive)
    expect(sentBodies(drive)).toEqual([])
  },
)

test('the same bytes under a new time are not fetched again, and other bytes are, once', async () => {
  const drive = await openSynced()
  const { world, a1, top } = drive
  world.write(a1, one)
  world.write(top, five)
  expect((await drive.sync()).ledger).toEqual(['A/a1.png: skipped unchanged', 'top.png: imported'])
  await expectInStep(drive)
  expect(sentBodies(drive)).toEqual(['top.png'])
})

test('when the list of changes is too old, all is listed again, and only what is new is fetched', async () => {
  const drive = await openSynced()
  const { world, a, a1, top } = drive
  drive.drive.failNext('changes.list', faults.expiredPageToken())
  world.addFile('new.png', five, a)
  world.trash(a1)
  world.rename(top, 'up.png')
  expect((await drive.sync()).ledger).toEqual([
    'A/a2.png: skipped unchanged',
    'A/new.png: imported',
    'other.png: skipped unchanged',
    'up.png: skipped unchanged',
  ])
  await expectInStep(drive, ['A/a1.png'])
  expect(sentBodies(drive)).toEqual(['new.png'])
  drive.drive.seen.length = 0
  expect((await drive.sync()).ledger).toEqual([])
  expect(drive.drive.seen.map(({ kind }) => kind)).toEqual(['files.get', 'changes.list'])
})

test('a list of changes that becomes too old between two pages makes way for a whole listing', async () => {
  const drive = await openSynced()
  const { world, a1, a2, top } = drive
  drive.drive.habits.pageSizeMax = 1
  drive.drive.failNext('changes.list', faults.expiredPageToken(), { skip: 2 })
  world.rename(a1, 'z1.png')
  world.write(a2, five)
  world.trash(top)
  expect((await drive.sync()).ledger).toEqual([
    'A/a2.png: imported',
    'A/z1.png: skipped unchanged',
    'other.png: skipped unchanged',
  ])
  await expectInStep(drive, ['top.png'])
  expect(sentBodies(drive)).toEqual(['a2.png'])
})

test('what cannot be had is told with its reason, and the bytes of everything else come once', async () => {
  const drive = await startDriveApp()
  const { world, folderId, app } = drive
  const outside = world.addFolder('Outside')
  const inside = world.addFolder('Inside', folderId)
  world.addFile('in.png', one, inside)
  world.addFile('Twin.png', two, folderId)
  world.addFile('Twin.png', three, folderId)
  world.addFile('Locked.png', one, folderId, { canDownload: false })
  world.addFile('Empty.png', Buffer.alloc(0), folderId)
  world.addDocument('Letter', folderId)
  world.addShortcut('Gone.png', 'nobody', folderId)
  world.addShortcut('Linked.png', world.addFile('far.png', four, outside), folderId)
  world.addShortcut('Linked', outside, folderId)
  world.addShortcut('Linked inside', inside, folderId)
  const flagged = world.addFile('Flagged.png', five, folderId)
  drive.drive.failNext('files.media', faults.abusive(), { fileId: flagged, times: 2 })
  const { ledger, entries } = await drive.sync()
  expect(ledger).toEqual([
    'Empty.png: failed empty',
    'Flagged.png: failed flagged',
    'Gone.png: skipped dangling-shortcut',
    'Inside/in.png: imported',
    'Letter: skipped google-document',
    'Linked inside: skipped listed-elsewhere',
    'Linked.png: imported',
    'Linked/far.png: duplicate same-content',
    'Locked.png: skipped no-download',
    'Twin.png: imported',
    'Twin.png: imported',
  ])
  expect(entries.filter(({ reason, outcome }) => outcome !== 'imported' && !reason?.message)).toEqual([])
  const bodies = ['Twin.png', 'Twin.png', 'far.png', 'far.png', 'in.png']
  expect(sentBodies(drive)).toEqual(bodies)
  // Those, the refusal, and the one by which a shortcut tells that it is none that could be fetched itself.
  expect(drive.drive.count('files.media')).toBe(bodies.length + 2)
  const kept = [
    'Empty.png is not kept',
    'Flagged.png is not kept',
    `Inside/in.png ${sha256(one)}`,
    `Linked.png ${sha256(four)}`,
    ...[sha256(two), sha256(three)].sort().map(hash => `Twin.png ${hash}`),
  ]
  expect(await picturesOfLibrary(app)).toEqual(kept)

  // What may have passed is tried again, and nothing else is.
  expect((await drive.sync()).ledger).toEqual(['Flagged.png: failed flagged'])
  expect(sentBodies(drive)).toEqual(bodies)
  expect((await drive.sync()).ledger).toEqual(['Flagged.png: imported'])
  expect(sentBodies(drive)).toEqual(['Flagged.png', ...bodies])
})
