import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  countsOf,
  detailOf,
  importFolder,
  makePictures,
  mediaIdOf,
  pictureBytes,
  put,
  query,
  startApp,
  tilesOf,
  touch,
} from '../support/app.ts'
import { watch } from '../support/watched-rooms.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('turns a folder into pictures with previews, facts, tags and words to find them by', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'Harbour/evening light.png': 1, 'b.png': 2 })
  const { ledger, sync, entries } = await importFolder(app, folder)
  expect(ledger).toEqual(['Harbour/evening light.png: imported', 'b.png: imported'])
  expect(countsOf(sync)).toEqual({ found: 2, imported: 2, duplicates: 0, skipped: 0, failed: 0, pending: 0 })

  const detail = await detailOf(app, mediaIdOf(entries, 'Harbour/evening light.png'))
  const bytes = await pictureBytes(1)
  expect(detail).toMatchObject({
    status: 'completed',
    path: 'Harbour/evening light.png',
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
    width: 48,
    height: 32,
    mimeType: 'image/png',
    isMissing: false,
    hasCopy: false,
    failure: null,
  })
  expect(detail.tags.map(tag => tag.name)).toContain('harbour')
  for (const kind of ['preview', 'thumbnail'] as const) {
    const preview = app.serverParts.pictures.find(detail.id, kind)
    expect((await readFile(preview?.path as string)).subarray(8, 12).toString()).toBe('WEBP')
  }
  expect(app.serverParts.pictures.find(detail.id, 'original')?.path).toBe(join(folder, 'Harbour/evening light.png'))
  expect((await tilesOf(app, { text: 'eveni' })).map(tile => tile.id)).toEqual([detail.id])
  expect((await tilesOf(app, { tags: ['harbour'] })).map(tile => tile.id)).toEqual([detail.id])
})

test('reads no unchanged file again and imports nothing the second time', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'same.png': 1, 'b.png': 2, 'sub/c.png': 3 })
  await put(folder, 'notes', 'No picture, and no extension that says so.')
  await put(folder, 'copy of notes', 'No picture, and no extension that says so.')
  await put(folder, 'broken.png', 'no picture')
  await put(folder, 'equally broken.png', 'no picture')
  const first = await importFolder(app, folder)
  expect(countsOf(first.sync)).toMatchObject({ found: 8, imported: 3, duplicates: 2, skipped: 2, failed: 1 })
  const pictures = await tilesOf(app)

  watch.opened = []
  const second = await importFolder(app, folder)
  expect(watch.opened).toEqual([])
  expect(second.ledger).toEqual([
    'a.png: skipped unchanged',
    'b.png: skipped unchanged',
    'broken.png: failed unsupported-format',
    'copy of notes: skipped not-a-picture',
    'equally broken.png: duplicate same-content',
    'notes: skipped not-a-picture',
    'same.png: skipped unchanged',
    'sub/c.png: skipped unchanged',
  ])
  expect(await tilesOf(app)).toEqual(pictures)
})

test('a file changed in place keeps its picture and rating and gets new previews', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  const before = await importFolder(app, folder)
  const id = mediaIdOf(before.entries, 'a.png')
  query(app, 'UPDATE media SET rating = 5 WHERE id = ?', id)
  const old = await detailOf(app, id)
  const oldPreviews = (['preview', 'thumbnail'] as const).map(kind => app.serverParts.pictures.find(id, kind)?.path)

  await put(folder, 'a.png', await pictureBytes(2))
  const { ledger, entries } = await importFolder(app, folder)
  expect(ledger).toEqual(['a.png: imported'])
  expect(mediaIdOf(entries, 'a.png')).toBe(id)
  const changed = await detailOf(app, id)
  expect(changed).toMatchObject({ rating: 5, status: 'completed', sha256: sha256(await pictureBytes(2)) })
  expect(changed.version).not.toBe(old.version)
  expect(oldPreviews.map(path => existsSync(path as string))).toEqual([false, false])
  expect(existsSync(app.serverParts.pictures.find(id, 'preview')?.path as string)).toBe(true)
  expect(query(app, 'SELECT count(*) AS count FROM previews')).toEqual([{ count: 2 }])
})

