import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ListedChanges } from '../../../src/main/sources/index.ts'
import { faults } from '../../support/drive-server/index.ts'
import { knownOf, listWhole, openDrive, pathsOf } from './drive.ts'

const bytes = randomBytes(10)

/** A synced root with `a/b/deep.png` and `stays.png`, and what changed in it since. */
async function openSynced() {
  const drive = await openDrive()
  const { world, folderId, source, root } = drive
  const a = world.addFolder('a', folderId)
  const b = world.addFolder('b', a)
  const deep = world.addFile('deep.png', bytes, b)
  const stays = world.addFile('stays.png', bytes, folderId)
  const listing = await listWhole(source, root)
  // What is made from now on is newer than the listing, to the second.
  world.aheadMs = 60_000
  const changes = (cursor = listing.changesFrom) => source.listChanges(root, cursor, knownOf(listing))
  return { ...drive, a, b, deep, stays, listing, changes }
}

test('costs one request when nothing changed', async () => {
  const { changes, server } = await openSynced()
  const before = server.seen.length
  const { changesFrom, ...rest } = await changes()
  expect(server.seen.length - before).toBe(1)
  expect(rest).toEqual({ files: [], gone: [], folders: [], cursor: null, mustListWhole: false })
  await changes(changesFrom ?? '')
  expect(server.seen.length - before).toBe(2)
})

test('gives each change once: the next changes begin behind it', async () => {
  const { changes, world, folderId } = await openSynced()
  world.addFile('new.png', bytes, folderId)
  const first = await changes()
  expect(pathsOf(first.files)).toEqual(['new.png'])
  expect((await changes(first.changesFrom ?? '')).files).toEqual([])
})

test('gives new, written, renamed and moved files with their paths, tags and verdicts', async () => {
  const { changes, world, folderId, b, deep, stays } = await openSynced()
  world.addFile('new.png', bytes, b)
  world.addDocument('Letter', folderId)
  world.write(stays, randomBytes(20))
  world.move(deep, folderId)
  world.rename(deep, 'risen.png')
  const { files, gone } = await changes()
  expect(Object.fromEntries(files.map(file => [file.path, file.verdict?.code ?? null]))).toEqual({
    'a/b/new.png': null,
    Letter: 'google-document',
    'stays.png': null,
    'risen.png': null,
  })
  expect(files.find(file => file.path === 'stays.png')).toMatchObject({ sourceId: stays, sizeBytes: 20 })
  expect(gone).toEqual([])
})

test('calls gone what was binned, removed or moved out of the root', async () => {
  const { changes, world, folderId, deep, stays } = await openSynced()
  const third = world.addFile('third.png', bytes, folderId)
  world.trash(stays)
  world.remove(third)
  world.move(deep, world.rootId)
  const { files, gone, mustListWhole } = await changes()
  expect({ files, mustListWhole }).toEqual({ files: [], mustListWhole: false })
  expect(gone.sort()).toEqual([deep, stays, third].sort())
})

test('takes no notice of what happens outside of the root', async () => {
  const { changes, world } = await openSynced()
  const elsewhere = world.addFolder('Elsewhere')
  world.addFile('x.png', bytes, elsewhere)
  expect(await changes()).toMatchObject({ files: [], folders: [], mustListWhole: false })
})

test('gives files of new folders, whatever the order of the changes', async () => {
  const { changes, world, b } = await openSynced()
  const outer = world.addFolder('outer', b)
  const inner = world.addFolder('Untitled', outer)
  world.addFile('in.png', bytes, inner)
  world.rename(inner, 'inner')
  world.rename(outer, 'OUTER')
  const { files, folders, mustListWhole } = await changes()
  expect(mustListWhole).toBe(false)
  expect(pathsOf(files)).toEqual(['a/b/OUTER/inner/in.png'])
  expect(folders.sort((x, y) => (x.name < y.name ? -1 : 1))).toEqual([
    { sourceId: outer, parentId: b, name: 'OUTER' },
    { sourceId: inner, parentId: outer, name: 'inner' },
  ])
})

test('does not look into a new folder that a listing would not look into', async () => {
  const { changes, world, b } = await openSynced()
  world.addFile('in.png', bytes, world.addFolder('.cache', b))
  expect(await changes()).toMatchObject({ files: [], folders: [], mustListWhole: false })
})

