import { mkdir, realpath, rename, symlink, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { SourceUnavailable } from '../../src/main/sources/index.ts'
import {
  beginImport,
  countsOf,
  ended,
  importFolder,
  makePictures,
  mediaIdOf,
  move,
  pictureBytes,
  put,
  query,
  remove,
  startApp,
  type TestApp,
  tilesOf,
  touch,
  untilSync,
} from '../support/app.ts'
import { createGate, watch } from '../support/watched-rooms.ts'

afterEach(() => void vi.restoreAllMocks())

let app: TestApp
beforeEach(async () => {
  app = await startApp()
})

const drop = (folder: string, paths: string[], copyOriginals?: boolean) =>
  app.handlers['files.import']({ paths: paths.map(path => join(folder, path)), copyOriginals })

/** Drops files that all begin one import. */
async function begin(folder: string, ...paths: string[]): Promise<number> {
  const { syncIds, refused } = await drop(folder, paths)
  expect(refused).toEqual([])
  expect(syncIds).toHaveLength(1)
  return syncIds[0] as number
}

const importFiles = async (folder: string, ...paths: string[]) => ended(app, await begin(folder, ...paths))

const filesOf = () =>
  query(app, 'SELECT folder_id AS folderId, source_id AS sourceId FROM files ORDER BY folder_id, source_id')
const pathsMissing = () =>
  query(app, 'SELECT path FROM files WHERE missing_since IS NOT NULL ORDER BY path').map(row => row.path)
const rootsOf = () => app.library.folders.roots('folder')

/** Holds every file from the next opening on. */
function holdOpening() {
  const held = createGate()
  const goOn = createGate()
  watch.beforeOpen = () => {
    held.open()
    return goOn.opened
  }
  return { held: held.opened, goOn: goOn.open }
}

test('of a folder that is not in the library, dropped files are imported and nothing else is listed', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'c.png': 3, 'sub/d.png': 4 })
  const { sync, ledger } = await importFiles(folder, 'c.png', 'a.png')
  expect(ledger).toEqual(['a.png: imported', 'c.png: imported'])
  expect(sync).toMatchObject({ state: 'completed', chosenCount: 2, folderPath: folder })
  expect(await tilesOf(app)).toHaveLength(2)
  expect(new Set(watch.opened)).toEqual(new Set(['a.png', 'c.png']))
})

test('the same files again read only what has changed', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  await importFiles(folder, 'a.png', 'b.png')
  await put(folder, 'b.png', await pictureBytes(5))
  watch.opened = []
  expect((await importFiles(folder, 'a.png', 'b.png')).ledger).toEqual(['a.png: skipped unchanged', 'b.png: imported'])
  expect(new Set(watch.opened)).toEqual(new Set(['b.png']))
  expect(await tilesOf(app)).toHaveLength(2)
})

test('the whole folder later makes no second row of a file, reads only the others, and misses nothing', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'sub/c.png': 3 })
  const chosen = await importFiles(folder, 'a.png')
  const before = await tilesOf(app)
  watch.opened = []
  const { sync, ledger, entries } = await importFolder(app, folder)
  expect(ledger).toEqual(['a.png: skipped unchanged', 'b.png: imported', 'sub/c.png: imported'])
  expect(sync.folderId).toBe(chosen.sync.folderId)
  expect(mediaIdOf(entries, 'a.png')).toBe(before[0]?.id)
  expect(new Set(watch.opened)).toEqual(new Set(['b.png', 'sub/c.png']))
  expect(filesOf().map(row => row.sourceId)).toEqual(['a.png', 'b.png', 'sub/c.png'])
  expect(await tilesOf(app)).toHaveLength(3)
  expect(pathsMissing()).toEqual([])
})

