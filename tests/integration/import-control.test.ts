import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { App } from '../../src/main/app.ts'
import {
  beginImport,
  countsOf,
  ended,
  importFolder,
  ledgerOf,
  makePictures,
  pictureBytes,
  put,
  startApp,
  tilesOf,
  untilSync,
} from '../support/app.ts'
import { createGate, until, watch } from '../support/watched-rooms.ts'

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`${10 + i}.png`, i]))
const pause = (app: App, syncId: number) => app.handlers['sync.pause']({ syncId })
const resume = (app: App, syncId: number) => app.handlers['sync.resume']({ syncId })
const cancel = (app: App, syncId: number) => app.handlers['sync.cancel']({ syncId })

/** Holds every file from the `count`th opening on. */
function holdAfter(count: number) {
  const held = createGate()
  const goOn = createGate()
  watch.beforeOpen = () => {
    if (watch.opened.length <= count) return
    held.open()
    return goOn.opened
  }
  return { held: held.opened, goOn: goOn.open }
}

test('an import that is started while it runs is the one that runs', async () => {
  const app = await startApp()
  const folder = await makePictures(many(3))
  const { held, goOn } = holdAfter(0)
  const syncId = await beginImport(app, folder)
  await held
  expect(await beginImport(app, folder)).toBe(syncId)
  goOn()
  expect((await ended(app, syncId)).sync).toMatchObject({ imported: 3, pending: 0 })
})

test.for([0, 3, 6, 9])('paused after %i openings and resumed, it imports everything once', async count => {
  const app = await startApp()
  const folder = await makePictures(many(8))
  const { held, goOn } = holdAfter(count)
  const syncId = await beginImport(app, folder)
  await held
  await pause(app, syncId)
  goOn()
  const paused = await untilSync(app, syncId, sync => sync.state === 'paused')
  expect(paused.pending).toBeGreaterThan(0)
  await resume(app, syncId)
  const { sync } = await ended(app, syncId)
  expect(countsOf(sync)).toEqual({ found: 8, imported: 8, duplicates: 0, skipped: 0, failed: 0, pending: 0 })
  expect(await tilesOf(app)).toHaveLength(8)
})

test('paused and resumed while a page is being listed, it finds and imports every file', async () => {
  watch.pageSize = 3
  for (const pageHeld of [1, 2, 3]) {
    const app = await startApp()
    watch.pagesListed = 0
    const folder = await makePictures(many(8))
    const listing = createGate()
    const goOn = createGate()
    watch.beforeListing = page => {
      if (page !== pageHeld) return
      listing.open()
      return goOn.opened
    }
    const syncId = await beginImport(app, folder)
    await listing.opened
    await pause(app, syncId)
    await resume(app, syncId)
    goOn.open()
    expect(countsOf((await ended(app, syncId)).sync)).toMatchObject({ found: 8, imported: 8, pending: 0 })
    await app.stop()
  }
})

test('nothing is read while it is paused, though events for its files were on their way', async () => {
  watch.pageSize = 2
  const app = await startApp()
  const folder = await makePictures(many(6))
  const listing = createGate()
  const goOn = createGate()
  watch.beforeListing = page => {
    if (page !== 2) return
    listing.open()
    return goOn.opened
  }
  const syncId = await beginImport(app, folder)
  await listing.opened
  await untilSync(app, syncId, sync => sync.imported === 2)
  await pause(app, syncId)
  goOn.open()
  // Another folder's import goes through meanwhile, so whatever was to come has come.
  watch.beforeListing = () => {}
  await importFolder(app, await makePictures({ 'other.png': 99 }))
  expect(app.library.syncs.get(syncId)).toMatchObject({ state: 'paused', imported: 2 })
  expect(watch.opened.filter(path => path !== 'other.png')).toHaveLength(4)
  await resume(app, syncId)
  expect((await ended(app, syncId)).sync).toMatchObject({ found: 6, imported: 6 })
})

test.for([0, 5])('cancelled after %i openings, the rest is skipped, and the next import has it', async count => {
  const app = await startApp()
  const folder = await makePictures(many(8))
  const { held, goOn } = holdAfter(count)
  const syncId = await beginImport(app, folder)
  await held
  await cancel(app, syncId)
  goOn()
  const { sync, ledger } = await ended(app, syncId)
  expect(sync).toMatchObject({ state: 'cancelled', found: 8, pending: 0, failed: 0 })
  expect(ledger.some(line => line.endsWith('skipped cancelled'))).toBe(true)
  const again = await importFolder(app, folder)
  expect(again.sync).toMatchObject({ found: 8, imported: 8 - sync.imported, skipped: sync.imported, pending: 0 })
  expect(await tilesOf(app)).toHaveLength(8)
  expect(app.library.records.countByStatus()).toEqual({ pending: 0, processing: 0, completed: 8, failed: 0 })
})

