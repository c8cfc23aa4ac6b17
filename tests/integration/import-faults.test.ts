import { expect, test } from 'vitest'
import { FileRefused } from '../../src/main/sources/index.ts'
import {
  countsOf,
  detailOf,
  ended,
  importFolder,
  makePictures,
  mediaIdOf,
  pictureBytes,
  put,
  query,
  startApp,
  tilesOf,
} from '../support/app.ts'
import { watch } from '../support/watched-rooms.ts'

/** A PNG that says it is 100,000 pixels each way. */
async function hugePng(): Promise<Buffer> {
  const bytes = await pictureBytes(1)
  bytes.writeUInt32BE(100_000, 16)
  bytes.writeUInt32BE(100_000, 20)
  // The checksum of the header, so that only its size is wrong.
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return bytes
}

function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

test('bad files fail alone, each with its reason and a tile, and good ones are imported', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'good.png': 1 })
  await put(folder, 'empty.png', '')
  await put(folder, 'text.png', 'This is no picture.')
  await put(folder, 'truncated.png', (await pictureBytes(2)).subarray(0, 200))
  await put(folder, 'huge.png', await hugePng())
  await put(folder, 'other.tiff', 'II*\0 but nothing else')
  const { ledger, sync, entries } = await importFolder(app, folder)
  expect(ledger[1]).toBe('good.png: imported')
  expect(ledger).toContain('empty.png: failed empty')
  expect(ledger).toContain('huge.png: failed too-many-pixels')
  expect(ledger.filter(line => line.includes('failed'))).toHaveLength(5)
  expect(countsOf(sync)).toEqual({ found: 6, imported: 1, duplicates: 0, skipped: 0, failed: 5, pending: 0 })
  expect(
    entries.filter(entry => entry.outcome === 'failed').every(entry => (entry.reason?.message.length ?? 0) > 5),
  ).toBe(true)

  const failed = await tilesOf(app, { status: 'failed' })
  expect(failed.map(tile => tile.filename).toSorted()).toEqual(
    ['empty.png', 'huge.png', 'other.tiff', 'text.png', 'truncated.png'].toSorted(),
  )
  expect(failed.every(tile => tile.failure !== null)).toBe(true)
})

test('a repaired file is imported by retrying its tile', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  await put(folder, 'broken.png', 'not yet')
  const { syncId, entries } = await importFolder(app, folder)
  await put(folder, 'broken.png', await pictureBytes(2))
  const id = mediaIdOf(entries, 'broken.png')
  await app.handlers['media.retry']({ id })
  const { ledger, sync } = await ended(app, syncId)
  expect(ledger).toEqual(['a.png: imported', 'broken.png: imported'])
  expect(countsOf(sync)).toMatchObject({ imported: 2, failed: 0, pending: 0 })
  expect(await detailOf(app, id)).toMatchObject({ status: 'completed', failure: null })
  await expect(app.handlers['media.retry']({ id })).rejects.toMatchObject({ code: 'conflict' })
})

test('a repaired file is imported by importing its folder again', async () => {
  const app = await startApp()
  const folder = await makePictures()
  await put(folder, 'empty.png', '')
  await put(folder, 'text.png', 'not yet')
  await importFolder(app, folder)
  await put(folder, 'empty.png', await pictureBytes(1))
  await put(folder, 'text.png', await pictureBytes(2))
  expect((await importFolder(app, folder)).ledger).toEqual(['empty.png: imported', 'text.png: imported'])
  expect(await tilesOf(app)).toMatchObject([{ status: 'completed' }, { status: 'completed' }])
})

test('all failed files of an import are retried together, and those still bad fail again', async () => {
  const app = await startApp()
  const folder = await makePictures()
  for (const name of ['a.png', 'b.png', 'c.png']) await put(folder, name, `${name} is broken`)
  const { syncId } = await importFolder(app, folder)
  await put(folder, 'b.png', await pictureBytes(1))
  expect(await app.handlers['sync.retry']({ syncId })).toEqual({ count: 3 })
  expect((await ended(app, syncId)).ledger).toEqual([
    'a.png: failed unsupported-format',
    'b.png: imported',
    'c.png: failed unsupported-format',
  ])
  const fileId = app.library.files.ledger(syncId, { after: 0, limit: 1 })[0]?.fileId as number
  expect(await app.handlers['sync.retry']({ syncId, fileId })).toEqual({ count: 1 })
  expect((await ended(app, syncId)).sync).toMatchObject({ failed: 2, imported: 1 })
})

test('a file that could not be read is read again by the next import, though it has not changed', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  watch.beforeOpen = () => {
    throw new FileRefused('unreadable', 'It could not be read (EACCES).')
  }
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: failed unreadable'])
  watch.beforeOpen = () => {}
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: imported'])
})

test('the same, when it could not be read any more after its bytes had been hashed', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  let opens = 0
  watch.beforeOpen = () => {
    opens += 1
    if (opens > 1) throw new FileRefused('vanished', 'It is not there any more.')
  }
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: failed vanished'])
  watch.beforeOpen = () => {}
  expect((await importFolder(app, folder)).ledger).toEqual(['a.png: imported'])
})

test('a file that is saved again while it is imported fails as changing, and the next import has it', async () => {
  for (const keepsCopies of [false, true]) {
    const app = await startApp()
    const folder = await makePictures({ 'a.png': 1 })
    const other = await pictureBytes(2)
    let opens = 0
    watch.beforeOpen = async () => {
      opens += 1
      if (opens === 2) await put(folder, 'a.png', other)
    }
    const first = await importFolder(app, folder, keepsCopies)
    expect(first.ledger).toEqual(['a.png: failed changing'])
    watch.beforeOpen = () => {}
    expect((await importFolder(app, folder)).ledger).toEqual(['a.png: imported'])
    await app.stop()
  }
})

test('an analysis that fails is told apart and does not fail the picture', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  watch.beforeAnalysis = ({ filename }) => {
    if (filename === 'a.png') throw new Error('The model is asleep.')
  }
  const { ledger, entries } = await importFolder(app, folder)
  expect(ledger).toEqual(['a.png: imported', 'b.png: imported'])
  const detail = await detailOf(app, mediaIdOf(entries, 'a.png'))
  expect(detail).toMatchObject({ status: 'completed', failure: null, description: null, tags: [] })
  expect(detail.analysis).toMatchObject({ analyser: 'builtin', failure: 'The model is asleep.', result: null })
  expect(await detailOf(app, mediaIdOf(entries, 'b.png'))).toMatchObject({ analysis: { failure: null } })
})

test('what an analyser said of earlier bytes is not shown for later ones', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'harbour.png': 1 })
  const { entries } = await importFolder(app, folder)
  const id = mediaIdOf(entries, 'harbour.png')
  expect((await detailOf(app, id)).description).not.toBeNull()
  await put(folder, 'harbour.png', await pictureBytes(2))
  watch.beforeAnalysis = () => {
    throw new Error('The model is asleep.')
  }
  await importFolder(app, folder)
  expect(await detailOf(app, id)).toMatchObject({ status: 'completed', description: null, tags: [] })
  expect(query(app, 'SELECT ai_analysis FROM media')).toEqual([{ ai_analysis: null }])
})