test('a file that takes the bytes of another becomes its duplicate, and what it was before is missing', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  const before = await importFolder(app, folder)
  await put(folder, 'b.png', await pictureBytes(1))
  const { ledger, entries } = await importFolder(app, folder)
  expect(ledger).toEqual(['a.png: skipped unchanged', 'b.png: duplicate same-content'])
  expect(mediaIdOf(entries, 'b.png')).toBe(mediaIdOf(before.entries, 'a.png'))
  expect(await detailOf(app, mediaIdOf(before.entries, 'b.png'))).toMatchObject({
    isMissing: true,
    status: 'completed',
  })
  expect((await detailOf(app, mediaIdOf(before.entries, 'a.png'))).otherPaths).toEqual(['b.png'])
})

test('one of two equal files that changes becomes a picture of its own, and the other keeps what is known', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 1 })
  const before = await importFolder(app, folder)
  const id = mediaIdOf(before.entries, 'a.png')
  query(app, 'UPDATE media SET rating = 4 WHERE id = ?', id)
  await put(folder, 'a.png', await pictureBytes(2))
  const { ledger, entries } = await importFolder(app, folder)
  expect(ledger).toEqual(['a.png: imported', 'b.png: skipped unchanged'])
  expect(mediaIdOf(entries, 'b.png')).toBe(id)
  expect(await detailOf(app, id)).toMatchObject({ path: 'b.png', filename: 'b.png', rating: 4, isMissing: false })
  expect(await detailOf(app, mediaIdOf(entries, 'a.png'))).toMatchObject({ path: 'a.png', rating: null })
})

test('a file that was only touched is read and found unchanged', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  const { entries } = await importFolder(app, folder)
  const before = await detailOf(app, mediaIdOf(entries, 'a.png'))
  await touch(folder, 'a.png')
  watch.opened = []
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: skipped unchanged'])
  expect(watch.opened).toEqual(['a.png'])
  const after = await detailOf(app, before.id)
  expect(after).toMatchObject({ status: 'completed', version: before.version, processedAt: before.processedAt })

  watch.opened = []
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: skipped unchanged'])
  expect(watch.opened).toEqual([])
})

test('two files that swapped their bytes stay two pictures, and nothing is missing', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  await importFolder(app, folder)
  await put(folder, 'a.png', await pictureBytes(2))
  await put(folder, 'b.png', await pictureBytes(1))
  await importFolder(app, folder)
  expect((await tilesOf(app)).map(tile => [tile.isMissing, tile.status])).toEqual([
    [false, 'completed'],
    [false, 'completed'],
  ])
})

test('an extensionless file that is no picture is skipped and leaves nothing behind', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'extensionless picture': 1 })
  await put(folder, 'LICENSE', 'Permission is hereby granted.')
  const { ledger } = await importFolder(app, folder)
  expect(ledger).toEqual(['LICENSE: skipped not-a-picture', 'extensionless picture: imported'])
  expect(query(app, 'SELECT filename FROM media')).toEqual([{ filename: 'extensionless picture' }])
  const previews = await readdir(app.library.layout.previews, { recursive: true })
  expect(previews.filter(name => name.endsWith('.webp'))).toHaveLength(2)
})

test('equal extensionless files that are no pictures are all skipped, whichever is read first', async () => {
  const folder = await makePictures()
  for (const name of ['LICENSE', 'a/LICENSE', 'b/LICENSE']) await put(folder, name, 'Permission is hereby granted.')
  for (let round = 0; round < 3; round++) {
    const app = await startApp()
    const { ledger } = await importFolder(app, folder)
    expect(ledger.every(line => line.endsWith('skipped not-a-picture'))).toBe(true)
    expect(query(app, 'SELECT id FROM media')).toEqual([])
    await app.stop()
  }
})

test('a picture without an extension that turns into something else fails and is not dropped', async () => {
  const app = await startApp()
  const folder = await makePictures({ scan: 1 })
  const { entries } = await importFolder(app, folder)
  await put(folder, 'scan', 'only text now')
  expect((await importFolder(app, folder)).ledger).toEqual(['scan: failed unsupported-format'])
  expect(await detailOf(app, mediaIdOf(entries, 'scan'))).toMatchObject({ status: 'failed', isMissing: false })
})

