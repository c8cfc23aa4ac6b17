import { expect, test } from 'vitest'
import type { App } from '../../src/main/app.ts'
import { beginImport, ended, makePictures, startApp, untilSync } from '../support/app.ts'
import { createGate, watch } from '../support/watched-rooms.ts'

const many = (count: number, from = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${10 + i}.png`, from + i]))
const pauseAll = (app: App) => app.handlers['work.pause']({})
const resumeAll = (app: App) => app.handlers['work.resume']({})
const stateOf = (app: App) => app.handlers['work.state']({})

/** No file is read until it is let go. */
function holdReading() {
  const goOn = createGate()
  watch.beforeOpen = () => goOn.opened
  return goOn.open
}

test('nothing under way is nothing to pause, and nothing to resume', async () => {
  const app = await startApp()
  expect(await pauseAll(app)).toEqual({ isPaused: false })
  await resumeAll(app)
  expect(await stateOf(app)).toEqual({ isUnderWay: false, isPaused: false })
})

test('all that runs is paused as one, also over a restart, and goes on as one', async () => {
  const app = await startApp()
  const letGo = holdReading()
  const first = await beginImport(app, await makePictures(many(3)))
  const second = await beginImport(app, await makePictures(many(3, 20)))
  expect(await stateOf(app)).toEqual({ isUnderWay: true, isPaused: false })
  expect(await pauseAll(app)).toEqual({ isPaused: true })
  letGo()
  for (const syncId of [first, second]) await untilSync(app, syncId, ({ state }) => state === 'paused')
  expect(await stateOf(app)).toEqual({ isUnderWay: false, isPaused: true })
  await app.stop()

  const again = await startApp({ libraryFolder: app.libraryFolder })
  expect(await stateOf(again)).toEqual({ isUnderWay: false, isPaused: true })
  await resumeAll(again)
  expect((await ended(again, first)).sync).toMatchObject({ imported: 3, pending: 0 })
  expect((await ended(again, second)).sync).toMatchObject({ imported: 3, pending: 0 })
  expect(await stateOf(again)).toEqual({ isUnderWay: false, isPaused: false })
})

test('an import that a person paused by itself stays paused', async () => {
  const app = await startApp()
  const letGo = holdReading()
  const own = await beginImport(app, await makePictures(many(2)))
  await app.handlers['sync.pause']({ syncId: own })
  const other = await beginImport(app, await makePictures(many(2, 20)))
  await pauseAll(app)
  letGo()
  await untilSync(app, other, ({ state }) => state === 'paused')
  await resumeAll(app)
  expect((await ended(app, other)).sync).toMatchObject({ imported: 2, pending: 0 })
  expect(app.library.syncs.get(own)?.state).toBe('paused')
})

test('paused twice, the first is taken up again too', async () => {
  const app = await startApp()
  const letGo = holdReading()
  const first = await beginImport(app, await makePictures(many(2)))
  await pauseAll(app)
  const second = await beginImport(app, await makePictures(many(2, 20)))
  await pauseAll(app)
  // What stands still already is not forgotten, and said to be paused.
  expect(await pauseAll(app)).toEqual({ isPaused: true })
  letGo()
  await resumeAll(app)
  for (const syncId of [first, second]) expect((await ended(app, syncId)).sync).toMatchObject({ imported: 2 })
})

test('what was resumed by itself meanwhile is not paused as one any more', async () => {
  const app = await startApp()
  const letGo = holdReading()
  const syncId = await beginImport(app, await makePictures(many(2)))
  await pauseAll(app)
  letGo()
  await app.handlers['sync.resume']({ syncId })
  await ended(app, syncId)
  expect(await stateOf(app)).toEqual({ isUnderWay: false, isPaused: false })
})