test('files that were imported before and are not dropped are not missing, and one that went stays as it was', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'c.png': 3 })
  await importFolder(app, folder)
  const { lastSyncedAt } = app.library.folders.list()[0] ?? {}
  await remove(folder, 'c.png')
  await put(folder, 'new.png', await pictureBytes(4))
  expect((await importFiles(folder, 'new.png')).ledger).toEqual(['new.png: imported'])
  expect(pathsMissing()).toEqual([])
  expect(await tilesOf(app, { isMissing: true })).toEqual([])
  // It was no look at the whole folder.
  expect(app.library.folders.list()[0]?.lastSyncedAt).toBe(lastSyncedAt)
  await importFolder(app, folder)
  expect(pathsMissing()).toEqual(['c.png'])
})

test('files of a folder inside an imported one join that, under the ids a listing of it gives', async () => {
  const folder = await makePictures({ 'a.png': 1, 'sub/deep/b.png': 2 })
  const { sync } = await importFolder(app, folder)
  await put(folder, 'sub/deep/c.png', await pictureBytes(3))
  await put(folder, 'sub/d.png', await pictureBytes(4))
  const chosen = await importFiles(folder, 'sub/deep/c.png', 'sub/d.png', 'sub/deep/b.png')
  expect(chosen.sync.folderId).toBe(sync.folderId)
  expect(chosen.ledger).toEqual([
    'sub/d.png: imported',
    'sub/deep/b.png: skipped unchanged',
    'sub/deep/c.png: imported',
  ])
  expect(rootsOf()).toEqual([folder])
  watch.opened = []
  expect((await importFolder(app, folder)).ledger).toEqual([
    'a.png: skipped unchanged',
    'sub/d.png: skipped unchanged',
    'sub/deep/b.png: skipped unchanged',
    'sub/deep/c.png: skipped unchanged',
  ])
  expect(watch.opened).toEqual([])
  expect(pathsMissing()).toEqual([])
})

test('of nested imported folders the nearest one has the file', async () => {
  const outer = await makePictures({ 'a.png': 1, 'inner/b.png': 2 })
  await importFolder(app, outer)
  const inner = await importFolder(app, join(outer, 'inner'))
  await put(outer, 'inner/c.png', await pictureBytes(3))
  const { sync, ledger } = await importFiles(outer, 'inner/c.png')
  expect(sync.folderId).toBe(inner.sync.folderId)
  expect(ledger).toEqual(['c.png: imported'])
})

test('a file in a folder that an import of the imported one passes by is of its own folder, and never missed there', async () => {
  const folder = await makePictures({ 'a.png': 1, '.attic/b.png': 2 })
  await importFolder(app, folder)
  const { sync, ledger } = await importFiles(folder, '.attic/b.png')
  expect(sync.folderPath).toBe(join(folder, '.attic'))
  expect(ledger).toEqual(['b.png: imported'])
  await importFolder(app, folder)
  expect(pathsMissing()).toEqual([])
})

test('folders and files together: each folder whole, the files by their folders, each once', async () => {
  const one = await makePictures({ 'a.png': 1, 'sub/b.png': 2 })
  const two = await makePictures({ 'c.png': 3, 'd.png': 4, 'e.png': 5 })
  const three = await makePictures({ 'f.png': 6 })
  const paths = [one, join(one, 'sub/b.png'), join(two, 'c.png'), `${one}/`, join(two, 'c.png'), `${two}/sub/../d.png`]
  const { syncIds, refused } = await app.handlers['files.import']({ paths: [...paths, join(three, 'f.png')] })
  expect(refused).toEqual([])
  const all = await Promise.all(syncIds.map(syncId => ended(app, syncId)))
  expect(all.map(({ sync, ledger }) => [sync.folderPath, sync.chosenCount, ledger])).toEqual([
    [one, null, ['a.png: imported', 'sub/b.png: imported']],
    [two, 2, ['c.png: imported', 'd.png: imported']],
    [three, 1, ['f.png: imported']],
  ])
})