test('hidden files, system files and links are named in the ledger and not read', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, '.hidden.png': 2, '.cache/b.png': 3, 'Thumbs.db': 4 })
  await symlink(join(folder, 'a.png'), join(folder, 'link.png'))
  const { ledger } = await importFolder(app, folder)
  expect(ledger.toSorted()).toEqual([
    '.cache: skipped hidden',
    '.hidden.png: skipped hidden',
    'Thumbs.db: skipped system-file',
    'a.png: imported',
    'link.png: skipped link',
  ])
  expect(new Set(watch.opened)).toEqual(new Set(['a.png']))
})

test('a hard link is a second file with the same bytes', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  await link(join(folder, 'a.png'), join(folder, 'b.png'))
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: imported', 'b.png: duplicate same-content'])
})

test('the library itself is not imported when it lies in the folder', async () => {
  const folder = await makePictures({ 'a.png': 1 })
  const app = await startApp({ libraryFolder: join(folder, 'Library') })
  const { ledger } = await importFolder(app, folder, true)
  expect(ledger).toEqual(['Library: skipped system-file', 'a.png: imported'])
  expect((await importFolder(app, folder)).ledger).toEqual(['Library: skipped system-file', 'a.png: skipped unchanged'])
})

test('a folder inside an imported one can be imported by itself: its files are duplicates', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'sub/b.png': 2 })
  await importFolder(app, folder)
  const inner = await importFolder(app, join(folder, 'sub'))
  expect(inner.ledger).toEqual(['b.png: duplicate same-content'])
  expect(inner.entries[0]?.reason?.message).toBe('The same picture as sub/b.png.')
  expect(await tilesOf(app)).toHaveLength(2)
})

test('two folders are imported at once, each with a ledger of its own', async () => {
  const app = await startApp()
  const [one, other] = [await makePictures({ 'a.png': 1, 'b.png': 2 }), await makePictures({ 'c.png': 3, 'd.png': 4 })]
  const [first, second] = await Promise.all([importFolder(app, one), importFolder(app, other)])
  expect(first.ledger).toEqual(['a.png: imported', 'b.png: imported'])
  expect(second.ledger).toEqual(['c.png: imported', 'd.png: imported'])
})

test('equal files of two folders imported at once become one picture', async () => {
  const app = await startApp()
  const [one, other] = [await makePictures({ 'a.png': 1 }), await makePictures({ 'b.png': 1 })]
  const both = await Promise.all([importFolder(app, one), importFolder(app, other)])
  expect(both.flatMap(({ ledger }) => ledger.map(line => line.slice(7))).toSorted()).toEqual([
    'duplicate same-content',
    'imported',
  ])
  expect(await tilesOf(app)).toMatchObject([{ status: 'completed' }])
})

test('an empty folder is imported, and one that is not there is refused with a sentence', async () => {
  const app = await startApp()
  const folder = await makePictures()
  const { sync } = await importFolder(app, folder)
  expect(countsOf(sync)).toEqual({ found: 0, imported: 0, duplicates: 0, skipped: 0, failed: 0, pending: 0 })
  expect(sync.state).toBe('completed')
  await mkdir(join(folder, 'sub'))
  await writeFile(join(folder, 'file'), 'x')
  await expect(importFolder(app, join(folder, 'absent'))).rejects.toMatchObject({ code: 'folder-unavailable' })
  await expect(importFolder(app, join(folder, 'file'))).rejects.toMatchObject({ code: 'folder-unavailable' })
})

test('a folder of many pages is listed to its end', async () => {
  watch.pageSize = 3
  const app = await startApp()
  const pictures = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}.png`, i]))
  const { ledger } = await importFolder(app, await makePictures(pictures))
  expect(ledger).toEqual(Object.keys(pictures).map(name => `${name}: imported`))
})

test('a file whose time no calendar knows is imported', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  const { syncId } = await importFolder(app, folder)
  const [page] = [
    { files: [{ sourceId: 'b.png', path: 'b.png', sizeBytes: 1, modifiedMs: 9e15, verdict: null }], cursor: null },
  ]
  query(app, `UPDATE syncs SET state = 'running' WHERE id = ?`, syncId)
  expect(app.library.recording.recordPage(syncId, app.library.syncs.get(syncId)?.page as number, page)).toHaveLength(1)
})
