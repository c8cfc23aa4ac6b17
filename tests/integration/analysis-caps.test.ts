import { expect, test } from 'vitest'
import { worstCaseCost } from '../../src/main/analysis/index.ts'
import { query } from '../support/app.ts'
import {
  countsOfRun,
  type DescribingApp,
  passUntil,
  startDescribing,
  testModel,
  untilRun,
} from '../support/describing.ts'

const hourMs = 60 * 60_000
const noon = new Date(2026, 10, 26, 12).getTime()

/** The most that one of these small pictures can cost. */
async function worstUsd({ app }: DescribingApp): Promise<number> {
  const { defaultText: prompt } = await app.handlers['prompts.list']({})
  const vocabulary = { media: [], series: [], subjects: [] }
  const size = { width: 48, height: 32 }
  return worstCaseCost({ baseUrl: null, model: testModel, detail: 'auto', prompt, vocabulary, size }).usd as number
}

/** What is kept back at any moment, and whether a sum was ever above a cap. */
function watchSums(app: DescribingApp['app']) {
  let most = 0
  app.library.changes.on('analysis', () => {
    const { spentUsd, reservedUsd } = app.library.analysis.charges.today(noon)
    most = Math.max(most, spentUsd + reservedUsd)
  })
  return () => most
}

test('the cap of a run holds while many pictures are asked about at once, and says so', async () => {
  const describing = await startDescribing({ pictures: 30, server: { latencyMs: 50 }, now: () => noon })
  const { app, server, run } = describing
  const most = watchSums(app)
  const capUsd = 2.3 * (await worstUsd(describing))
  const paused = await untilRun(app, await run({ capUsd }), 'paused')
  expect(paused.message).toMatch(/cap of this run, \$0\.0\d/)
  expect(paused.spentUsd).toBeGreaterThan(capUsd / 10)
  expect(most()).toBeLessThanOrEqual(capUsd + 1e-9)
  expect(most()).toBeGreaterThan(capUsd / 2)
  // Nothing more fits: what is left of the cap is less than one picture may cost.
  expect(capUsd - paused.spentUsd).toBeLessThan(await worstUsd(describing))
  expect(paused.done).toBeGreaterThan(4)
  expect(server.answers.count).toBe(paused.done)
  expect(query(app, 'SELECT round(reserved_usd, 9) AS kept FROM analysis_runs')).toEqual([{ kept: 0 }])
})

test('the cap of a day holds over all runs and trials, and the rest goes on the next day by itself', async () => {
  let now = noon
  const describing = await startDescribing({ pictures: 12, now: () => now })
  const { app, server, mediaIds, set, run } = describing
  const worst = await worstUsd(describing)
  const dayCapUsd = 1.3 * worst
  await set({ dayCapUsd })
  const runId = await run()
  const waiting = await untilRun(app, runId, 'waiting')
  expect(waiting.message).toMatch(/cap for a day/)
  const today = (await app.handlers['analysis.overview']({})).spentTodayUsd
  expect(today).toBeLessThanOrEqual(dayCapUsd)
  expect(waiting.done).toBeLessThan(12)
  const left = mediaIds.filter(id => app.library.analysis.tasks.get(runId, id)?.state === 'waiting')
  const { trials } = await app.handlers['analysis.trial']({ mediaIds: left.slice(0, 1) })
  expect(trials[0]).toMatchObject({ result: null, failure: { code: 'day-cap', message: /cap for a day/ } })

  const doneOf = () => app.library.analysis.runs.get(runId)?.done ?? 0
  let looks = 0
  await passUntil(hourMs, () => ++looks > 10)
  expect(doneOf()).toBe(waiting.done)
  for (let day = 1; doneOf() < 12; day++) {
    const before = doneOf()
    now = noon + day * 24 * hourMs
    await passUntil(hourMs, () => doneOf() > before)
    await untilRun(app, runId, 'waiting', 'completed')
    const { spentTodayUsd } = await app.handlers['analysis.overview']({})
    expect(spentTodayUsd).toBeLessThanOrEqual(dayCapUsd)
    expect(day).toBeLessThan(9)
  }
  expect(countsOfRun(await untilRun(app, runId, 'completed'))).toEqual({ total: 12, done: 12, reused: 0, failed: 0 })
  expect(server.answers.paidTwice()).toEqual([])
})

test('a raised cap lets what waits for it go on at once', async () => {
  const describing = await startDescribing({ pictures: 5, now: () => noon })
  const { app, set, run } = describing
  await set({ dayCapUsd: 1.1 * (await worstUsd(describing)) })
  const runId = await run()
  await untilRun(app, runId, 'waiting')
  await set({ dayCapUsd: 10 })
  expect(countsOfRun(await untilRun(app, runId, 'completed'))).toMatchObject({ done: 5 })
})

test('a cap that is less than one picture may cost asks to be raised', async () => {
  const describing = await startDescribing({ pictures: 2, settings: { dayCapUsd: 0.0001 } })
  const paused = await untilRun(describing.app, await describing.run(), 'paused')
  expect(paused.message).toMatch(/less than one picture/)
  expect(describing.server.answers.count).toBe(0)
})

test('without a known price no cap can hold: it asks for one, and begins with it', async () => {
  const model = 'a-model-of-tomorrow'
  const describing = await startDescribing({ pictures: 1, server: { models: [model] }, settings: { model } })
  const { app, mediaIds, set, run } = describing
  await set({ dayCapUsd: 5 })
  await expect(run()).rejects.toMatchObject({ code: 'conflict', message: /price/ })
  await expect(app.handlers['analysis.trial']({ mediaIds })).rejects.toMatchObject({ code: 'conflict' })
  expect(await app.handlers['analysis.estimate']({ chosen: { mediaIds } })).toMatchObject({
    usd: null,
    notice: /price/,
  })
  await set({ ownPrice: { input: 1, output: 4 } })
  const ended = await untilRun(app, await run(), 'completed')
  expect(ended.spentUsd).toBeGreaterThan(0)
})

test('without a price and without a cap it runs, counts nothing and says so before', async () => {
  const model = 'a-model-of-tomorrow'
  const { app, mediaIds, run } = await startDescribing({
    pictures: 1,
    server: { models: [model] },
    settings: { model },
  })
  const { notice } = await app.handlers['analysis.estimate']({ chosen: { mediaIds } })
  expect(notice).toMatch(/price/)
  expect(await untilRun(app, await run(), 'completed')).toMatchObject({ done: 1, spentUsd: 0 })
})

test('an estimate says which cap will stop it', async () => {
  const { app, mediaIds, set } = await startDescribing({ pictures: 2 })
  const noticeWith = async (caps: Parameters<typeof set>[0]) => {
    await set({ dayCapUsd: null, runCapUsd: null, ...caps })
    return (await app.handlers['analysis.estimate']({ chosen: { mediaIds } })).notice
  }
  expect(await noticeWith({})).toBeNull()
  expect(await noticeWith({ dayCapUsd: 0.0001 })).toMatch(/day/)
  expect(await noticeWith({ runCapUsd: 0.0001 })).toMatch(/run/)
})
