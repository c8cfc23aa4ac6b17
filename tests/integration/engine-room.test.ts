import { readFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import {
  beginImport,
  ended,
  importFolder,
  makePictures,
  put,
  query,
  startApp,
  type TestApp,
  untilSync,
} from '../support/app.ts'
import { createGate } from '../support/engine.ts'
import { noGoogle } from '../support/google.ts'
import { standIn } from '../support/inngest-server/index.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { watch } from '../support/watched-rooms.ts'

process.env.STAND_IN_RETRIES_AT_ONCE = '1'

const withServer = { ...noGoogle, environment: { INNGEST_CLI: standIn } }

const manyPictures = (count: number) =>
  makePictures(Object.fromEntries(Array.from({ length: count }, (_, i) => [`picture ${i}.png`, i + 1])))

const engineNow = (app: TestApp) => app.handlers['engine.get']({})
const choose = (app: TestApp, name: 'embedded' | 'server' | 'cloud', more = {}) =>
  app.handlers['engine.choose']({ name, ...more })
const runsNow = async (app: TestApp, asked = {}) =>
  (await app.handlers['runs.list']({ after: null, limit: 200, ...asked })).items

/** Every file is one picture, each described once by the analyser that comes with Burg Ink. */
function expectEachOnce(app: TestApp, count: number): void {
  expect(query(app, 'SELECT count(*) AS n, count(DISTINCT sha256) AS files FROM media')).toEqual([
    { n: count, files: count },
  ])
}

test('a folder that is being imported is handed to Inngest’s server and back: nothing is lost, nothing is there twice', async () => {
  const folder = await manyPictures(60)
  const app = await startApp({ google: withServer })
  const syncId = await beginImport(app, folder)
  await untilSync(app, syncId, sync => sync.imported >= 5)
  expect(await choose(app, 'server')).toMatchObject({ name: 'server', standing: { kind: 'up' }, chosen: 'server' })
  await untilSync(app, syncId, sync => sync.imported >= 30)
  expect(await choose(app, 'embedded')).toMatchObject({ name: 'embedded', dashboardUrl: null })
  expect((await ended(app, syncId)).sync).toMatchObject({ state: 'completed', imported: 60, failed: 0 })
  expectEachOnce(app, 60)
  const engines = new Set<string>()
  for (const { id } of await runsNow(app, { functionId: 'import-file' })) {
    engines.add((await app.handlers['runs.get']({ id })).engine)
  }
  expect([...engines].sort()).toEqual(['embedded', 'server'])
})

test('what was chosen is there at the next start; what cannot be had changes nothing', async () => {
  const first = await startApp({ google: withServer })
  expect((await choose(first, 'server')).dashboardUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  await first.stop()
  const { libraryFolder } = first
  const second = await startApp({ google: withServer, libraryFolder })
  expect(await engineNow(second)).toMatchObject({ name: 'server', forcedBy: null, notice: null })
  await second.stop()

  // The program of Inngest is gone: the work is done all the same, and it is said why.
  const environment = { PATH: '/nowhere' }
  const third = await startApp({ google: { ...noGoogle, environment }, libraryFolder })
  expect(await engineNow(third)).toMatchObject({ name: 'embedded', chosen: 'server' })
  expect((await engineNow(third)).notice).toMatch(/was not found.*Burg Ink’s own engine/)
  await expect(choose(third, 'server')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/not found/),
  })
  await expect(choose(third, 'cloud')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/keys/),
  })
  expect((await importFolder(third, await manyPictures(2))).sync).toMatchObject({ imported: 2 })
})

test('over a variable of the environment nothing can be chosen, and what it names must be there', async () => {
  const google = { ...noGoogle, environment: { BURG_INK_ENGINE: 'embedded' } }
  const app = await startApp({ google })
  expect(await engineNow(app)).toMatchObject({ name: 'embedded', forcedBy: 'BURG_INK_ENGINE' })
  await expect(choose(app, 'server')).rejects.toMatchObject({ code: 'not-allowed' })
})

