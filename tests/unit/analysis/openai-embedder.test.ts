import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createEmbedder, createPacer, type EmbedderConfig } from '../../../src/main/analysis/index.ts'
import { faults, type OpenAiServer, startOpenAiServer } from '../../support/openai-server/index.ts'

let server: OpenAiServer
beforeAll(async () => {
  server = await startOpenAiServer()
})
beforeEach(() => {
  server.asked.length = 0
})
afterEach(() => server.failNoMore())
afterAll(() => server.close())

const model = 'text-embedding-3-small'
const embedderOf = (more: Partial<EmbedderConfig> = {}) =>
  createEmbedder({ baseUrl: server.url, apiKey: server.key, model, dimensions: 256, ...more })

const length = (vector: Float32Array | undefined) => Math.hypot(...(vector ?? []))
const likeness = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  (a ?? new Float32Array()).reduce((sum, number, place) => sum + number * (b?.[place] ?? 0), 0)

test('gives one vector of length 1 a text, in their order', async () => {
  const texts = ['a harbour at night', 'a red tulip', 'a harbour at night']
  const { vectors, usage } = await embedderOf().embed(texts)
  expect(vectors).toHaveLength(3)
  for (const vector of vectors) {
    expect(vector).toHaveLength(256)
    expect(length(vector)).toBeCloseTo(1, 5)
  }
  expect(likeness(vectors[0], vectors[2])).toBeCloseTo(1, 5)
  expect(likeness(vectors[0], vectors[1])).toBeLessThan(0.99)
  expect(usage).toMatchObject({ model, outputTokens: 0, costUsd: 0 })
  expect(usage.inputTokens).toBeGreaterThan(0)
  const [alone] = (await embedderOf().embed(['a red tulip'])).vectors
  expect(likeness(vectors[1], alone)).toBeCloseTo(1, 5)
})

test('asks for 256 texts at most at a time, and adds up what that costs', async () => {
  const texts = Array.from({ length: 600 }, (_, index) => `description ${index}`)
  const ownPrice = { input: 2, cachedInput: 2, output: 0 }
  const { vectors, usage } = await embedderOf({ ownPrice, pacer: createPacer() }).embed(texts)
  expect(vectors).toHaveLength(600)
  expect(server.asked.map(({ texts: sent }) => sent.length)).toEqual([256, 256, 88])
  expect(usage.costUsd).toBeCloseTo((usage.inputTokens * 2) / 1e6, 12)
})

test('asks for little at a time where texts are long', async () => {
  await embedderOf().embed(Array(256).fill('漢'.repeat(2000)))
  expect(server.asked.length).toBeGreaterThan(1)
  for (const { texts } of server.asked) expect(Buffer.byteLength(texts.join(''))).toBeLessThanOrEqual(250_000)
})

test('takes an empty text, and asks nothing for none', async () => {
  expect((await embedderOf().embed([' \u200B '])).vectors).toHaveLength(1)
  server.asked.length = 0
  expect(await embedderOf().embed([])).toMatchObject({ vectors: [], usage: { inputTokens: 0, costUsd: 0 } })
  expect(server.asked).toEqual([])
})

test('leaves the length to the model where it is not told', async () => {
  const [vector] = (await embedderOf({ dimensions: null }).embed(['sea'])).vectors
  expect(vector?.length).toBe(1536)
  expect(server.asked[0]?.body).not.toHaveProperty('dimensions')
})

test.each([
  ['no credit', faults.noCredit(), 'no-credit'],
  ['a limit', faults.rateLimited(5), 'rate-limited'],
  ['an error', faults.serverError(), 'server'],
  ['a page', faults.page(200), 'bad-endpoint'],
  ['a break', faults.drop(), 'unreachable'],
] as const)('fails as an analysis does: %s', async (_, fault, code) => {
  server.failNext(fault)
  await expect(embedderOf().embed(['sea'])).rejects.toMatchObject({ name: 'AnalysisFailed', code, usage: null })
})

test('says what was paid before it failed', async () => {
  const texts = Array.from({ length: 300 }, (_, index) => `description ${index}`)
  server.failNext(faults.serverError(), { when: ({ texts: sent }) => sent.length === 44 })
  const failure = await embedderOf({ ownPrice: { input: 1, cachedInput: 1, output: 0 } })
    .embed(texts)
    .catch((cause: unknown) => cause)
  expect(failure).toMatchObject({ code: 'server', usage: { model, costUsd: expect.any(Number) } })
  expect((failure as { usage: { inputTokens: number } }).usage.inputTokens).toBeGreaterThan(256)
})

test('says that a model or a key is wrong', async () => {
  await expect(embedderOf({ model: 'nothing' }).embed(['sea'])).rejects.toMatchObject({ code: 'no-model' })
  await expect(embedderOf({ apiKey: 'sk-wrong' }).embed(['sea'])).rejects.toMatchObject({ code: 'bad-key' })
  expect(() => embedderOf({ baseUrl: 'ftp://host' })).toThrow(expect.objectContaining({ code: 'bad-endpoint' }))
})

/** A server that gives these as vectors of whatever it is asked. */
async function serverOf(data: { index: number; embedding: number[] | string }[]) {
  const other = createServer((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'list', data, model: 'own', usage: { prompt_tokens: 7, total_tokens: 7 } }))
  })
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    other.close()
  })
  const { port } = other.address() as AddressInfo
  return embedderOf({ baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: null, model: 'own', dimensions: 2 })
}

test('puts vectors into order and to length 1, as numbers or as bytes', async () => {
  const bytes = Buffer.from(new Float32Array([0, -0.5]).buffer).toString('base64')
  const embedder = await serverOf([
    { index: 1, embedding: bytes },
    { index: 0, embedding: [3, 4] },
  ])
  const { vectors, usage } = await embedder.embed(['a', 'b'])
  expect(vectors).toEqual([new Float32Array([0.6, 0.8]), new Float32Array([0, -1])])
  expect(usage).toMatchObject({ model: 'own', inputTokens: 7 })
})

test.each([
  ['too few', [{ index: 0, embedding: [1, 2] }]],
  ['one twice', [0, 0].map(index => ({ index, embedding: [1, 2] }))],
  ['another length', [0, 1].map(index => ({ index, embedding: [1, 2, 3] }))],
  ['nothing but zeros', [0, 1].map(index => ({ index, embedding: [0, 0] }))],
])('refuses vectors that cannot be used, and says what they cost: %s', async (_, data) => {
  const embedder = await serverOf(data)
  await expect(embedder.embed(['a', 'b'])).rejects.toMatchObject({ code: 'invalid', usage: { inputTokens: 7 } })
})
