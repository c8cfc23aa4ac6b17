import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type AnalysisFailed,
  type BatchConfig,
  type BatchResult,
  createBatchLane,
} from '../../../src/main/analysis/index.ts'
import type { BatchItem } from '../../../src/main/analysis/openai/batch-lines.ts'
import { createModelAnalyser } from '../../../src/main/analysis/openai/model-analyser.ts'
import { aPicture, aSubject } from '../../contract/analyser.contract.ts'
import { aModel } from '../../support/model.ts'
import { faults, type OpenAiServer, startOpenAiServer } from '../../support/openai-server/index.ts'

let server: OpenAiServer
let temporaryFolder: string
let items: BatchItem[]
beforeAll(async () => {
  temporaryFolder = mkdtempSync(join(tmpdir(), 'batch-test-'))
  const colours = ['#102030', '#a03020', '#20a040', '#d0d0d0', '#000000', '#ffffff']
  items = await Promise.all(
    colours.map(async (colour, index) => ({
      customId: `media-${index}`,
      subject: aSubject({ picture: await aPicture(colour) }),
    })),
  )
})
beforeEach(async () => {
  server = await startOpenAiServer()
})
afterEach(async () => {
  await server.close()
  expect(readdirSync(temporaryFolder), 'files left behind').toEqual([])
})
afterAll(() => rmSync(temporaryFolder, { recursive: true }))

const configOf = (more: Partial<BatchConfig> = {}): BatchConfig => ({ ...aModel(server), temporaryFolder, ...more })
const laneOf = (more: Partial<BatchConfig> = {}) => createBatchLane(configOf(more))

async function all(results: AsyncIterable<BatchResult>): Promise<Map<string, BatchResult>> {
  const found: BatchResult[] = []
  for await (const result of results) found.push(result)
  expect(new Set(found.map(({ customId }) => customId)).size).toBe(found.length)
  return new Map(found.map(result => [result.customId, result]))
}

const failuresIn = (results: Map<string, BatchResult>) =>
  Object.fromEntries([...results].flatMap(([id, { failure }]) => (failure ? [[id, failure.code]] : [])))

test.each(['responses', 'chat'] as const)(
  'answers over %s as the live lane does, at half the price',
  async protocol => {
    const lane = laneOf({ protocol, ownPrice: { input: 1, cachedInput: 1, output: 1 } })
    const { batchId, taken } = await lane.submit(items, 'sync-1')
    expect(taken).toBe(6)
    expect(await lane.poll(batchId)).toEqual({ state: 'working', done: 0, total: 0 })
    await server.runBatches()
    expect(await lane.poll(batchId)).toEqual({ state: 'done', done: 6, total: 6 })
    const results = await all(lane.results(batchId))
    expect([...results.keys()].toSorted()).toEqual(items.map(({ customId }) => customId))

    const live = createModelAnalyser(configOf({ protocol, ownPrice: { input: 1, cachedInput: 1, output: 1 } }))
    for (const { customId, subject } of items) {
      const answered = await live.analyse(subject)
      const { analysis } = results.get(customId) ?? {}
      expect(analysis?.result).toEqual(answered.result)
      expect(analysis?.tags).toEqual(answered.tags)
      const { costUsd, inputTokens, outputTokens } = analysis?.usage ?? { inputTokens: 0, outputTokens: 0 }
      expect(costUsd).toBeCloseTo((inputTokens + outputTokens) / 2e6, 12)
      expect(answered.usage?.costUsd).toBeCloseTo((inputTokens + outputTokens) / 1e6, 12)
    }
    const bodies = server.asked.filter(({ path }) => path.startsWith('/v1/responses') || path.startsWith('/v1/chat'))
    expect(server.batches.lines.map(({ body }) => body)).toEqual(bodies.map(({ body }) => body))
  },
)

test('takes as many as fit, and leaves no request in a file twice or cut', async () => {
  const byCount = await laneOf({ limits: { requests: 4 } }).submit(items, 'a')
  expect(byCount.taken).toBe(4)
  const lineBytes = server.files.content(server.files.ids[0] ?? '').length / 4
  const bySize = await laneOf({ limits: { bytes: Math.ceil(lineBytes * 2.5) } }).submit(items, 'b')
  expect(bySize.taken).toBe(2)
  const content = server.files.content(server.files.ids[1] ?? '').toString()
  expect(
    content
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).custom_id),
  ).toEqual(['media-0', 'media-1'])
})

test('reads its pictures one after another', async () => {
  let given = 0
  async function* reading() {
    for (const item of items) {
      given++
      yield item
    }
  }
  expect(await laneOf({ limits: { requests: 3 } }).submit(reading(), 'a')).toMatchObject({ taken: 3 })
  expect(given).toBe(4)
})

test('sends nothing when there is nothing to send, or a picture is missing', async () => {
  await expect(laneOf().submit([], 'a')).rejects.toMatchObject({ code: 'bad-request' })
  const without = [{ customId: 'a', subject: aSubject() }]
  await expect(laneOf().submit(without, 'a')).rejects.toMatchObject({ code: 'bad-request' })
  expect(server.asked).toEqual([])
})

test('finds a batch again whose id was lost in a crash', async () => {
  const { batchId } = await laneOf().submit(items, 'sync-7 part 1')
  await laneOf().submit(items.slice(0, 1), 'sync-7 part 2')
  const lane = laneOf()
  expect(await lane.findByLabel('sync-7 part 1')).toBe(batchId)
  expect(await lane.findByLabel('sync-7')).toBeNull()
})