test('a server that ends by itself is said to be away, and work goes on when it is back', async () => {
  const folder = await manyPictures(60)
  const app = await startApp({
    google: { ...noGoogle, environment: { INNGEST_CLI: standIn, BURG_INK_ENGINE: 'server' } },
  })
  const said: string[] = []
  app.subscribe(event => said.push(event.name))
  const syncId = await beginImport(app, folder)
  await untilSync(app, syncId, sync => sync.imported >= 5)
  const { pid } = JSON.parse(readFileSync(join(app.libraryFolder, '.inngest/inngest-server.json'), 'utf8'))
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(async () => {
    expect((await engineNow(app)).standing).toMatchObject({
      kind: 'away',
      message: expect.stringMatching(/started again/),
    })
  })
  await vi.waitFor(async () => expect((await engineNow(app)).standing).toEqual({ kind: 'up' }), 20_000)
  expect((await ended(app, syncId)).sync).toMatchObject({ state: 'completed', imported: 60, failed: 0 })
  expectEachOnce(app, 60)
  expect(said).toContain('engine.changed')
  expect(said).toContain('runs.changed')
  // What was begun when it ended is not under way for ever.
  await vi.waitFor(async () => expect(await runsNow(app, { state: 'running' })).toEqual([]), 10_000)
  expect(app.reported()).toMatchObject([{ message: expect.stringMatching(/has ended.*started again/) }])
})

test('keys of an Inngest elsewhere go into the keychain and nowhere else, and are forgotten when asked', async () => {
  const secrets = createMemoryStore()
  const app = await startApp({ google: { ...noGoogle, openSecrets: async () => ({ store: secrets, notice: null }) } })
  // Nobody listens there.
  const order = {
    inngestUrl: 'http://127.0.0.1:9',
    eventKey: 'event-key-of-mine',
    signingKey: 'signkey-test-0123456789abcdef',
  }
  expect(await choose(app, 'cloud', order)).toMatchObject({ name: 'cloud', hasKeys: true })
  await vi.waitFor(async () => expect((await engineNow(app)).standing.kind).toBe('away'), 10_000)
  expect(await secrets.get('inngest-event-key')).toBe('event-key-of-mine')
  const { size, text } = settingsText(app)
  expect(size).toBeGreaterThan(0)
  expect(text).not.toMatch(/event-key-of-mine|0123456789abcdef/)

  // Asked for while it is away: taken down, and done by whoever does the work next.
  const syncId = await beginImport(app, await manyPictures(3))
  expect(await app.handlers['engine.forgetKeys']({})).toMatchObject({ name: 'embedded', hasKeys: false })
  expect((await ended(app, syncId)).sync).toMatchObject({ imported: 3 })
  expect(await secrets.get('inngest-signing-key')).toBeNull()
  app.reported()
})

function settingsText(app: TestApp) {
  const rows = query(app, "SELECT name, value FROM settings WHERE name = 'engine'")
  return { size: rows.length, text: JSON.stringify(rows) }
}

