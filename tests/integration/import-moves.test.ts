import { mkdir, rename, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  detailOf,
  importFolder,
  ledgerOf,
  makePictures,
  mediaIdOf,
  move,
  pictureBytes,
  put,
  query,
  remove,
  startApp,
  tilesOf,
} from '../support/app.ts'
import { watch } from '../support/watched-rooms.ts'

test('a renamed file keeps its picture and all that is known of it, and the ledger says what it was called', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'old name.png': 1, 'b.png': 2 })
  const before = await importFolder(app, folder)
  const id = mediaIdOf(before.entries, 'old name.png')
  query(app, 'UPDATE media SET rating = 3 WHERE id = ?', id)
  await move(folder, 'old name.png', 'sub/new name.png')

  const { ledger, entries, sync } = await importFolder(app, folder)
  expect(ledger).toEqual(['b.png: skipped unchanged', 'sub/new name.png: skipped moved'])
  expect(entries.at(-1)?.reason?.message).toBe('Already in the library; it was old name.png before.')
  expect(sync).toMatchObject({ duplicates: 0, skipped: 2 })
  expect(await detailOf(app, id)).toMatchObject({
    filename: 'new name.png',
    path: 'sub/new name.png',
    otherPaths: [],
    rating: 3,
    isMissing: false,
    status: 'completed',
  })
  expect(await tilesOf(app)).toHaveLength(2)
  expect((await tilesOf(app, { text: 'new name' })).map(tile => tile.id)).toEqual([id])
  expect(await tilesOf(app, { text: 'old name' })).toEqual([])
})

test('a moved file that was copied on the way is moved once and a duplicate once', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  await importFolder(app, folder)
  await move(folder, 'a.png', 'b.png')
  await put(folder, 'c.png', await pictureBytes(1))
  const { ledger, entries } = await importFolder(app, folder)
  expect(ledger).toEqual(['b.png: skipped moved', 'c.png: duplicate same-content'])
  expect(entries.at(-1)?.reason?.message).toBe('The same picture as b.png.')
})

test('a file that is gone leaves its picture, shown as missing', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  const { entries } = await importFolder(app, folder)
  const id = mediaIdOf(entries, 'a.png')
  await remove(folder, 'a.png')
  expect((await importFolder(app, folder)).ledger).toEqual(['b.png: skipped unchanged'])
  const gone = await detailOf(app, id)
  expect(gone).toMatchObject({ isMissing: true, status: 'completed', path: 'a.png' })
  expect(gone.missingSince).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect((await tilesOf(app, { isMissing: true })).map(tile => tile.id)).toEqual([id])
  expect(await tilesOf(app)).toHaveLength(2)
  expect(await app.handlers['library.overview']({})).toMatchObject({ counts: { missing: 1, shown: 2 } })
  expect(app.serverParts.pictures.find(id, 'thumbnail')).not.toBeNull()
})

test('a missing picture is found again in its old place without being read', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  const { entries } = await importFolder(app, folder)
  const aside = await makePictures()
  await move('/', join(folder, 'a.png').slice(1), join(aside, 'a.png').slice(1))
  await importFolder(app, folder)
  await move('/', join(aside, 'a.png').slice(1), join(folder, 'a.png').slice(1))
  watch.opened = []
  expect((await importFolder(app, folder)).ledger[0]).toBe('a.png: skipped unchanged')
  expect(watch.opened).toEqual([])
  expect(await detailOf(app, mediaIdOf(entries, 'a.png'))).toMatchObject({ isMissing: false })
  expect(await tilesOf(app, { isMissing: true })).toEqual([])
})

test('a missing picture is found again in another place, by its bytes', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  const { entries } = await importFolder(app, folder)
  await remove(folder, 'a.png')
  await importFolder(app, folder)
  await put(folder, 'found/again.png', await pictureBytes(1))
  const again = await importFolder(app, folder)
  expect(again.ledger.at(-1)).toBe('found/again.png: skipped moved')
  expect(again.entries.at(-1)?.reason?.message).toBe('Already in the library; it was a.png before.')
  expect(await detailOf(app, mediaIdOf(entries, 'a.png'))).toMatchObject({ isMissing: false, path: 'found/again.png' })
})

