import { expect, test } from 'vitest'
import { detailOf, query } from '../support/app.ts'
import { countsOfRun, type DescribingApp, passUntil, startDescribing, untilRun } from '../support/describing.ts'
import { faults } from '../support/openai-server/index.ts'

const minuteMs = 60_000

/** Runs everything that is at OpenAI to its end, until the run says how it ended. */
async function workOff(
  { app, server }: DescribingApp,
  runId: number,
  ...courses: Parameters<typeof server.runBatches>
) {
  await server.runBatches(...courses)
  const hasEnded = () =>
    ['completed', 'paused', 'cancelled'].includes(app.library.analysis.runs.get(runId)?.state ?? '')
  await passUntil(15 * minuteMs, hasEnded)
}

const sentOf = (app: DescribingApp['app'], runId: number) =>
  query(app, `SELECT count(*) AS sent FROM analysis_tasks WHERE run_id = ? AND state = 'sent'`, runId)[0]?.sent

test('a batch describes at half the price, and its pictures do not stay at OpenAI', async () => {
  const live = await startDescribing({ pictures: 4 })
  const { spentUsd } = await untilRun(live.app, await live.run(), 'completed')

  const batched = await startDescribing({ pictures: 4 })
  const { app, server, mediaIds, run } = batched
  const runId = await run({ usesBatch: true })
  const waiting = await untilRun(app, runId, 'waiting')
  expect(waiting).toMatchObject({ lane: 'batch', message: /within a day/, done: 0 })
  expect(sentOf(app, runId)).toBe(4)
  expect(server.batches.all).toHaveLength(1)
  // While it is on its way, the most it can cost is kept back.
  expect(app.library.analysis.runs.get(runId)?.reservedUsd).toBeGreaterThan(spentUsd / 2)
  await workOff(batched, runId)
  const ended = await untilRun(app, runId, 'completed')
  expect(countsOfRun(ended)).toEqual({ total: 4, done: 4, reused: 0, failed: 0 })
  expect(ended.spentUsd / spentUsd).toBeCloseTo(0.5, 1)
  expect(app.library.analysis.runs.get(runId)?.reservedUsd).toBeCloseTo(0, 9)
  expect((await detailOf(app, mediaIds[0] as number)).analysis).toMatchObject({ analyser: 'openai', failure: null })
  expect(server.asked.filter(({ path }) => path === '/v1/responses')).toHaveLength(0)
  await expect.poll(() => server.asked.filter(({ method }) => method === 'DELETE').length).toBeGreaterThan(0)
  // What is answered is not asked again, by whichever lane.
  expect(await untilRun(app, await run(), 'completed')).toMatchObject({ reused: 4, spentUsd: 0 })
})

test('stopped between sending a batch and knowing that it arrived, it is found again and not sent twice', async () => {
  const batched = await startDescribing({ pictures: 3 })
  const { server, run } = batched
  const runId = await run({ usesBatch: true })
  await untilRun(batched.app, runId, 'waiting')
  // As the database is when the program ends before OpenAI's answer comes.
  query(batched.app, `UPDATE analysis_batches SET state = 'sending', batch_id = NULL`)
  await batched.app.stop()
  await batched.startAgain()
  await workOff(batched, runId)
  expect(countsOfRun(await untilRun(batched.app, runId, 'completed'))).toMatchObject({ done: 3, failed: 0 })
  expect(server.batches.all).toHaveLength(1)
  expect(server.answers.paidTwice()).toEqual([])
})

test('stopped before a batch was sent, its pictures are sent by the next', async () => {
  const batched = await startDescribing({ pictures: 3 })
  const { server, run } = batched
  server.failNext(faults.serverError(), { when: ({ path, method }) => method === 'POST' && path === '/v1/batches' })
  const runId = await run({ usesBatch: true })
  expect((await untilRun(batched.app, runId, 'waiting')).message).toMatch(/again by itself/)
  expect(sentOf(batched.app, runId)).toBe(3)
  await batched.app.stop()
  await batched.startAgain()
  await expect.poll(() => server.batches.all.length, { timeout: 10_000 }).toBe(1)
  await workOff(batched, runId)
  expect(countsOfRun(await untilRun(batched.app, runId, 'completed'))).toMatchObject({ done: 3, failed: 0 })
})