test.each<[string, (drive: Awaited<ReturnType<typeof openSynced>>) => void]>([
  ['was renamed', ({ world, a }) => world.rename(a, 'z')],
  ['was moved inside the root', ({ world, b, folderId }) => world.move(b, folderId)],
  ['was moved out of the root', ({ world, a }) => world.move(a, world.rootId)],
  ['was binned', ({ world, b }) => world.trash(b)],
  ['was removed', ({ world, b }) => world.remove(b)],
  ['is the root and was binned', ({ world, folderId }) => world.trash(folderId)],
  ['is the root and was removed', ({ world, folderId }) => world.remove(folderId)],
])('asks for a whole listing when a folder %s', async (_, change) => {
  const drive = await openSynced()
  change(drive)
  expect(await drive.changes()).toMatchObject({ mustListWhole: true, files: [], gone: [], changesFrom: null })
})

test('asks for a whole listing when an old folder was moved into the root: its files did not change', async () => {
  const { world, source, root, folderId } = await openDrive()
  const old = world.addFolder('old')
  world.addFile('in.png', bytes, old)
  const listing = await listWhole(source, root)
  world.move(old, folderId)
  expect(await source.listChanges(root, listing.changesFrom, knownOf(listing))).toMatchObject({ mustListWhole: true })
})

test.each<[string, (drive: Awaited<ReturnType<typeof openSynced>>, shortcut: string) => void]>([
  ['comes', ({ world, folderId }) => world.addShortcut('new', world.addFolder('other'), folderId)],
  ['is renamed', ({ world }, shortcut) => world.rename(shortcut, 'other')],
  ['is binned', ({ world }, shortcut) => world.trash(shortcut)],
])('asks for a whole listing when a shortcut to a folder %s', async (_, change) => {
  const drive = await openSynced()
  const { world, folderId, source, root } = drive
  const shortcut = world.addShortcut('linked', world.addFolder('Elsewhere'), folderId)
  const listing = await listWhole(source, root)
  expect(await source.listChanges(root, listing.changesFrom, knownOf(listing))).toMatchObject({ mustListWhole: false })
  change(drive, shortcut)
  expect(await source.listChanges(root, listing.changesFrom, knownOf(listing))).toMatchObject({ mustListWhole: true })
})

test('gives files that are added to the target of a shortcut', async () => {
  const { world, folderId, source, root } = await openDrive()
  const elsewhere = world.addFolder('Elsewhere')
  world.addShortcut('linked', elsewhere, folderId)
  const listing = await listWhole(source, root)
  world.addFile('new.png', bytes, elsewhere)
  const { files } = await source.listChanges(root, listing.changesFrom, knownOf(listing))
  expect(pathsOf(files)).toEqual(['linked/new.png'])
})

test('asks for a whole listing when the token is too old', async () => {
  const { changes, server } = await openSynced()
  server.failNext('changes.list', faults.expiredPageToken())
  expect(await changes()).toMatchObject({ mustListWhole: true })
})

test('goes through many changes page by page, also in another process', async () => {
  const { world, b, reopen, root, listing } = await openSynced()
  for (let i = 0; i < 2500; i++) world.addFile(`${i}.png`, bytes, b)
  const pages: ListedChanges[] = []
  let cursor: string | null = listing.changesFrom
  while (cursor !== null) {
    const page = await reopen().listChanges(root, cursor, knownOf(listing))
    pages.push(page)
    cursor = page.cursor
  }
  expect(pages.flatMap(page => page.files)).toHaveLength(2500)
  expect(pages.map(page => page.changesFrom !== null)).toEqual([false, false, true])
})

test('asks for a whole listing when a page tells of a folder in which an earlier one met files', async () => {
  const { world, b, source, root, listing } = await openSynced()
  const folder = world.addFolder('Untitled', b)
  for (let i = 0; i < 1100; i++) world.addFile(`${i}.png`, bytes, folder)
  world.rename(folder, 'named')
  const first = await source.listChanges(root, listing.changesFrom, knownOf(listing))
  expect(first.cursor).not.toBeNull()
  expect(await source.listChanges(root, first.cursor ?? '', knownOf(listing))).toMatchObject({ mustListWhole: true })
})

test('follows a shared drive by its own changes', async () => {
  const { world, source, server } = await openDrive()
  const drive = world.addSharedDrive('Studio')
  const listing = await listWhole(source, `1/${drive}`)
  world.addFile('new.png', bytes, drive)
  const { files } = await source.listChanges(`1/${drive}`, listing.changesFrom, knownOf(listing))
  expect(pathsOf(files)).toEqual(['new.png'])
  expect(server.seen.at(-1)?.parameters.get('driveId')).toBe(drive)
})
