import { expect, test } from 'vitest'
import { detailOf } from '../support/app.ts'
import { countsOfRun, passSleep, startDescribing, untilRun } from '../support/describing.ts'
import { faults, type OpenAiServer } from '../support/openai-server/index.ts'

/** Always the same picture, whichever comes first. */
function onePicture() {
  let sha256: string | undefined
  return ({ picture }: { picture?: { sha256: string } }) => {
    sha256 ??= picture?.sha256
    return picture?.sha256 === sha256
  }
}

/** Requests that were answered or not: how often a model was asked. */
const askedOf = (server: OpenAiServer) => server.asked.filter(({ path }) => path === '/v1/responses').length

test.each([
  ['refused', faults.refusal(), 1],
  ['filtered', faults.filtered(), 1],
  ['filtered', faults.pictureAgainstPolicy(), 1],
  ['bad-request', faults.pictureUnreadable(), 1],
  ['incomplete', faults.cutShort(), 2],
  ['invalid', faults.brokenJson(), 2],
  ['invalid', faults.wrongShape(), 2],
] as const)(
  'a picture that ends %s is told so, apart from its own state, and can be retried alone',
  async (code, fault, asks) => {
    const { app, server, mediaIds, run } = await startDescribing({ pictures: 3 })
    server.failNext(fault, { times: asks, when: onePicture() })
    const ended = await untilRun(app, await run(), 'completed')
    expect(countsOfRun(ended)).toEqual({ total: 3, done: 2, reused: 0, failed: 1 })
    expect(askedOf(server)).toBe(2 + asks)
    const details = await Promise.all(mediaIds.map(id => detailOf(app, id)))
    const failed = details.find(({ analysis }) => analysis?.failure)
    expect(failed).toMatchObject({ status: 'completed', failure: null, analysis: { analyser: 'openai', result: null } })
    expect(failed?.analysis?.failure).toMatch(/\.$/)
    // What the built-in analyser said is shown still.
    expect(failed?.description).toBeTruthy()
    const row = app.library.analysis.tasks.get(ended.id, failed?.id ?? 0)
    expect(row).toMatchObject({ state: 'failed', failureCode: code })
    expect(await app.handlers['analysis.overview']({})).toMatchObject({ described: 2, failed: 1, undescribed: 0 })

    expect(await app.handlers['analysis.retry']({ runId: ended.id })).toEqual({ count: 1 })
    const again = await untilRun(app, ended.id, 'completed')
    expect(countsOfRun(again)).toEqual({ total: 3, done: 3, reused: 0, failed: 0 })
    expect((await detailOf(app, failed?.id ?? 0)).analysis?.failure).toBeNull()
    expect(await app.handlers['analysis.overview']({})).toMatchObject({ described: 3, failed: 0, undescribed: 0 })
    expect(server.answers.paidTwice().length).toBeLessThanOrEqual(asks)
  },
)

test('an answer that cannot be used is asked for once more by itself', async () => {
  const { app, server, run } = await startDescribing({ pictures: 2 })
  server.failNext(faults.cutShort())
  expect(countsOfRun(await untilRun(app, await run(), 'completed'))).toMatchObject({ done: 2, failed: 0 })
  expect(askedOf(server)).toBe(3)
})

test('a failure takes nothing back that was said of the picture before', async () => {
  const { app, server, mediaIds, run } = await startDescribing({ pictures: 1 })
  await untilRun(app, await run(), 'completed')
  const before = await detailOf(app, mediaIds[0] as number)
  const { id: promptId } = await app.handlers['prompt.save']({ name: 'Other', text: 'Describe it otherwise.' })
  server.failNext(faults.refusal())
  await untilRun(app, await run({ promptId }), 'completed')
  const after = await detailOf(app, mediaIds[0] as number)
  expect(after).toMatchObject({ description: before.description, tags: before.tags })
  expect(after.analysis).toMatchObject({ result: before.analysis?.result, failure: expect.stringMatching(/\.$/) })
})

test.each([
  ['no credit', faults.noCredit(), /credit/i],
  ['access that is denied', faults.denied(), /./],
  ['a model that is not there', faults.noAccessToModel('gpt-5-mini'), /model/i],
] as const)('%s pauses the run and says so; it goes on where it was', async (_, fault, sentence) => {
  const { app, server, run } = await startDescribing({ pictures: 4 })
  server.failNext(fault, { times: 64 })
  const paused = await untilRun(app, await run(), 'paused')
  expect(paused.message).toMatch(sentence)
  expect(countsOfRun(paused)).toEqual({ total: 4, done: 0, reused: 0, failed: 0 })
  expect(paused.spentUsd).toBe(0)
  const asked = askedOf(server)
  expect(asked).toBeLessThanOrEqual(4)
  server.failNoMore()
  await app.handlers['analysis.resume']({ runId: paused.id })
  expect(countsOfRun(await untilRun(app, paused.id, 'completed'))).toMatchObject({ done: 4, failed: 0 })
  expect(server.answers.count).toBe(4)
})

test('a wrong key pauses the run, and the right one lets it go on', async () => {
  const { app, server, set, run } = await startDescribing({ pictures: 2, apiKey: 'sk-wrong-0123456789abcdef' })
  const paused = await untilRun(app, await run(), 'paused')
  expect(paused.message).toMatch(/key/)
  expect(paused.message).not.toContain('0123456789')
  await set({}, server.key)
  await app.handlers['analysis.resume']({ runId: paused.id })
  expect(countsOfRun(await untilRun(app, paused.id, 'completed'))).toMatchObject({ done: 2 })
})

test('without a network the run waits, longer each time, and goes on by itself', async () => {
  const { app, server, run } = await startDescribing({ pictures: 2 })
  await server.close()
  const runId = await run()
  const waiting = await untilRun(app, runId, 'waiting')
  expect(waiting.message).toMatch(/tries again by itself/)
  for (const ms of [10_000, 20_000, 40_000]) await passSleep(ms)
  await passSleep(80_000, () => server.reopen())
  const ended = await untilRun(app, runId, 'completed')
  expect(countsOfRun(ended)).toEqual({ total: 2, done: 2, reused: 0, failed: 0 })
  expect(ended.message).toBeNull()
})

test('a server that fails now and then holds nothing up', async () => {
  const { app, server, run } = await startDescribing({ pictures: 6 })
  server.failNext(faults.serverError(503), { times: 2 })
  server.failNext(faults.rateLimited(50), { times: 2 })
  expect(countsOfRun(await untilRun(app, await run(), 'completed'))).toMatchObject({ done: 6, failed: 0 })
  expect(server.answers.paidTwice()).toEqual([])
})

test('a picture on which the server fails again and again is at fault itself', async () => {
  const { app, server, mediaIds, run } = await startDescribing({ pictures: 3 })
  server.failNext(faults.serverError(), { times: 100, when: onePicture() })
  const runId = await run()
  const { failed, done } = await untilRun(app, runId, 'completed')
  expect({ failed, done }).toEqual({ failed: 1, done: 2 })
  expect(
    app.library.analysis.tasks.get(runId, mediaIds.find(id => app.library.analysis.tasks.get(runId, id)?.failure) ?? 0),
  ).toMatchObject({ failureCode: 'server' })
})