test.skipIf(process.platform === 'win32')('what cannot be imported is refused, each with its sentence', async () => {
  const folder = await makePictures({ 'a.png': 1, '.hidden.png': 2 })
  await put(folder, 'notes.txt', 'words')
  await put(folder, 'Thumbs.db', 'system')
  await symlink(join(folder, 'a.png'), join(folder, 'link.png'))
  await symlink(join(folder, 'nowhere.png'), join(folder, 'dangling.png'))
  const socket = createServer().listen(join(folder, 'socket.png'))
  onTestFinished(() => void socket.close())
  const { layout } = app.library
  await put(layout.folder, 'previews/x.png', await pictureBytes(9))
  const given = ['notes.txt', 'Thumbs.db', 'link.png', 'dangling.png', 'socket.png', 'gone.png', 'a.png/b.png']
  const elsewhere = [layout.folder, join(layout.folder, 'previews/x.png'), '/dev/null', 'a.png', 'a\0.png', 'C:\\a.png']
  const unwritable = join(folder, 'caf\uFFFD.png')
  const long = join(folder, 'x'.repeat(300))
  const paths = [...[...given, '.hidden.png', 'a.png'].map(name => join(folder, name)), ...elsewhere, unwritable, long]
  const { syncIds, refused } = await app.handlers['files.import']({ paths })
  const reasons = Object.fromEntries(refused.map(({ path, reason }) => [path.replace(`${folder}/`, ''), reason]))
  const notAPath = 'This is not the full path of a file or folder.'
  expect(reasons).toEqual({
    'notes.txt': 'Not a kind of picture or video Burg Ink reads yet.',
    'Thumbs.db': 'A file of the operating system.',
    'link.png': expect.stringMatching(/^A link\./),
    'dangling.png': expect.stringMatching(/^A link\./),
    'socket.png': 'Not a file that can be read, but a device, pipe or socket.',
    'gone.png': 'It is not there. If it is on another disk, connect the disk first.',
    'a.png/b.png': 'It is not there. If it is on another disk, connect the disk first.',
    '.hidden.png': 'A hidden file.',
    [layout.folder]: expect.stringMatching(/^It is in the library itself/),
    [join(layout.folder, 'previews/x.png')]: expect.stringMatching(/^It is in the library itself/),
    '/dev/null': 'Not a file that can be read, but a device, pipe or socket.',
    'a.png': notAPath,
    'a\0.png': notAPath,
    'C:\\a.png': notAPath,
    'caf\uFFFD.png': 'Its name is not Unicode and cannot be passed on. Import the folder it is in.',
    [long.replace(`${folder}/`, '')]: 'It cannot be read (ENAMETOOLONG).',
  })
  expect(syncIds).toHaveLength(1)
  expect((await ended(app, syncIds[0] as number)).ledger).toEqual(['a.png: imported'])
})

test('where all is refused nothing begins, and the sentence says what to do', async () => {
  const folder = await makePictures()
  const names = ['1.txt', '2.txt', '3.txt', '4.txt', '5.txt']
  for (const name of names) await put(folder, name, 'words')
  await expect(drop(folder, names)).rejects.toMatchObject({
    code: 'folder-unavailable',
    message: expect.stringMatching(
      /^Nothing was imported\. 1\.txt: Not a kind .* 3\.txt: .* So it is with 2 more\. Choose pictures, or folders that hold some\.$/,
    ),
  })
  expect(app.library.syncs.list(10)).toEqual([])
  expect(rootsOf()).toEqual([])
})

test('a file that is empty or damaged is in the ledger, and can be retried', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  await truncate(join(folder, 'a.png'))
  await put(folder, 'b.png', 'broken')
  const { syncId, ledger } = await importFiles(folder, 'a.png', 'b.png')
  expect(ledger).toEqual(['a.png: failed empty', 'b.png: failed unsupported-format'])
  await put(folder, 'a.png', await pictureBytes(1))
  await put(folder, 'b.png', await pictureBytes(2))
  await put(folder, 'c.png', await pictureBytes(3))
  expect(await app.handlers['sync.retry']({ syncId })).toEqual({ count: 2 })
  await untilSync(app, syncId, sync => sync.imported === 2 && sync.state === 'completed')
  expect((await ended(app, syncId)).ledger).toEqual(['a.png: imported', 'b.png: imported'])
})