test('a run says what it works on, can be looked into, and a file that failed is brought in again from it', async () => {
  const folder = await makePictures({ 'Barn/red.png': 1 })
  await put(folder, 'Barn/broken.png', 'no picture at all')
  const app = await startApp()
  await importFolder(app, folder)
  const [failed] = await runsNow(app, { functionId: 'import-file', state: 'failed' })
  expect(failed).toMatchObject({ subject: 'Barn/broken.png', canBeDoneAgain: true, canBeCancelled: false })
  const detail = await app.handlers['runs.get']({ id: failed?.id ?? '' })
  expect(detail.steps.at(-1)?.error?.message).toMatch(/damaged|decoded|format/)
  const [listing] = await runsNow(app, { functionId: 'import-folder' })
  expect(listing).toMatchObject({ state: 'completed', subject: expect.stringMatching(/\w/) })

  const good = await makePictures({ 'other.png': 7 })
  await put(folder, 'Barn/broken.png', readFileSync(join(good, 'other.png')))
  await app.handlers['runs.again']({ id: failed?.id ?? '' })
  await vi.waitFor(
    () => expect(query(app, "SELECT count(*) AS n FROM files WHERE outcome = 'imported'")).toEqual([{ n: 2 }]),
    10_000,
  )
  await expect(app.handlers['runs.get']({ id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
})

test('a folder is listed again from its run, and what follows from a failure cannot be', async () => {
  const folder = await manyPictures(1)
  const app = await startApp()
  await importFolder(app, folder)
  await put(folder, 'new.png', readFileSync(join(await makePictures({ 'a.png': 99 }), 'a.png')))
  const [listing] = await runsNow(app, { functionId: 'import-folder' })
  await app.handlers['runs.again']({ id: listing?.id ?? '' })
  await vi.waitFor(() => expectEachOnce(app, 2), 10_000)
})

test('a file whose run is cancelled is left out with its reason, the import ends, and it can be retried', async () => {
  const folder = await manyPictures(1)
  const app = await startApp()
  const { opened, open } = createGate()
  watch.beforeOpen = () => opened
  const syncId = await beginImport(app, folder)
  await vi.waitFor(
    async () => expect(await runsNow(app, { functionId: 'import-file', state: 'running' })).toHaveLength(1),
    10_000,
  )
  const [run] = await runsNow(app, { functionId: 'import-file' })
  expect(run?.canBeCancelled).toBe(true)
  await app.handlers['runs.cancel']({ id: run?.id ?? '' })
  const { sync, ledger } = await ended(app, syncId)
  open()
  expect(sync).toMatchObject({ state: 'completed', failed: 1 })
  expect(ledger).toEqual(['picture 0.png: failed stopped'])
  expect((await app.handlers['runs.get']({ id: run?.id ?? '' })).state).toBe('cancelled')
  await expect(app.handlers['runs.cancel']({ id: run?.id ?? '' })).rejects.toMatchObject({ code: 'conflict' })
  expect(await app.handlers['sync.retry']({ syncId })).toEqual({ count: 1 })
  expect((await ended(app, syncId)).sync).toMatchObject({ state: 'completed', imported: 1, failed: 0 })
})

test('the state of the work says what does it, whatever that is', async () => {
  const app = await startApp()
  await importFolder(app, await manyPictures(2))
  const status = app.serverParts.records.status()
  expect(status).toMatchObject({
    engine: { name: 'embedded', standing: { kind: 'up' } },
    media: { stats: { completed: 2 } },
  })
  expect(status.runs).toContainEqual({ functionId: 'import-file', state: 'completed', count: 2 })
})

test('where runs are kept can be deleted: it is only looked at', async () => {
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const app = await startApp({ libraryFolder })
  await importFolder(app, await manyPictures(1))
  await app.stop()
  await put(libraryFolder, 'runs.db', 'This is no database. '.repeat(100))
  const again = await startApp({ libraryFolder })
  expect(await runsNow(again)).toEqual([])
  expectEachOnce(again, 1)
})

test('what can be no key is said in words, and nothing changes', async () => {
  const app = await startApp()
  const order = { inngestUrl: 'http://127.0.0.1:9', eventKey: 'a key', signingKey: 'no key at all' }
  await expect(choose(app, 'cloud', order)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/signing key/),
  })
  expect(await engineNow(app)).toMatchObject({ name: 'embedded', hasKeys: false, standing: { kind: 'up' } })
})

test('a program of Inngest that does not start is said so; the work is done by the engine inside, and it can be chosen anew', async () => {
  const folder = await makeTempFolder('program')
  await put(folder, 'inngest', '#!/bin/sh\necho broken >&2\nexit 3\n')
  const broken = join(folder, 'inngest')
  await chmod(broken, 0o755)
  const app = await startApp({ google: { ...noGoogle, environment: { INNGEST_CLI: broken } } })
  const syncId = await beginImport(app, await manyPictures(20))
  await expect(choose(app, 'server')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/ended while it started \(with code 3\)/),
  })
  expect(await engineNow(app)).toMatchObject({ name: 'embedded', standing: { kind: 'up' }, chosen: 'embedded' })
  expect((await ended(app, syncId)).sync).toMatchObject({ state: 'completed', imported: 20 })
  // The same where it had been chosen when it still started.
  app.library.settings.setEngine({ name: 'server', inngestUrl: '', hasKeys: false })
  await app.stop()
  const environment = { INNGEST_CLI: broken }
  const again = await startApp({ google: { ...noGoogle, environment }, libraryFolder: app.libraryFolder })
  expect(await engineNow(again)).toMatchObject({
    name: 'embedded',
    notice: expect.stringMatching(/with code 3.*own engine/),
  })
})
