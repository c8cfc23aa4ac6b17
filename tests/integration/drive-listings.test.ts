import { expect, test } from 'vitest'
import { pictureBytes } from '../support/app.ts'
import {
  missingOfLibrary,
  picturesOfDrive,
  picturesOfLibrary,
  sentBodies,
  startDriveApp,
} from '../support/drive-app.ts'
import { faults } from '../support/drive-server/index.ts'
import { until } from '../support/watched-rooms.ts'

const pictures = await Promise.all([0, 1, 2, 3, 4, 5].map(pictureBytes))

/** Pages hold one entry: the requests 1 to 3 of a listing give what is in the root, 4 and 5 what is in `A`, 6 and 7 in `B`. */
async function openStudio() {
  const drive = await startDriveApp()
  const { world, folderId, app } = drive
  const add = (seed: number, name: string, parent: string) =>
    world.addFile(name, pictures[seed] ?? Buffer.alloc(0), parent)
  const [a, b] = [world.addFolder('A', folderId), world.addFolder('B', folderId)]
  const [a1, a2] = [add(1, 'a1.png', a), add(2, 'a2.png', a)]
  const [b1, b2] = [add(3, 'b1.png', b), add(4, 'b2.png', b)]
  const top = add(0, 'top.png', folderId)
  drive.drive.habits.pageSizeMax = 1
  /** Acts between two pages, when all of those before has been imported. */
  const atPage = (nth: number, act: () => void) =>
    drive.drive.watch(async ({ kind }) => {
      if (kind !== 'files.list' || drive.drive.count(kind) !== nth) return
      await until(() => app.library.syncs.active().every(({ pending }) => pending === 0))
      act()
    })
  return { ...drive, a, b, a1, a2, b1, b2, top, add, atPage }
}
type Studio = Awaited<ReturnType<typeof openStudio>>

const paths = ['A/a1.png', 'A/a2.png', 'B/b1.png', 'B/b2.png', 'top.png']
const imported = paths.map(path => `${path}: imported`)
const unchanged = (...some: string[]) => some.map(path => `${path}: skipped unchanged`)
const allOnce = ['a1.png', 'a2.png', 'b1.png', 'b2.png', 'top.png']

async function expectInStep({ app, ...drive }: Studio, missing: string[] = []): Promise<void> {
  expect(await picturesOfLibrary(app)).toEqual(picturesOfDrive(drive))
  const shown = (await missingOfLibrary(app)).map(line => line.split(' ')[0])
  expect(shown).toEqual(missing)
}

test.each<[string, (drive: Studio) => void]>([
  ['an expired page token', ({ drive, atPage }) => atPage(5, drive.expirePageTokens)],
  [
    'page tokens that expire again and again',
    ({ drive, atPage }) => {
      for (const nth of [2, 6, 9]) atPage(nth, drive.expirePageTokens)
    },
  ],
  ['an incomplete search', ({ drive }) => drive.failNext('files.list', faults.incompleteSearch(), { skip: 3 })],
  [
    'pages that begin with the end of the one before',
    ({ drive }) => {
      drive.habits.repeats = 2
    },
  ],
  [
    'pages in the opposite order that begin with the end of the one before',
    ({ drive }) => Object.assign(drive.habits, { repeats: 1, isReversed: true, pageSizeMax: 2 }),
  ],
  [
    'all of this at once',
    ({ drive, atPage }) => {
      Object.assign(drive.habits, { repeats: 2, isReversed: true })
      atPage(5, drive.expirePageTokens)
      drive.failNext('files.list', faults.incompleteSearch(), { skip: 5, times: 2 })
    },
  ],
])('a listing with %s finds every file once, and each is fetched once', async (_, disturb) => {
  const drive = await openStudio()
  disturb(drive)
  expect((await drive.sync()).ledger).toEqual(imported)
  await expectInStep(drive)
  expect(sentBodies(drive)).toEqual(allOnce)
})

