import { expect, test } from 'vitest'
import { CallFailed } from '../../src/shared/contract.ts'
import { detailOf, importFolder, makePictures, mediaIdOf, startApp, type TestApp, tilesOf } from '../support/app.ts'

async function startWithPictures() {
  const app = await startApp()
  const { entries } = await importFolder(app, await makePictures({ 'red barn.png': 1, 'blue boat.png': 2 }))
  return { app, barn: mediaIdOf(entries, 'red barn.png'), boat: mediaIdOf(entries, 'blue boat.png') }
}

/** The next event about pictures. */
const nextChange = (app: TestApp) =>
  new Promise<unknown>(resolve => {
    const stop = app.subscribe(event => {
      if (event.name !== 'media.changed') return
      stop()
      resolve(event.data)
    })
  })

const failureOf = async (work: () => unknown) => {
  const failure = await Promise.resolve()
    .then(work)
    .catch(error => error)
  if (!(failure instanceof CallFailed)) throw new Error('It did not fail as expected.')
  return failure
}

test('what the analyser said is confirmed, rejected and taken back by calls, and told of by an event', async () => {
  const { app, barn, boat } = await startWithPictures()
  // What the import has changed is told first.
  const told = nextChange(app)
  app.library.changes.emit('media', { id: barn, isListed: true })
  await told
  const changed = nextChange(app)
  const barnTag = { field: 'tag' as const, value: 'barn' }
  expect((await detailOf(app, barn)).suggestions).toContainEqual(expect.objectContaining(barnTag))
  const confirmed = await app.handlers['suggestions.decide']({
    mediaIds: [barn, boat],
    decision: 'confirm',
    suggestion: barnTag,
  })
  expect(confirmed.count).toBe(1)
  expect((await detailOf(app, barn)).tags).toContainEqual({ name: 'barn', source: 'person', confidence: null })
  expect(await changed).toEqual({ mediaIds: [barn], areListsChanged: false })
  await app.handlers['suggestions.decide']({ mediaIds: [boat], decision: 'reject' })
  expect((await detailOf(app, boat)).suggestions).toEqual([])
  expect(await tilesOf(app, { tags: ['boat'] })).toEqual([])
  expect(await app.handlers['history.undo']({})).toMatchObject({ count: 1, leftCount: 0 })
  expect(await tilesOf(app, { tags: ['boat'] })).toHaveLength(1)
})

test('suggestions that several pictures share are counted', async () => {
  const { app, barn, boat } = await startWithPictures()
  app.library.words.changeTags([barn, boat], [], [])
  const common = await app.handlers['suggestions.common']({ mediaIds: [barn, boat] })
  expect(common.length).toBeGreaterThan(2)
  expect(common).toContainEqual({ field: 'tag', value: 'barn', count: 1 })
  expect(common.map(({ count }) => count)).toEqual(common.map(({ count }) => count).toSorted((a, b) => b - a))
})

test('what cannot be undone says why', async () => {
  const { app, barn } = await startWithPictures()
  expect(await failureOf(() => app.handlers['history.undo']({}))).toMatchObject({ code: 'not-found' })
  expect(await failureOf(() => app.handlers['history.redo']({}))).toMatchObject({ code: 'not-found' })
  const { commandId } = await app.handlers['words.set']({ mediaIds: [barn], field: 'mood', value: 'Calm' })
  await app.handlers['words.set']({ mediaIds: [barn], field: 'mood', value: 'Wild' })
  const undo = () => app.handlers['history.undo']({ commandId: commandId as number })
  expect(await failureOf(undo)).toMatchObject({ code: 'conflict' })
  expect((await detailOf(app, barn)).words).toEqual({ mood: 'Wild' })
})

test('another import of the same folder leaves what a person said', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'red barn.png': 1 })
  const { entries } = await importFolder(app, folder)
  const id = mediaIdOf(entries, 'red barn.png')
  await app.handlers['words.set']({ mediaIds: [id], field: 'description', value: 'Where I was born' })
  await app.handlers['tags.change']({ mediaIds: [id], add: ['home'], remove: ['barn'] })
  await importFolder(app, folder)
  await app.stop()
  const again = await startApp({ libraryFolder: app.libraryFolder })
  const detail = await detailOf(again, id)
  expect(detail.description).toBe('Where I was born')
  expect(detail.tags.filter(({ source }) => source === 'person').map(({ name }) => name)).toEqual(['home'])
  expect(detail.tags.map(({ name }) => name)).not.toContain('barn')
})

test('a picture that is not there is like no other', async () => {
  const { app } = await startWithPictures()
  for (const by of ['look', 'meaning'] as const) {
    const asked = () => app.handlers['media.similar']({ id: 999, by, limit: 5 })
    expect(await failureOf(asked)).toMatchObject({ code: 'not-found' })
  }
})
