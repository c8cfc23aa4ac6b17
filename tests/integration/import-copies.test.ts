import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { App } from '../../src/main/app.ts'
import {
  detailOf,
  ended,
  importFolder,
  makePictures,
  mediaIdOf,
  pictureBytes,
  put,
  remove,
  startApp,
  tilesOf,
} from '../support/app.ts'
import { watch } from '../support/watched-rooms.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const originalOf = (app: App, id: number) => app.serverParts.pictures.find(id, 'original')?.path ?? ''

test('of the samples copies are kept whatever the settings say: a packaged program has them elsewhere at its next start', async () => {
  const samplesFolder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  const app = await startApp({ samplesFolder })
  await app.handlers['settings.set']({ copyOriginals: false })
  const { entries } = await ended(app, (await app.handlers['samples.import']({})).syncId)
  const id = mediaIdOf(entries, 'a.png')
  expect(await detailOf(app, id)).toMatchObject({ hasCopy: true })
  await rename(samplesFolder, `${samplesFolder}-unmounted`)
  expect(sha256(readFileSync(originalOf(app, id)))).toBe(sha256(await pictureBytes(1)))
})

test('originals are copied into the library, byte for byte, and served from there when the source is gone', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2 })
  const { entries } = await importFolder(app, folder, true)
  const id = mediaIdOf(entries, 'a.png')
  const detail = await detailOf(app, id)
  expect(detail.hasCopy).toBe(true)
  await remove(folder, 'a.png')
  await importFolder(app, folder)
  const path = originalOf(app, id)
  expect(path.startsWith(join(app.libraryFolder, 'originals'))).toBe(true)
  expect(sha256(readFileSync(path))).toBe(detail.sha256)
  expect(await detailOf(app, id)).toMatchObject({ isMissing: true, hasCopy: true })
})

test('the setting asks for copies where the import does not say', async () => {
  const app = await startApp()
  await app.handlers['settings.set']({ copyOriginals: true })
  const { entries } = await importFolder(app, await makePictures({ 'a.png': 1 }))
  expect((await detailOf(app, mediaIdOf(entries, 'a.png'))).hasCopy).toBe(true)
  const without = await importFolder(app, await makePictures({ 'b.png': 2 }), false)
  expect((await detailOf(app, mediaIdOf(without.entries, 'b.png'))).hasCopy).toBe(false)
})

test('copies asked for later are made of what is in the library already, once, and nothing is made anew', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1, 'b.png': 2, 'same.png': 1 })
  const before = await importFolder(app, folder)
  const tiles = await tilesOf(app)
  const second = await importFolder(app, folder, true)
  expect(second.ledger.every(line => line.endsWith('skipped unchanged'))).toBe(true)
  for (const name of ['a.png', 'b.png']) {
    const id = mediaIdOf(before.entries, name)
    expect((await detailOf(app, id)).hasCopy).toBe(true)
    expect(sha256(readFileSync(originalOf(app, id)))).toBe((await detailOf(app, id)).sha256)
  }
  expect(await tilesOf(app)).toEqual(tiles)

  watch.opened = []
  expect((await importFolder(app, folder)).ledger.every(line => line.endsWith('skipped unchanged'))).toBe(true)
  expect(watch.opened).toEqual([])
})

test('a changed file is copied anew, and its picture comes from the new bytes', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  const { entries } = await importFolder(app, folder, true)
  const id = mediaIdOf(entries, 'a.png')
  await put(folder, 'a.png', await pictureBytes(2))
  await importFolder(app, folder)
  expect(sha256(readFileSync(originalOf(app, id)))).toBe(sha256(await pictureBytes(2)))
})

test('a file that changes after copies were switched off is shown and served by its new bytes', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  const { entries } = await importFolder(app, folder, true)
  const id = mediaIdOf(entries, 'a.png')
  const fresh = await importFolder(app, await makePictures({ 'other.png': 2 }))
  const { meanColour } = await detailOf(app, mediaIdOf(fresh.entries, 'other.png'))
  await put(folder, 'a.png', await pictureBytes(3))
  await importFolder(app, folder, false)
  expect(await detailOf(app, id)).toMatchObject({ hasCopy: false, sha256: sha256(await pictureBytes(3)) })
  expect(originalOf(app, id)).toBe(join(folder, 'a.png'))
  const third = await startApp()
  const alone = await importFolder(third, await makePictures({ 'a.png': 3 }))
  const expected = (await detailOf(third, mediaIdOf(alone.entries, 'a.png'))).meanColour
  expect(expected).not.toBe(meanColour)
  expect((await detailOf(app, id)).meanColour).toBe(expected)
})