test('a file that goes before its turn fails, and what is known of its picture stays until a whole import', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  await importFiles(folder, 'a.png')
  watch.beforeListing = async () => {
    await move(folder, 'a.png', 'elsewhere/a.png')
    await move(folder, 'b.png', 'elsewhere/b.png')
  }
  const { syncId, sync, ledger } = await importFiles(folder, 'a.png', 'b.png')
  expect(ledger).toEqual(['a.png: failed vanished', 'b.png: failed vanished'])
  expect(sync).toMatchObject({ found: 2, failed: 2, chosenCount: 2 })
  expect(await tilesOf(app)).toMatchObject([{ status: 'completed', isMissing: false }])
  watch.beforeListing = () => {}
  await move(folder, 'elsewhere/b.png', 'b.png')
  const [, lost] = (await ended(app, syncId)).entries
  expect(await app.handlers['sync.retry']({ syncId, fileId: lost?.fileId as number })).toEqual({ count: 1 })
  await untilSync(app, syncId, each => each.imported === 1 && each.state === 'completed')
  expect((await importFolder(app, folder)).ledger).toEqual([
    'b.png: skipped unchanged',
    'elsewhere/a.png: skipped moved',
  ])
  expect(await tilesOf(app, { isMissing: true })).toEqual([])
})

test('a folder on the way that becomes a link is not followed', async () => {
  const folder = await makePictures({ 'a.png': 1, 'sub/b.png': 2 })
  await importFolder(app, folder)
  await put(folder, 'sub/c.png', await pictureBytes(3))
  watch.beforeListing = async () => {
    await rename(join(folder, 'sub'), `${folder}-sub`)
    await symlink(`${folder}-sub`, join(folder, 'sub'))
  }
  expect((await importFiles(folder, 'sub/c.png')).ledger).toEqual(['sub/c.png: failed vanished'])
  expect(watch.opened).not.toContain('sub/c.png')
})

test('copies are kept where they were asked for, of the dropped files alone', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  const { syncIds } = await drop(folder, ['a.png'], true)
  await ended(app, syncIds[0] as number)
  expect(query(app, 'SELECT filename FROM media WHERE spaces_key IS NOT NULL')).toEqual([{ filename: 'a.png' }])
  expect(app.library.folders.list()).toMatchObject([{ keepsCopies: true }])
})

test('equal files among the dropped ones are one picture', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 1 })
  expect((await importFiles(folder, 'a.png', 'b.png')).ledger).toEqual([
    'a.png: imported',
    'b.png: duplicate same-content',
  ])
})

test('names composed and decomposed are two files where the disk has both', async context => {
  const names = ['\u00e9.png', 'e\u0301.png']
  const folder = await makePictures({ [names[0] as string]: 1 })
  await put(folder, names[1] as string, await pictureBytes(2))
  if ((await realpath(join(folder, names[0] as string))) === (await realpath(join(folder, names[1] as string))))
    return context.skip('This disk takes both for one.')
  await importFiles(folder, ...names)
  expect((await importFolder(app, folder)).sync).toMatchObject({ found: 2, imported: 0, skipped: 2 })
  expect(filesOf()).toHaveLength(2)
})

test('more files than a page holds are one import, and nothing of it stays behind but its ledger', async () => {
  const folder = await makePictures({ '1500.png': 1, 'other.png': 2 })
  const names = Array.from({ length: 1501 }, (_, i) => `${i}.png`)
  // Empty ones end when they are listed.
  for (const name of names.slice(0, -1)) await put(folder, name, '')
  const { syncId, sync } = await importFiles(folder, ...names)
  expect(sync).toMatchObject({ found: 1501, imported: 1, failed: 1500, chosenCount: 1501, page: 2 })
  expect(query(app, 'SELECT * FROM chosen_files WHERE sync_id = ?', syncId)).toEqual([])
}, 60_000)

