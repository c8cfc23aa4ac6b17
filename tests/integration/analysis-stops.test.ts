import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import { makePictures, query, startApp } from '../support/app.ts'
import { countsOfRun, passUntil, runOf, startDescribing, testModel, untilRun } from '../support/describing.ts'
import { ask } from '../support/library-facts.ts'
import { startOpenAiServer } from '../support/openai-server/index.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const childEntry = fileURLToPath(new URL('../support/describing-child.ts', import.meta.url))

test('stopped in the middle and started again, no picture is asked about twice', async () => {
  const describing = await startDescribing({ pictures: 20, server: { latencyMs: 150 } })
  const { server, run } = describing
  const runId = await run()
  for (const enough of [3, 9]) {
    await vi.waitUntil(() => server.answers.count >= enough, { timeout: 30_000 })
    await describing.app.stop()
    expect(server.answers.count).toBeLessThan(20)
    // What was sent was waited for, what was not was given up.
    expect(server.asked.filter(({ path }) => path === '/v1/responses')).toHaveLength(server.answers.count)
    await describing.startAgain()
  }
  const ended = await untilRun(describing.app, runId, 'completed')
  expect(countsOfRun(ended)).toEqual({ total: 20, done: 20, reused: 0, failed: 0 })
  expect(server.answers.count).toBe(20)
  expect(server.answers.paidTwice()).toEqual([])
  const charged = query(describing.app, 'SELECT count(*) AS count FROM charges WHERE usd > 0')
  expect(charged).toEqual([{ count: 20 }])
})

test('a pause stops at once what was not sent, and what was sent is kept', async () => {
  const { app, server, run } = await startDescribing({ pictures: 20, server: { latencyMs: 150 } })
  const runId = await run()
  await vi.waitUntil(() => server.answers.count >= 3, { timeout: 30_000 })
  await app.handlers['analysis.pause']({ runId })
  // Also what was on its way to the server as it was paused.
  const asked = () => server.asked.filter(({ path }) => path === '/v1/responses').length
  const isKept = () => app.library.analysis.runs.get(runId)?.done === asked() && server.answers.count === asked()
  await vi.waitUntil(isKept, { timeout: 30_000 })
  expect(await runOf(app, runId)).toMatchObject({ state: 'paused', message: null })
  expect(asked()).toBeLessThan(20)
  await app.handlers['analysis.resume']({ runId })
  expect(countsOfRun(await untilRun(app, runId, 'completed'))).toMatchObject({ done: 20 })
  expect(server.answers.count).toBe(20)
})

test('cancelled, a run keeps what was described, and another takes up the rest', async () => {
  const { app, server, run } = await startDescribing({ pictures: 12, server: { latencyMs: 150 } })
  const runId = await run()
  await vi.waitUntil(() => server.answers.count >= 2, { timeout: 30_000 })
  await app.handlers['analysis.cancel']({ runId })
  expect(await runOf(app, runId)).toMatchObject({ state: 'cancelled' })
  const other = (await app.handlers['analysis.run']({ chosen: { isUndescribed: true } })).runId
  await untilRun(app, other, 'completed')
  expect(await app.handlers['analysis.overview']({})).toMatchObject({ described: 12, undescribed: 0 })
  expect(server.answers.paidTwice()).toEqual([])
})

test('80 pictures imported and described as they come: killed again and again, none is paid twice', async () => {
  const server = await startOpenAiServer({ latencyMs: 100 })
  onTestFinished(() => server.close())
  const count = 80
  const names = Array.from({ length: count }, (_, i) => [`${i}.png`, i + 1] as const)
  const folder = await makePictures(Object.fromEntries(names))
  const libraryFolder = join(await makeTempFolder('killed'), 'Library')
  const given = { libraryFolder, openAiUrl: server.url, key: server.key, model: testModel }
  let recorded = 0
  let answered = 0
  for (const enough of [10, 25, 50]) {
    const spec = enough === 10 ? { ...given, folder } : given
    const child = fork(childEntry, [JSON.stringify(spec)], { stdio: 'inherit' })
    const gone = once(child, 'exit')
    await vi.waitUntil(() => server.answers.count >= enough || child.exitCode !== null, { timeout: 60_000 })
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    await gone
    // What was asked just before is answered still, or finds nobody.
    for (answered = -1; answered !== server.answers.count; await delay(300)) answered = server.answers.count
    recorded = ask<{ count: number }>(libraryFolder, 'SELECT count(*) AS count FROM answers')[0]?.count ?? 0
    expect(recorded).toBeGreaterThan(0)
  }
  expect(recorded).toBeLessThan(count)
  const openSecrets = async () => ({ store: createMemoryStore(), notice: null })
  const google = { environment: { OPENAI_API_KEY: server.key }, openBrowser: async () => {}, openSecrets }
  const app = await startApp({ libraryFolder, google, analysis: { openAiUrl: server.url } })
  await vi.waitUntil(() => app.library.syncs.active().length === 0, { timeout: 60_000 })
  await passUntil(5_000, () => app.library.analysis.runs.active().length === 0)
  const overview = await app.handlers['analysis.overview']({})
  expect(overview).toMatchObject({ described: count, undescribed: 0, failed: 0 })
  expect(overview.runs.reduce((sum, { done }) => sum + done, 0)).toBe(count)
  expect(overview.runs.every(({ kind, state }) => kind === 'automatic' && state === 'completed')).toBe(true)
  // An answer that nobody was there to write down is the one thing that can be lost: since the last kill, all that was
  // not written down was asked about once, and nothing else.
  expect(server.answers.count - answered).toBe(count - recorded)
  expect(server.answers.paidTwice().length).toBeLessThanOrEqual(answered - recorded)
  // And what may have been paid for it counts as spent.
  const [charges] = query(app, 'SELECT count(*) AS count FROM charges WHERE usd > 0')
  expect(charges?.count).toBeGreaterThanOrEqual(server.answers.count)
}, 180_000)
