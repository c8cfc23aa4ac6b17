import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import type { EngineName } from '../../src/shared/engine.ts'
import {
  beginImport,
  ended,
  importFolder,
  makePictures,
  query,
  startApp,
  type TestApp,
  untilSync,
} from '../support/app.ts'
import { runOf, testModel, untilRun } from '../support/describing.ts'
import { noGoogle, startGoogle } from '../support/google.ts'
import { anna } from '../support/google-auth-server.ts'
import { startCloud } from '../support/inngest-server/cloud.ts'
import { standIn } from '../support/inngest-server/index.ts'
import { faults, startOpenAiServer } from '../support/openai-server/index.ts'
import { hills } from '../support/pictures.ts'
import { putsOf, secret, startStore, untilStorage } from '../support/storage.ts'
import { createGate, until, watch } from '../support/watched-rooms.ts'

process.env.STAND_IN_RETRIES_AT_ONCE = '1'

const count = 100
const choose = (app: TestApp, name: EngineName) => app.handlers['engine.choose']({ name })
const patient = { timeout: 60_000, interval: 10 }

async function startBusyApp(count: number) {
  const store = await startStore({ latencyMs: 1_000 })
  const openAi = await startOpenAiServer({
    latencyMs: 1_500,
    requestsPerMinute: 100_000,
    tokensPerMinute: 1_000_000_000,
  })
  onTestFinished(() => openAi.close())
  const secrets = createMemoryStore()
  const openSecrets = async () => ({ store: secrets, notice: null })
  const app = await startApp({
    google: { ...noGoogle, environment: { INNGEST_CLI: standIn }, openSecrets },
    analysis: { openAiUrl: openAi.url },
  })
  const { settings } = await app.handlers['analysis.overview']({})
  const described = { ...settings, analyser: 'openai' as const, model: testModel, dayCapUsd: null }
  await app.handlers['analysis.save']({ settings: described, apiKey: openAi.key })
  const pictures = Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.png`, i + 1]))
  await importFolder(app, await makePictures(pictures), true)
  return { app, store, openAi }
}

test('originals on their way and pictures being described are handed over and back: none is sent or paid twice', async () => {
  const { app, store, openAi } = await startBusyApp(count)
  await app.handlers['storage.save']({ settings: store.settings, secretAccessKey: secret })
  const { runId } = await app.handlers['analysis.run']({ chosen: { isUndescribed: true } })
  for (const [name, enough] of [
    ['server', 4],
    ['embedded', 16],
  ] satisfies [EngineName, number][]) {
    await vi.waitUntil(() => Math.min(store.proxy.count('put'), openAi.answers.count) >= enough, patient)
    expect(await choose(app, name)).toMatchObject({ name, standing: { kind: 'up' } })
    // Nobody waited for all that one step does.
    expect(openAi.answers.count).toBeLessThan(count / 2)
    if (name === 'server') expect(store.proxy.count('put')).toBeLessThan(count / 2)
  }

  await untilStorage(app, ({ cloud, sending }) => cloud.count === count && sending.state === 'idle')
  await untilRun(app, runId, 'completed')
  expect(await runOf(app, runId)).toMatchObject({ total: count, done: count, reused: 0, failed: 0 })
  expect(openAi.answers.count).toBe(count)
  expect(openAi.answers.paidTwice()).toEqual([])
  expect([...putsOf(store.proxy).values()]).toEqual(Array(count).fill(1))
  expect(await store.server.contents()).toHaveLength(count)
}, 120_000)

test('descriptions that wait to be compared go on with another engine', async () => {
  const { app, openAi } = await startBusyApp(3)
  await untilRun(app, (await app.handlers['analysis.run']({ chosen: { isUndescribed: true } })).runId, 'completed')
  const { settings } = await app.handlers['analysis.overview']({})
  openAi.failNext(faults.serverError(503), { times: Number.POSITIVE_INFINITY })
  await app.handlers['analysis.save']({ settings: { ...settings, embeddingModel: 'text-embedding-3-small' } })
  const embeddings = () => openAi.asked.filter(({ path }) => path === '/v1/embeddings').length
  await vi.waitUntil(() => embeddings() > 0, patient)
  const [{ id } = { id: 0 }] = query(app, 'SELECT min(id) AS id FROM media') as [{ id: number }]
  const notice = async () => (await app.handlers['media.similar']({ id, by: 'meaning', limit: 1 })).notice
  await expect.poll(notice, patient).toMatch(/goes on by itself|tries again/)
  openAi.failNoMore()
  expect(await choose(app, 'server')).toMatchObject({ name: 'server' })
  await expect.poll(() => app.library.embeddings.countDue(), patient).toBe(0)
}, 60_000)

/** An app that a folder of one picture in Drive is asked of; Google does not answer until `answer` is called. */
async function askForDriveFolder(more: Record<string, string>) {
  const google = await startGoogle()
  onTestFinished(google.stop)
  const environment = { ...google.config.environment, INNGEST_CLI: standIn, ...more }
  const app = await startApp({ google: { ...google.config, environment } })
  const folderId = google.world.addFolder('Studio')
  google.world.addFile('one.png', await hills(60, 40, 1).png().toBuffer(), folderId)
  const { opened, open: answer } = createGate()
  let asked = 0
  google.drive.watch(() => {
    asked += 1
    return opened
  })
  await app.serverParts.triggerDriveSync(1, folderId, google.auth.issueAccessToken(anna))
  await until(() => asked > 0)
  const kind = { after: null, limit: 9, functionId: 'process-google-images' }
  const runs = async () => (await app.handlers['runs.list'](kind)).items
  return { app, folderId, answer, runs }
}

test('a request of a folder in Google Drive is handed over with the token that it brought', async () => {
  const { app, folderId, answer, runs } = await askForDriveFolder({})
  const chosen = choose(app, 'server')
  answer()
  expect(await chosen).toMatchObject({ name: 'server' })
  await expect.poll(() => app.library.syncs.list(5), patient).toMatchObject([{ state: 'completed', imported: 1 }])
  await expect.poll(runs, patient).toMatchObject([{ state: 'completed' }, { state: 'lost' }])
  // With the request its access has ended.
  const [account] = (await app.handlers['accounts.list']({})).accounts
  const again = app.handlers['drive.import']({ accountId: account?.id ?? 0, folderId })
  await expect(again).rejects.toThrow('Reconnect the account')
  // There is nothing left of it to hand over.
  await choose(app, 'embedded')
  await app.handlers['accounts.list']({})
  expect(await runs()).toHaveLength(2)
})

test('a request that Inngest’s server forgot when it ended is taken up when it is back', async () => {
  const { app, answer, runs } = await askForDriveFolder({ BURG_INK_ENGINE: 'server' })
  const { pid } = JSON.parse(readFileSync(join(app.libraryFolder, '.inngest/inngest-server.json'), 'utf8'))
  process.kill(pid, 'SIGKILL')
  await expect.poll(runs, patient).toMatchObject([{ state: 'running' }, { state: 'lost' }])
  answer()
  await expect.poll(runs, patient).toMatchObject([{ state: 'completed' }, { state: 'lost' }])
  expect(app.library.syncs.list(5)).toMatchObject([{ state: 'completed', imported: 1 }])
  expect(app.reported()).toMatchObject([{ message: expect.stringMatching(/started again/) }])
})

test('an import is handed to an Inngest elsewhere, and when that is gone, back to this computer', async () => {
  const cloud = await startCloud()
  const app = await startApp()
  const pictures = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.png`, i + 1]))
  const syncId = await beginImport(app, await makePictures(pictures))
  await untilSync(app, syncId, ({ imported }) => imported >= 5)
  const { url: inngestUrl, eventKey, signingKey } = cloud
  const keys = { inngestUrl, eventKey, signingKey }
  expect(await app.handlers['engine.choose']({ name: 'cloud', ...keys })).toMatchObject({ name: 'cloud' })
  const { imported } = app.library.syncs.get(syncId) ?? { imported: 0 }
  await untilSync(app, syncId, sync => sync.imported > imported)
  await cloud.leave()
  const standing = async () => (await app.handlers['engine.get']({})).standing
  await expect.poll(standing, patient).toMatchObject({ kind: 'away' })
  expect(await choose(app, 'embedded')).toMatchObject({ name: 'embedded', standing: { kind: 'up' } })
  expect((await ended(app, syncId)).sync).toMatchObject({ state: 'completed', imported: 60, failed: 0 })
  expect(query(app, 'SELECT count(*) AS n FROM media')).toEqual([{ n: 60 }])
  expect(app.reported()).toMatchObject([{ message: expect.stringContaining('cannot be reached') }])
})

test('a file whose step outlasts its engine is there once, whichever ends first', async () => {
  watch.engineStopTimeoutMs = 100
  const folder = await makePictures({ 'slow.png': 1, 'other.png': 2 })
  const app = await startApp({ google: { ...noGoogle, environment: { INNGEST_CLI: standIn } } })
  const [first, second] = [createGate(), createGate()]
  const gates = [first, second]
  let opened = 0
  watch.beforeOpen = sourceId => (sourceId.endsWith('slow.png') ? gates[opened++]?.opened : undefined)
  const syncId = await beginImport(app, folder, true)
  await until(() => opened === 1)
  await choose(app, 'server')
  await until(() => opened === 2)
  first.open()
  second.open()
  expect((await ended(app, syncId)).ledger).toEqual(['other.png: imported', 'slow.png: imported'])
  expect(query(app, 'SELECT count(*) AS n FROM media')).toEqual([{ n: 2 }])
})