const startedMs = Date.now()

test.each<[string, number, (drive: Studio) => unknown, string[], string[]?]>([
  ['a file is added to a folder that was listed', 6, ({ add, a }) => add(5, 'new.png', a), unchanged('A/new.png')],
  [
    // In the second the listing began in: it may have been there before, with files that are no change.
    'a folder is added beside folders that were listed',
    6,
    ({ world, add, folderId }) => add(5, 'new.png', world.addFolder('C', folderId, { createdMs: startedMs })),
    [...unchanged(...paths.slice(0, 4)), 'C/new.png: imported', ...unchanged('top.png')],
  ],
  ['a file that was listed is renamed', 6, ({ world, a1 }) => world.rename(a1, 'z.png'), unchanged('A/z.png')],
  ['a file is renamed before it is listed', 6, ({ world, b1 }) => world.rename(b1, 'z.png'), unchanged('B/z.png')],
  ['a file is moved to a folder that was listed', 6, ({ world, a, b1 }) => world.move(b1, a), unchanged('A/b1.png')],
  [
    'a file that was listed is moved to a folder that was not',
    6,
    ({ world, a1, b }) => world.move(a1, b),
    unchanged('B/a1.png'),
  ],
  ['a file that was listed is put into the bin', 6, ({ world, a1 }) => world.trash(a1), [], ['A/a1.png']],
  ['a file that was listed is removed', 6, ({ world, a1 }) => world.remove(a1), [], ['A/a1.png']],
  ['a file is put into the bin before it is listed', 6, ({ world, b1 }) => world.trash(b1), []],
  [
    'a folder that was listed is renamed',
    6,
    ({ world, a }) => world.rename(a, 'Z'),
    unchanged('B/b1.png', 'B/b2.png', 'Z/a1.png', 'Z/a2.png', 'top.png'),
  ],
  ['a folder that was listed is moved to one that was not', 4, ({ world, a, b }) => world.move(a, b), []],
  ['a folder is renamed before it is met', 2, ({ world, b }) => world.rename(b, 'Z'), []],
  [
    'a folder is renamed before it is listed',
    4,
    ({ world, a }) => world.rename(a, 'Z'),
    unchanged('B/b1.png', 'B/b2.png', 'Z/a1.png', 'Z/a2.png', 'top.png'),
  ],
  [
    'a folder that was listed is moved out',
    6,
    ({ world, a }) => world.move(a, world.rootId),
    unchanged('B/b1.png', 'B/b2.png', 'top.png'),
    ['A/a1.png', 'A/a2.png'],
  ],
  [
    'a folder that was listed is put into the bin',
    6,
    ({ world, a }) => world.trash(a),
    unchanged('B/b1.png', 'B/b2.png', 'top.png'),
    ['A/a1.png', 'A/a2.png'],
  ],
  [
    'a folder is put into the bin before it is listed',
    3,
    ({ world, b }) => world.trash(b),
    unchanged('A/a1.png', 'A/a2.png', 'top.png'),
  ],
])(
  'when %s during a listing, the next sync knows, and fetches nothing again',
  async (_, nth, change, ledger, missing) => {
    const drive = await openStudio()
    drive.atPage(nth, () => change(drive))
    await drive.sync()
    expect((await drive.sync()).ledger).toEqual(ledger)
    await expectInStep(drive, missing)
    expect(new Set(sentBodies(drive)).size).toBe(sentBodies(drive).length)
  },
)

test('a file that is written again during a listing is fetched again by the next sync, and no other is', async () => {
  const drive = await openStudio()
  const { world, a1, atPage } = drive
  atPage(6, () => world.write(a1, pictures[5] ?? Buffer.alloc(0)))
  await drive.sync()
  expect((await drive.sync()).ledger).toEqual(['A/a1.png: imported'])
  await expectInStep(drive)
  expect(sentBodies(drive)).toEqual(['a1.png', ...allOnce].sort())
})