test('paused and resumed it goes on with the chosen files alone; the same drop is the same import', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'c.png': 3, 'd.png': 4 })
  const { held, goOn } = holdOpening()
  const syncId = await begin(folder, 'a.png', 'b.png', 'c.png')
  await held
  await app.handlers['sync.pause']({ syncId })
  goOn()
  watch.beforeOpen = () => {}
  expect(await begin(folder, 'c.png', 'b.png', 'a.png')).toBe(syncId)
  const { sync, ledger } = await ended(app, syncId)
  expect(ledger).toEqual(['a.png: imported', 'b.png: imported', 'c.png: imported'])
  expect(sync).toMatchObject({ found: 3, chosenCount: 3 })
  expect(await begin(folder, 'c.png', 'b.png', 'a.png')).toBeGreaterThan(syncId)
})

test('paused before it was listed, it lists the chosen files alone after the program was started again', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'c.png': 3 })
  const listing = createGate()
  const goOn = createGate()
  watch.beforeListing = () => {
    listing.open()
    return goOn.opened
  }
  const syncId = await begin(folder, 'a.png', 'c.png')
  await listing.opened
  await app.handlers['sync.pause']({ syncId })
  goOn.open()
  await app.stop()
  app = await startApp({ libraryFolder: app.libraryFolder })
  await app.handlers['sync.resume']({ syncId })
  const { sync, ledger } = await ended(app, syncId)
  expect(ledger).toEqual(['a.png: imported', 'c.png: imported'])
  expect(sync).toMatchObject({ chosenCount: 2, state: 'completed' })
})

test('cancelled, what had no turn is skipped, and the same drop again has it', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'c.png': 3 })
  const { held, goOn } = holdOpening()
  const syncId = await begin(folder, 'a.png', 'b.png')
  await held
  await app.handlers['sync.cancel']({ syncId })
  goOn()
  expect((await ended(app, syncId)).sync).toMatchObject({ state: 'cancelled', found: 2, pending: 0 })
  watch.beforeOpen = () => {}
  const again = await importFiles(folder, 'a.png', 'b.png')
  expect(again.syncId).not.toBe(syncId)
  expect(again.sync).toMatchObject({ found: 2, failed: 0, pending: 0 })
  expect(await tilesOf(app, { status: 'completed' })).toHaveLength(2)
  expect(app.library.records.countByStatus()).toEqual({ pending: 0, processing: 0, completed: 2, failed: 0 })
})

test('beside a paused import of the whole folder the dropped file is imported, and the pause stays', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'c.png': 3 })
  const { held, goOn } = holdOpening()
  const whole = await beginImport(app, folder)
  await held
  await app.handlers['sync.pause']({ syncId: whole })
  goOn()
  watch.beforeOpen = () => {}
  const { sync } = await importFiles(folder, 'c.png')
  expect(sync).toMatchObject({ state: 'completed', found: 1, failed: 0 })
  expect(app.library.syncs.get(whole)).toMatchObject({ state: 'paused' })
  await app.handlers['sync.resume']({ syncId: whole })
  expect((await ended(app, whole)).sync).toMatchObject({ state: 'completed', failed: 0, pending: 0 })
  expect(await tilesOf(app, { status: 'completed' })).toHaveLength(3)
  expect(pathsMissing()).toEqual([])
})