test('finds a label behind many others', async () => {
  const lane = laneOf()
  const { batchId } = await lane.submit(items.slice(0, 1), 'first')
  for (let count = 0; count < 130; count++) await lane.submit(items.slice(0, 1), `other ${count}`)
  expect(await lane.findByLabel('first')).toBe(batchId)
})

test('leaves no file at OpenAI when the batch cannot be made', async () => {
  server.failNext(faults.noCredit(), { when: ({ path }) => path === '/v1/batches' })
  await expect(laneOf().submit(items, 'a')).rejects.toMatchObject({ code: 'no-credit' })
  expect(server.files.ids).toEqual([])
})

test('gives every line its own outcome', async () => {
  const lane = laneOf()
  const { batchId } = await lane.submit(items, 'a')
  server.failNext(faults.refusal(), { when: ({ customId }) => customId === 'media-1' })
  server.failNext(faults.cutShort(), { when: ({ customId }) => customId === 'media-2' })
  server.failNext(faults.brokenJson(), { when: ({ customId }) => customId === 'media-3' })
  server.failNext(faults.pictureUnreadable(), { when: ({ customId }) => customId === 'media-4' })
  await server.runBatches({ failLines: customId => customId === 'media-5' })
  expect(await lane.poll(batchId)).toEqual({ state: 'done', done: 6, total: 6 })
  const results = await all(lane.results(batchId))
  expect(failuresIn(results)).toEqual({
    'media-1': 'refused',
    'media-2': 'incomplete',
    'media-3': 'invalid',
    'media-4': 'bad-request',
    'media-5': 'server',
  })
  expect(results.get('media-0')?.analysis).toBeDefined()
  expect(results.get('media-1')?.failure?.usage?.costUsd).toBeGreaterThan(0)
  expect(results.get('media-5')?.failure?.usage).toBeNull()
})

test('keeps what was done when the day is over', async () => {
  const lane = laneOf()
  const { batchId } = await lane.submit(items, 'a')
  await server.runBatches({ expireAfter: 4 })
  expect(await lane.poll(batchId)).toMatchObject({ state: 'expired', total: 6, message: expect.stringMatching(/\.$/) })
  const results = await all(lane.results(batchId))
  expect(results.size).toBe(6)
  expect(failuresIn(results)).toEqual({ 'media-4': 'timeout', 'media-5': 'timeout' })
})

test('keeps what was done when it is cancelled, and cancels twice without harm', async () => {
  const lane = laneOf()
  const { batchId } = await lane.submit(items, 'a')
  await server.batches.advance(batchId)
  await lane.cancel(batchId)
  expect(await lane.poll(batchId)).toMatchObject({ state: 'working' })
  await server.runBatches({ expireAfter: 2 })
  expect(await lane.poll(batchId)).toMatchObject({ state: 'cancelled', done: 2, total: 6 })
  await expect(lane.cancel(batchId)).resolves.toBeUndefined()
  expect((await all(lane.results(batchId))).size).toBe(2)
})

test('says why a batch as a whole was not taken', async () => {
  server.batches.limits.enqueuedTokensMax = 10
  const lane = laneOf()
  const { batchId } = await lane.submit(items, 'a')
  await server.runBatches()
  expect(await lane.poll(batchId)).toMatchObject({ state: 'failed', code: 'rate-limited', message: expect.any(String) })
  const twice = [...items.slice(0, 1), ...items.slice(0, 1)]
  const other = await lane.submit(twice, 'b')
  server.batches.limits.enqueuedTokensMax = Number.POSITIVE_INFINITY
  await server.runBatches()
  expect(await lane.poll(other.batchId)).toMatchObject({ state: 'failed', code: 'bad-request' })
  expect((await all(lane.results(other.batchId))).size).toBe(0)
})

test('says that a batch is gone', async () => {
  expect(await laneOf().poll('batch_nothing')).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('again'),
  })
  await expect(laneOf().discard('batch_nothing')).resolves.toBeUndefined()
})

test('tells an outage from an end, and reads the results again', async () => {
  const lane = laneOf()
  const { batchId } = await lane.submit(items, 'a')
  await server.runBatches()
  server.failNext(faults.serverError())
  await expect(lane.poll(batchId)).rejects.toMatchObject({ code: 'server' })
  server.failNext(faults.cut(), { when: ({ path }) => path.endsWith('/content') })
  const broken = await all(lane.results(batchId)).catch((cause: AnalysisFailed) => cause)
  expect(broken).toMatchObject({ name: 'AnalysisFailed', code: 'unreachable' })
  expect((await all(lane.results(batchId))).size).toBe(6)
})

test('lets go of the results when nobody wants the rest', async () => {
  const lane = laneOf()
  const { batchId } = await lane.submit(items, 'a')
  await server.runBatches()
  for await (const { customId } of lane.results(batchId)) {
    expect(customId).toMatch(/^media-/)
    break
  }
  expect((await all(lane.results(batchId))).size).toBe(6)
})

test('deletes pictures and answers at OpenAI', async () => {
  const lane = laneOf()
  const { batchId } = await lane.submit(items, 'a')
  await server.runBatches({ failLines: customId => customId === 'media-5' })
  expect(server.files.ids).toHaveLength(3)
  await lane.discard(batchId)
  expect(server.files.ids).toEqual([])
  await expect(lane.discard(batchId)).resolves.toBeUndefined()
})

test('stops sending when it is told to', async () => {
  server.failNext(faults.hang(), { when: ({ path }) => path === '/v1/files' })
  const cancelling = new AbortController()
  const sending = laneOf().submit(items, 'a', cancelling.signal)
  const failure = expect(sending).rejects.toMatchObject({ code: 'cancelled' })
  await expect.poll(() => server.asked.length).toBeGreaterThan(0)
  cancelling.abort()
  await failure
})
