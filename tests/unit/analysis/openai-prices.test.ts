import { afterAll, beforeAll, expect, test } from 'vitest'
import { createModelAnalyser, estimateCost, worstCaseCost } from '../../../src/main/analysis/index.ts'
import { imageTokens } from '../../../src/main/analysis/openai/image-tokens.ts'
import { batchPriceOf, costOf, priceOf } from '../../../src/main/analysis/openai/prices.ts'
import { aPicture, aSubject } from '../../contract/analyser.contract.ts'
import { aModel, aRecipe, defaultPrompt } from '../../support/model.ts'
import { type OpenAiServer, startOpenAiServer } from '../../support/openai-server/index.ts'

let server: OpenAiServer
beforeAll(async () => {
  server = await startOpenAiServer()
})
afterAll(() => server.close())

test.each([
  // Worked examples of https://developers.openai.com/api/docs/guides/images-vision, of 2026 …
  ['gpt-5.4', 'high', 1024, 1024, 1229],
  ['gpt-5.4', 'high', 2048, 2048, 3000],
  // … and of its edition of 2025, whose example of 1800 × 2400 is 1,452 patches.
  ['gpt-4.1-nano', 'high', 1024, 1024, Math.ceil(1024 * 2.46)],
  ['gpt-4.1-nano', 'high', 1800, 2400, Math.ceil(1452 * 2.46)],
  ['gpt-4o', 'high', 1024, 1024, 765],
  ['gpt-4o', 'high', 2048, 4096, 1105],
  ['gpt-4o', 'low', 4096, 8192, 85],
  ['gpt-4o-mini', 'low', 4096, 8192, 2833],
  ['gpt-4o-mini', 'auto', 1024, 1024, 2833 + 4 * 5667],
  ['gpt-5.1', 'high', 1024, 1024, 70 + 4 * 140],
  // As people measured them at the API: https://community.openai.com/t/1344040.
  ['gpt-5-mini', 'high', 256, 256, 77],
  ['gpt-5-mini', 'high', 512, 512, 308],
  ['gpt-5-mini', 'high', 768, 1024, 922],
  ['gpt-5-mini', 'high', 1280, 720, 1104],
  ['gpt-5-mini', 'high', 2048, 768, 1844],
  ['gpt-5-nano', 'high', 2048, 768, 2304],
  // Low detail is 512 pixels for these, and no less than high for those.
  ['gpt-5.6-luna', 'low', 1536, 1024, Math.ceil(16 * 11 * 1.2)],
  ['gpt-5.6-luna', 'auto', 1536, 1024, Math.ceil(48 * 32 * 1.2)],
  ['gpt-5.4-nano', 'low', 1536, 1024, Math.ceil(48 * 32 * 1.2)],
  ['gpt-4.1-mini-2025-04-14', 'low', 1, 1, 2],
] as const)('counts a picture for %s in %s detail, %i × %i, as %i tokens', (model, detail, width, height, tokens) => {
  expect(imageTokens(model, detail, { width, height })).toBe(tokens)
})

test('counts the frames of a video beside its poster', () => {
  const question = { model: 'gpt-5.4', detail: 'high', prompt: 'Describe it.' } as const
  const size = { width: 3840, height: 2160 }
  const more = (frames: number) =>
    worstCaseCost({ ...question, size, frames }).inputTokens - worstCaseCost({ ...question, size }).inputTokens
  expect(more(3)).toBe(3 * imageTokens('gpt-5.4', 'high', { width: 1024, height: 576 }))
  const estimated = (frames: number) => estimateCost({ ...question, pictures: 2, frames }).inputTokens
  expect(estimated(6) - estimated(0)).toBe(6 * imageTokens('gpt-5.4', 'high', { width: 1024, height: 683 }))
})

test('counts no picture as more than its budget, whatever its shape', () => {
  for (let side = 1; side < 9000; side += 37) {
    for (const other of [1, 500, 1536, 7000]) {
      const size = { width: side, height: other }
      expect(imageTokens('gpt-5-mini', 'high', size)).toBeLessThanOrEqual(Math.ceil(1536 * 1.2))
      expect(imageTokens('gpt-5.4', 'high', size)).toBeLessThanOrEqual(3000)
    }
  }
})

test('charges cached input less, and what is cached newly more where OpenAI does', () => {
  const tokens = { inputTokens: 1000, cachedTokens: 400, cacheWriteTokens: 0, outputTokens: 100 }
  expect(costOf({ input: 1, cachedInput: 0.1, output: 8 }, tokens)).toBeCloseTo((600 + 40 + 800) / 1e6, 12)
  const written = { ...tokens, cachedTokens: 0, cacheWriteTokens: 500 }
  expect(costOf({ input: 1, cachedInput: 0.1, output: 8, cacheWrite: 1.25 }, written)).toBeCloseTo(
    (500 + 625 + 800) / 1e6,
    12,
  )
})

