import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { App } from '../../src/main/app.ts'
import {
  beginImport,
  detailOf,
  ended,
  importFolder,
  ledgerOf,
  makePictures,
  mediaIdOf,
  pictureBytes,
  put,
  query,
  startApp,
  tilesOf,
  untilSync,
} from '../support/app.ts'
import { createGate, watch } from '../support/watched-rooms.ts'

/** Files are opened one after the other in this order, each when the one before has been claimed or has ended. */
function readInOrder(app: App, order: string[]): void {
  const isClaimed = (path: string) =>
    query(app, `SELECT 1 FROM files WHERE path = ? AND (is_read = 1 OR outcome <> 'pending')`, path).length > 0
  watch.beforeOpen = async sourceId => {
    const before = order[order.indexOf(sourceId) - 1]
    while (before !== undefined && !isClaimed(before)) await new Promise(setImmediate)
  }
}

const permutations = (names: string[]): string[][] =>
  names.length < 2
    ? [names]
    : names.flatMap(name => permutations(names.filter(other => other !== name)).map(rest => [name, ...rest]))

test('of equal files the first found is imported and named by the others, whichever is read first', async () => {
  const folder = await makePictures({ 'a.png': 1, 'b.png': 1, 'c.png': 1 })
  for (const order of permutations(['a.png', 'b.png', 'c.png'])) {
    const app = await startApp()
    readInOrder(app, order)
    const { ledger, entries } = await importFolder(app, folder)
    expect(ledger, order.join()).toEqual([
      'a.png: imported',
      'b.png: duplicate same-content',
      'c.png: duplicate same-content',
    ])
    const named = 'The same picture as a.png.'
    expect(
      entries.map(entry => entry.reason?.message),
      order.join(),
    ).toEqual([undefined, named, named])
    expect(await tilesOf(app)).toMatchObject([{ filename: 'a.png', status: 'completed' }])
    await app.stop()
  }
})

test('equal files that are damaged: the first found failed, whichever is read first, and again the next time', async () => {
  const folder = await makePictures()
  for (const name of ['a.png', 'b.png']) await put(folder, name, (await pictureBytes(1)).subarray(0, 300))
  for (const order of permutations(['a.png', 'b.png'])) {
    const app = await startApp()
    readInOrder(app, order)
    const expected = ['a.png: failed corrupt', 'b.png: duplicate same-content']
    expect((await importFolder(app, folder)).ledger).toEqual(expected)
    watch.opened = []
    expect((await importFolder(app, folder)).ledger).toEqual(expected)
    expect(watch.opened).toEqual([])
    await app.stop()
  }
})

test('when the file that was read first vanishes meanwhile, its duplicate is the picture at the next import', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 1 })
  const isJoined = () => query(app, `SELECT 1 FROM files WHERE path = 'b.png' AND outcome = 'duplicate'`).length > 0
  let opens = 0
  watch.beforeOpen = async sourceId => {
    if (sourceId === 'b.png')
      while (query(app, 'SELECT 1 FROM files WHERE is_read = 1').length === 0) await new Promise(setImmediate)
    if (sourceId !== 'a.png') return
    opens += 1
    if (opens === 1) return
    while (!isJoined()) await new Promise(setImmediate)
    await rm(join(folder, 'a.png'), { force: true })
  }
  const first = await importFolder(app, folder)
  expect(first.ledger).toEqual(['a.png: failed vanished', 'b.png: duplicate same-content'])

  watch.beforeOpen = () => {}
  const second = await importFolder(app, folder)
  expect(second.ledger).toEqual(['b.png: imported'])
  expect(await tilesOf(app)).toMatchObject([{ filename: 'b.png', status: 'completed', isMissing: false }])
})

test('a duplicate that cannot be read any more does not make the picture fail', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 1 })
  const { entries } = await importFolder(app, folder)
  await put(folder, 'b.png', '')
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: skipped unchanged', 'b.png: failed empty'])
  expect(await detailOf(app, mediaIdOf(entries, 'a.png'))).toMatchObject({
    status: 'completed',
    failure: null,
    path: 'a.png',
  })
})

test('cancelled between two equal files, the next import has them as one picture and one duplicate', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 1 })
  readInOrder(app, ['a.png', 'b.png'])
  const inAnalysis = createGate()
  const goOn = createGate()
  watch.beforeAnalysis = () => {
    inAnalysis.open()
    return goOn.opened
  }
  const syncId = await beginImport(app, folder)
  await inAnalysis.opened
  await untilSync(app, syncId, sync => sync.duplicates === 1)
  await app.handlers['sync.cancel']({ syncId })
  goOn.open()
  expect((await ended(app, syncId)).ledger).toEqual(['a.png: skipped cancelled', 'b.png: duplicate same-content'])

  watch.beforeAnalysis = () => {}
  const again = await importFolder(app, folder)
  expect(again.ledger).toEqual(['a.png: imported', 'b.png: duplicate same-content'])
  expect(ledgerOf(app, again.syncId)[1]?.reason?.message).toBe('The same picture as a.png.')
})