test('answers that were recorded before a stop are not counted or paid again', async () => {
  const batched = await startDescribing({ pictures: 3 })
  const { server, run } = batched
  const runId = await run({ usesBatch: true })
  await untilRun(batched.app, runId, 'waiting')
  await server.runBatches()
  // Its files stay, as when the end comes before they are deleted.
  server.failNext(faults.serverError(), { times: 9, when: ({ method }) => method === 'DELETE' })
  await batched.app.stop()
  await batched.startAgain()
  const once = await untilRun(batched.app, runId, 'completed')
  await batched.app.stop()
  // As if it had ended in the middle of reading.
  await batched.startAgain()
  query(batched.app, `UPDATE analysis_batches SET state = 'working'`)
  query(batched.app, `UPDATE analysis_runs SET state = 'waiting' WHERE id = ?`, runId)
  await batched.app.handlers['analysis.resume']({ runId })
  const twice = await untilRun(batched.app, runId, 'completed')
  expect(twice.done).toBe(3)
  expect(twice.spentUsd).toBeCloseTo(once.spentUsd, 9)
})

test('lines that fail are sent once more, then fail with their reason; others are not held up', async () => {
  const batched = await startDescribing({ pictures: 4 })
  const { app, server, mediaIds, run } = batched
  const runId = await run({ usesBatch: true })
  await untilRun(app, runId, 'waiting')
  const bad = `${mediaIds[1]}.`
  const failLines = (customId: string) => customId.startsWith(bad)
  await server.runBatches({ failLines })
  await passUntil(15 * minuteMs, () => server.batches.all.length === 2)
  await expect.poll(() => sentOf(app, runId)).toBe(1)
  await workOff(batched, runId, { failLines })
  expect(countsOfRun(await untilRun(app, runId, 'completed'))).toEqual({ total: 4, done: 3, reused: 0, failed: 1 })
  expect(app.library.analysis.tasks.get(runId, mediaIds[1] as number)).toMatchObject({ failureCode: 'server' })
  expect(await app.handlers['analysis.retry']({ runId })).toEqual({ count: 1 })
  await untilRun(app, runId, 'waiting')
  await workOff(batched, runId)
  expect(countsOfRun(await untilRun(app, runId, 'completed'))).toMatchObject({ done: 4, failed: 0 })
})

test('what a batch did not get to within its day is sent again', async () => {
  const batched = await startDescribing({ pictures: 4 })
  const { app, server, run } = batched
  const runId = await run({ usesBatch: true })
  await untilRun(app, runId, 'waiting')
  await server.runBatches({ expireAfter: 2 })
  await passUntil(15 * minuteMs, () => server.batches.all.length === 2)
  await expect.poll(() => sentOf(app, runId)).toBe(2)
  await workOff(batched, runId)
  expect(countsOfRun(await untilRun(app, runId, 'completed'))).toMatchObject({ done: 4, failed: 0 })
  expect(server.answers.paidTwice()).toEqual([])
})

test('a refusal in a batch is a state of its picture', async () => {
  const batched = await startDescribing({ pictures: 2 })
  const { app, server, run } = batched
  server.failNext(faults.refusal(), { when: ({ isBatched }) => isBatched })
  const runId = await run({ usesBatch: true })
  await untilRun(app, runId, 'waiting')
  await workOff(batched, runId)
  expect(countsOfRun(await untilRun(app, runId, 'completed'))).toMatchObject({ done: 1, failed: 1 })
  expect(query(app, `SELECT failure_code AS code FROM analysis_tasks WHERE state = 'failed'`)).toEqual([
    { code: 'refused' },
  ])
})

test('cancelling a run cancels its batch at OpenAI, and what was done by then is kept', async () => {
  const { app, server, run } = await startDescribing({ pictures: 4 })
  const runId = await run({ usesBatch: true })
  await untilRun(app, runId, 'waiting')
  const [batch] = server.batches.all
  await server.batches.advance(batch?.id ?? '')
  await app.handlers['analysis.cancel']({ runId })
  await expect.poll(() => batch?.status, { timeout: 10_000 }).toBe('cancelling')
  await server.batches.advance(batch?.id ?? '', { expireAfter: 2 })
  await passUntil(15 * minuteMs, () => app.library.analysis.batches.open(runId).length === 0)
  expect(await untilRun(app, runId, 'cancelled')).toMatchObject({ done: 2, failed: 0 })
  expect(await untilRun(app, await run(), 'completed')).toMatchObject({ done: 4, reused: 2 })
  expect(server.answers.paidTwice()).toEqual([])
})

test('a batch holds no more than the caps let through', async () => {
  const { app, server, run } = await startDescribing({ pictures: 8 })
  const runId = await run({ usesBatch: true, capUsd: 0.03 })
  await untilRun(app, runId, 'waiting', 'paused')
  const row = app.library.analysis.runs.get(runId)
  expect((row?.spentUsd ?? 0) + (row?.reservedUsd ?? 0)).toBeLessThanOrEqual(0.03 + 1e-9)
  expect(row?.reservedUsd).toBeGreaterThan(0)
  const sent = sentOf(app, runId)
  expect(sent).toBeGreaterThan(0)
  expect(sent).toBeLessThan(8)
  expect(server.batches.all.length).toBeGreaterThan(0)
})