test('an import of the whole folder beside one of chosen files is of the whole, and both end', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'c.png': 3 })
  const { held, goOn } = holdOpening()
  const chosen = await begin(folder, 'a.png', 'b.png')
  await held
  const whole = await beginImport(app, folder)
  expect(whole).not.toBe(chosen)
  await untilSync(app, whole, sync => sync.isListed)
  goOn()
  const all = [await ended(app, whole), await ended(app, chosen)]
  expect(all.map(({ sync }) => sync.state)).toEqual(['completed', 'completed'])
  expect(countsOf((all[0] as (typeof all)[0]).sync)).toMatchObject({ found: 3, failed: 0, pending: 0 })
  expect(await tilesOf(app, { status: 'completed' })).toHaveLength(3)
  expect(pathsMissing()).toEqual([])
})

test('a drop while the whole folder is being listed does not keep the listing from its end, nor miss a file', async () => {
  watch.pageSize = 1
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'c.png': 3 })
  const listing = createGate()
  const goOn = createGate()
  watch.beforeListing = page => {
    if (page !== 2) return
    listing.open()
    return goOn.opened
  }
  const whole = await beginImport(app, folder)
  await listing.opened
  const chosen = await importFiles(folder, 'c.png')
  expect(chosen.sync).toMatchObject({ state: 'completed', found: 1, imported: 1 })
  goOn.open()
  const { sync, ledger } = await ended(app, whole)
  expect(sync.state).toBe('completed')
  expect(ledger).toEqual(['a.png: imported', 'b.png: imported', 'c.png: skipped unchanged'])
  expect(pathsMissing()).toEqual([])
})

test('what is taken away while it is being sorted is refused, and the rest is imported', async () => {
  const folder = await makePictures({ 'a.png': 1 })
  const gone = await makePictures({ 'b.png': 2 })
  const unavailable = new SourceUnavailable('There is no folder there.')
  vi.spyOn(app.imports, 'start').mockRejectedValueOnce(unavailable)
  vi.spyOn(app.imports, 'startChosen').mockRejectedValueOnce(unavailable)
  const paths = [folder, join(gone, 'b.png')]
  await expect(app.handlers['files.import']({ paths })).rejects.toMatchObject({ code: 'folder-unavailable' })
  vi.spyOn(app.imports, 'start').mockRejectedValueOnce(unavailable)
  const { refused, syncIds } = await app.handlers['files.import']({ paths })
  expect(refused).toEqual([{ path: folder, reason: 'There is no folder there.' }])
  expect(syncIds).toHaveLength(1)
  expect((await ended(app, syncIds[0] as number)).ledger).toEqual(['b.png: imported'])
})

test('taken away before it was listed, it waits, says why, and goes on when the folder is back', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  watch.beforeListing = () => rename(folder, `${folder}-elsewhere`)
  const syncId = await begin(folder, 'a.png')
  const paused = await untilSync(app, syncId, sync => sync.state === 'paused')
  expect(paused.error).toMatch(/connect the disk/)
  watch.beforeListing = () => {}
  await rename(`${folder}-elsewhere`, folder)
  await app.handlers['sync.resume']({ syncId })
  expect((await ended(app, syncId)).ledger).toEqual(['a.png: imported'])
})

test('files that are only touched are read again and stay the same pictures', async () => {
  const folder = await makePictures({ 'a.png': 1 })
  await importFiles(folder, 'a.png')
  await touch(folder, 'a.png')
  expect((await importFiles(folder, 'a.png')).ledger).toEqual(['a.png: skipped unchanged'])
  expect(await tilesOf(app)).toHaveLength(1)
})

test('a dropped link to a folder is that folder, wherever it is dropped from', async () => {
  const folder = await makePictures({ 'a.png': 1 })
  const around = await makePictures()
  await mkdir(join(around, 'x'))
  await symlink(folder, join(around, 'x/link'))
  const { syncIds } = await drop(around, ['x/link'])
  const { sync } = await ended(app, syncIds[0] as number)
  expect(sync).toMatchObject({ folderPath: folder, chosenCount: null, imported: 1 })
  expect((await importFiles(around, 'x/link/a.png')).sync).toMatchObject({ folderPath: folder, skipped: 1 })
})