test('cancelled while a page is being listed, nothing is left waiting', async () => {
  watch.pageSize = 3
  const app = await startApp()
  const folder = await makePictures(many(8))
  const listing = createGate()
  const goOn = createGate()
  const listed = createGate()
  watch.beforeListing = async page => {
    if (page !== 2) return
    listing.open()
    await goOn.opened
    setImmediate(listed.open)
  }
  const syncId = await beginImport(app, folder)
  await listing.opened
  await cancel(app, syncId)
  goOn.open()
  await listed.opened
  await importFolder(app, await makePictures({ 'other.png': 99 }))
  expect(app.library.syncs.get(syncId)).toMatchObject({ state: 'cancelled', found: 3, pending: 0 })
  expect(app.library.records.countByStatus()).toMatchObject({ pending: 0, processing: 0 })
})

test('retrying a failed file of a cancelled import does not take up what was cancelled, nor call it missing', async () => {
  watch.pageSize = 2
  const app = await startApp()
  const folder = await makePictures({ 'b.png': 1, 'c.png': 2, 'd.png': 3 })
  await importFolder(app, folder)
  await put(folder, 'a.png', 'broken')
  await put(folder, 'e.png', await pictureBytes(5))
  const failing = createGate()
  const goOn = createGate()
  watch.pagesListed = 0
  watch.beforeListing = page => (page === 2 ? goOn.opened : null)
  const syncId = await beginImport(app, folder)
  await untilSync(app, syncId, sync => sync.failed === 1)
  failing.open()
  await cancel(app, syncId)
  goOn.open()
  watch.beforeListing = () => {}
  await put(folder, 'a.png', await pictureBytes(4))
  expect(await app.handlers['sync.retry']({ syncId })).toEqual({ count: 1 })
  await untilSync(app, syncId, sync => sync.imported === 1 && sync.state === 'completed')
  expect(ledgerOf(app, syncId).map(entry => entry.path)).toEqual(['b.png', 'a.png'])
  expect(await tilesOf(app, { isMissing: true })).toEqual([])
  expect((await importFolder(app, folder)).ledger).toContain('e.png: imported')
})

test('cancelling does not touch a picture whose file was only going to be looked at again', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  await importFolder(app, folder)
  await put(folder, 'a.png', await pictureBytes(1))
  const { held, goOn } = holdAfter(watch.opened.length)
  const syncId = await beginImport(app, folder)
  await held
  await cancel(app, syncId)
  goOn()
  expect(await tilesOf(app)).toMatchObject([{ status: 'completed' }])
  expect(await tilesOf(app, { status: 'completed' })).toHaveLength(1)
  watch.beforeOpen = () => {}
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: skipped unchanged'])
})

test('a file retried while the import runs is read again, and nothing else is listed or read twice', async () => {
  watch.pageSize = 3
  const app = await startApp()
  const folder = await makePictures(many(6))
  await put(folder, '00.png', 'broken')
  const goOn = createGate()
  watch.beforeListing = page => (page === 2 ? goOn.opened : null)
  const syncId = await beginImport(app, folder)
  await untilSync(app, syncId, sync => sync.failed === 1 && sync.pending === 0)
  await put(folder, '00.png', await pictureBytes(50))
  expect(await app.handlers['sync.retry']({ syncId })).toEqual({ count: 1 })
  await untilSync(app, syncId, sync => sync.imported === 3)
  goOn.open()
  const { sync } = await ended(app, syncId)
  expect(countsOf(sync)).toMatchObject({ found: 7, imported: 7, failed: 0, pending: 0 })
  expect(watch.pagesListed).toBe(3)
  const opens = Object.groupBy(watch.opened, path => path)
  for (const name of Object.keys(many(6))) expect(opens[name], name).toHaveLength(2)
})