test('knows prices of OpenAI alone, takes an own one, and charges nothing for this computer', () => {
  const chat = { protocol: 'chat' } as const
  expect(priceOf({ baseUrl: null, model: 'gpt-4o-mini-2024-07-18' })).toEqual({
    input: 0.15,
    cachedInput: 0.075,
    output: 0.6,
  })
  expect(batchPriceOf({ baseUrl: null, model: 'gpt-4o-mini' })).toEqual({
    input: 0.075,
    cachedInput: 0.0375,
    output: 0.3,
  })
  expect(priceOf({ baseUrl: null, model: 'gpt-99' })).toBeNull()
  expect(priceOf({ ...chat, baseUrl: 'https://models.example/v1', model: 'gpt-4o-mini' })).toBeNull()
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    expect(priceOf({ ...chat, baseUrl: `http://${host}:11434/v1`, model: 'llava' })).toMatchObject({
      input: 0,
      output: 0,
    })
  }
  const ownPrice = { input: 3, cachedInput: 3, output: 9 }
  expect(priceOf({ ...chat, baseUrl: 'https://models.example/v1', model: 'x', ownPrice })).toBe(ownPrice)
})

const question = { model: 'gpt-5-mini', detail: 'high', prompt: defaultPrompt } as const

test('estimates a run from how many pictures there are, or from their sizes', () => {
  const one = estimateCost({ ...question, pictures: 1 })
  const thousand = estimateCost({ ...question, pictures: 1000 })
  expect(thousand.inputTokens).toBe(one.inputTokens * 1000)
  expect(thousand.usd).toBeCloseTo((thousand.inputTokens * 0.25 + thousand.outputTokens * 2) / 1e6, 9)
  // 6000 × 4000 is sent as 1536 × 1024, which is what a number alone counts as.
  expect(estimateCost({ ...question, pictures: [{ width: 6000, height: 4000 }] })).toEqual(one)
  expect(estimateCost({ ...question, pictures: [{ width: 64, height: 64 }] }).inputTokens).toBeLessThan(one.inputTokens)
  expect(estimateCost({ ...question, pictures: 1000, isBatch: true }).usd).toBeCloseTo((thousand.usd ?? 0) / 2, 9)
  expect(estimateCost({ ...question, pictures: 0 })).toEqual({ usd: 0, inputTokens: 0, outputTokens: 0 })
  expect(estimateCost({ ...question, model: 'gpt-99', pictures: 5 }).usd).toBeNull()
})

test('reserves for one picture no less than it costs, however much is sent and said', async () => {
  const prompt = `${'ö'.repeat(3000)} {{filename}} {{folders}} {{title}} {{caption}} {{keywords}} {{taken}} {{size}} {{media}}`
  const many = Array.from({ length: 200 }, (_, index) => `${'漢'.repeat(50)} ${index}`)
  const vocabulary = { media: many, series: many, subjects: many }
  const model = aModel(server, { recipe: aRecipe({ prompt, vocabulary, language: '漢'.repeat(99) }), detail: 'high' })
  const long = '🎨'.repeat(2000)
  const facts = {
    filename: long,
    folders: Array(20).fill(long),
    title: long,
    caption: long,
    keywords: Array(99).fill(long),
  }
  await createModelAnalyser(model).analyse(aSubject({ ...facts, picture: await aPicture() }))
  const asked = server.asked.at(-1)
  if (!asked) throw new Error('Nothing was asked.')
  const { text, instructions, input } = asked.body as {
    text: object
    instructions: string
    input: [{ content: object[] }]
  }
  const bytes = Buffer.byteLength(instructions + JSON.stringify([text, input[0].content[0]]))
  const worst = worstCaseCost({ ...model, prompt, vocabulary })
  expect(worst.inputTokens).toBeGreaterThan(
    bytes + imageTokens('gpt-5-mini', 'high', { width: 1536, height: 1536 }) - 200,
  )
  expect(worst.outputTokens).toBe(asked.maxOutputTokens)
  expect(worst.usd).toBeCloseTo((worst.inputTokens * 0.25 + worst.outputTokens * 2) / 1e6, 9)
})

test('reserves what caching may cost on top', () => {
  const { usd, inputTokens, outputTokens } = worstCaseCost({ ...question, model: 'gpt-5.6-luna' })
  expect(usd).toBeCloseTo((inputTokens * 0.25 + outputTokens * 1.2) / 1e6, 9)
  expect(worstCaseCost({ ...question, isBatch: true }).usd).toBeCloseTo((worstCaseCost(question).usd ?? 0) / 2, 9)
})