test('of several copies of a missing picture the first found is the moved one, whichever is read first', async () => {
  for (const first of ['b.png', 'c.png']) {
    const app = await startApp()
    const folder = await makePictures({ 'a.png': 1 })
    await importFolder(app, folder)
    await remove(folder, 'a.png')
    await importFolder(app, folder)
    await put(folder, 'b.png', await pictureBytes(1))
    await put(folder, 'c.png', await pictureBytes(1))
    holdUntilSettled(app, first)
    const { ledger, entries } = await importFolder(app, folder)
    expect(ledger).toEqual(['b.png: skipped moved', 'c.png: duplicate same-content'])
    expect(entries.map(entry => entry.reason?.message)).toEqual([
      'Already in the library; it was a.png before.',
      'The same picture as b.png.',
    ])
    await app.stop()
  }

  /** Every other file is opened only when `first` has ended. */
  function holdUntilSettled(app: Awaited<ReturnType<typeof startApp>>, first: string): void {
    const done = new Promise<void>(resolve => {
      app.library.changes.on('sync', syncId => {
        if (ledgerOf(app, syncId).some(entry => entry.path === first && entry.outcome !== 'pending')) resolve()
      })
    })
    watch.beforeOpen = sourceId => (sourceId === first ? null : done)
  }
})

test('a picture moved to another imported folder is found there, and missing nowhere', async () => {
  const app = await startApp()
  const [one, other] = [await makePictures({ 'a.png': 1 }), await makePictures({ 'b.png': 2 })]
  const { entries } = await importFolder(app, one)
  await importFolder(app, other)
  const id = mediaIdOf(entries, 'a.png')
  await move('/', join(one, 'a.png').slice(1), join(other, 'a.png').slice(1))

  await importFolder(app, one)
  expect(await detailOf(app, id)).toMatchObject({ isMissing: true })
  const arrived = await importFolder(app, other)
  expect(arrived.ledger).toEqual(['a.png: skipped moved', 'b.png: skipped unchanged'])
  const detail = await detailOf(app, id)
  expect(detail).toMatchObject({ isMissing: false, folder: { path: other } })
  expect(await tilesOf(app, { folderId: detail.folder?.id })).toHaveLength(2)
})

test('the same, when the folder it came to is imported first', async () => {
  const app = await startApp()
  const [one, other] = [await makePictures({ 'a.png': 1 }), await makePictures({ 'b.png': 2 })]
  const { entries } = await importFolder(app, one)
  await importFolder(app, other)
  await move('/', join(one, 'a.png').slice(1), join(other, 'a.png').slice(1))
  expect((await importFolder(app, other)).ledger).toEqual(['a.png: duplicate same-content', 'b.png: skipped unchanged'])
  await importFolder(app, one)
  expect(await detailOf(app, mediaIdOf(entries, 'a.png'))).toMatchObject({
    isMissing: false,
    folder: { path: other },
    otherPaths: [],
  })
})

test('nothing below a folder that cannot be read is called missing', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'locked/b.png': 2, 'locked/deep/c.png': 3, 'locked too.png': 4 })
  await importFolder(app, folder)
  await remove(folder, 'locked too.png')
  watch.unreadableFolders = ['/locked']
  const { ledger, sync } = await importFolder(app, folder)
  expect(ledger).toEqual(['a.png: skipped unchanged', 'locked: failed folder-unreadable'])
  expect(sync.state).toBe('completed')
  expect((await tilesOf(app, { isMissing: true })).map(tile => tile.filename)).toEqual(['locked too.png'])
  watch.unreadableFolders = []
  expect((await importFolder(app, folder)).ledger).toEqual([
    'a.png: skipped unchanged',
    'locked/b.png: skipped unchanged',
    'locked/deep/c.png: skipped unchanged',
  ])
})

test('a failed file that nothing was ever read of leaves no picture behind when it is gone', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  await put(folder, 'empty.png', '')
  await importFolder(app, folder)
  expect(await tilesOf(app)).toHaveLength(2)
  await put(folder, 'empty.png', await pictureBytes(1))
  expect((await importFolder(app, folder)).ledger).toEqual([
    'a.png: skipped unchanged',
    'empty.png: duplicate same-content',
  ])
  expect(await tilesOf(app)).toMatchObject([{ filename: 'a.png', status: 'completed', isMissing: false }])
  expect(await app.handlers['library.overview']({})).toMatchObject({
    counts: { missing: 0, shown: 1, byStatus: { failed: 0 } },
  })
})

test('an empty folder in the place of the one that held the pictures, as when a disk is not connected, loses nothing', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  await importFolder(app, folder)
  await rename(folder, `${folder}-away`)
  await mkdir(folder)

  const { sync } = await importFolder(app, folder)
  expect(sync).toMatchObject({ state: 'completed', found: 0 })
  expect(sync.error).toContain('If its disk is not connected, connect it')
  expect((await tilesOf(app)).map(tile => tile.isMissing)).toEqual([false, false])

  await rmdir(folder)
  await rename(`${folder}-away`, folder)
  const again = await importFolder(app, folder)
  expect(again.sync).toMatchObject({ found: 2, skipped: 2, error: null })
})

test('all pictures of a folder deleted are all missing', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  await importFolder(app, folder)
  for (const name of ['a.png', 'b.png']) await remove(folder, name)
  await importFolder(app, folder)
  expect((await tilesOf(app)).map(tile => tile.isMissing)).toEqual([true, true])
})