test('an older import that is retried while its folder is imported anew does not stay open', async () => {
  watch.pageSize = 1
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  await put(folder, 'broken.png', 'broken')
  const first = await importFolder(app, folder)
  const listing = createGate()
  const goOn = createGate()
  watch.pagesListed = 0
  watch.beforeListing = page => {
    if (page !== 2) return
    listing.open()
    return goOn.opened
  }
  const second = await beginImport(app, folder)
  await listing.opened
  const reading = createGate()
  const read = createGate()
  watch.beforeOpen = () => {
    reading.open()
    return read.opened
  }
  expect(await app.handlers['sync.retry']({ syncId: first.syncId })).toEqual({ count: 1 })
  await reading.opened
  goOn.open()
  await untilSync(app, second, sync => sync.isListed)
  read.open()
  expect((await ended(app, second)).ledger).toEqual([
    'a.png: skipped unchanged',
    'broken.png: failed unsupported-format',
  ])
  expect((await ended(app, first.syncId)).sync.state).toBe('completed')
  expect(await beginImport(app, folder)).toBeGreaterThan(second)
})

test('a pause outlives the program, and so does an import that ran', async () => {
  const folder = await makePictures(many(8))
  const app = await startApp()
  const { held, goOn } = holdAfter(4)
  const syncId = await beginImport(app, folder)
  await held
  await pause(app, syncId)
  goOn()
  await app.stop()

  const { libraryFolder } = app
  const second = await startApp({ libraryFolder })
  watch.opened = []
  await importFolder(second, await makePictures({ 'other.png': 99 }))
  expect(new Set(watch.opened)).toEqual(new Set(['other.png']))
  expect(second.library.syncs.get(syncId)).toMatchObject({ state: 'paused' })
  const again = holdAfter(watch.opened.length + 1)
  await resume(second, syncId)
  await again.held
  again.goOn()
  await second.stop()

  watch.beforeOpen = () => {}
  const third = await startApp({ libraryFolder })
  expect((await ended(third, syncId)).sync).toMatchObject({ found: 8, imported: 8, pending: 0 })
})

test('unfinished work goes on when the memory of the engine is gone', async () => {
  const folder = await makePictures(many(8))
  const app = await startApp()
  const { held, goOn } = holdAfter(4)
  const syncId = await beginImport(app, folder)
  await held
  const stopping = app.stop()
  goOn()
  await stopping
  for (const suffix of ['', '-wal', '-shm']) await rm(app.library.layout.jobs + suffix, { force: true })
  watch.beforeOpen = () => {}
  const second = await startApp({ libraryFolder: app.libraryFolder })
  expect((await ended(second, syncId)).sync).toMatchObject({ found: 8, imported: 8, pending: 0 })
})

test('a library begun anew beside the memory of the old one imports as any other', async () => {
  const folders = [await makePictures(many(3)), await makePictures({ 'other.png': 99 })] as const
  const app = await startApp()
  for (const folder of folders) await importFolder(app, folder)
  await app.stop()
  await rename(app.library.layout.database, join(await makePictures(), 'library.db'))
  const second = await startApp({ libraryFolder: app.libraryFolder })
  // The imports get the numbers that the old ones had.
  for (const folder of folders)
    expect((await importFolder(second, folder)).sync).toMatchObject({ failed: 0, skipped: 0 })
  expect(await tilesOf(second)).toHaveLength(4)
})

test('an import whose folder is taken away waits, says why, and goes on when it is back', async () => {
  const app = await startApp()
  const folder = await makePictures(many(6))
  const { held, goOn } = holdAfter(2)
  const syncId = await beginImport(app, folder)
  await held
  await rename(folder, `${folder}-elsewhere`)
  goOn()
  const paused = await untilSync(app, syncId, sync => sync.state === 'paused')
  expect(paused.error).toMatch(/connect the disk/)
  // What was being opened meets the empty place; put back too early, it would meet a folder without its file.
  await until(() => watch.opening === 0)
  await rename(`${folder}-elsewhere`, folder)
  await resume(app, syncId)
  expect((await ended(app, syncId)).sync).toMatchObject({ found: 6, imported: 6, failed: 0, error: null })
  expect(await tilesOf(app, { isMissing: true })).toEqual([])
})

test('progress is told while it runs, and every telling adds up', async () => {
  const app = await startApp()
  const told: { found: number; sum: number; state: string }[] = []
  app.subscribe(event => {
    if (event.name !== 'sync.progress') return
    const { found, imported, duplicates, skipped, failed, pending, state } = event.data
    told.push({ found, sum: imported + duplicates + skipped + failed + pending, state })
  })
  const { syncId } = await importFolder(app, await makePictures(many(8)))
  await expect.poll(() => told.at(-1)).toEqual({ found: 8, sum: 8, state: 'completed' })
  expect(told.every(({ found, sum }) => found === sum)).toBe(true)
  expect(app.library.syncs.get(syncId)?.state).toBe('completed')
})
