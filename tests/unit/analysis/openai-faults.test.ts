import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  type AnalysisFailed,
  type AnalysisSubject,
  createModelAnalyser,
  createPacer,
  listModels,
  type ModelConfig,
} from '../../../src/main/analysis/index.ts'
import { failureOf } from '../../../src/main/analysis/openai/failures.ts'
import { aPicture, aSubject } from '../../contract/analyser.contract.ts'
import { aModel, aRecipe } from '../../support/model.ts'
import { faults, type OpenAiServer, startOpenAiServer } from '../../support/openai-server/index.ts'

const key = 'sk-proj-Secret0123456789abcdefSecret'
let server: OpenAiServer
let subject: AnalysisSubject
beforeAll(async () => {
  server = await startOpenAiServer({ key })
  subject = aSubject({ picture: await aPicture() })
})
afterEach(() => server.failNoMore())
afterAll(() => server.close())

/** With words to choose from, so that a choice can be wrong. */
const recipe = aRecipe({ vocabulary: { media: ['oil'], series: [], subjects: ['sea', 'harbour'] } })
const config = (more: Partial<ModelConfig> = {}) => aModel(server, { recipe, ...more })

async function failureWith(more: Partial<ModelConfig> = {}, signal?: AbortSignal): Promise<AnalysisFailed> {
  const failure = await createModelAnalyser(config(more))
    .analyse(subject, signal)
    .then(
      () => null,
      (cause: AnalysisFailed) => cause,
    )
  if (failure === null) throw new Error('It did not fail.')
  expectNoKey(failure, more.apiKey ?? key)
  return failure
}

/** In no part of an error: message, stack, causes, properties, JSON. */
function expectNoKey(failure: unknown, secret: string): void {
  const parts = [inspect(failure, { depth: 20, showHidden: true, getters: true }), JSON.stringify(failure)]
  for (let error = failure as Error | undefined; error; error = error.cause as Error | undefined) {
    parts.push(error.message, error.stack ?? '', JSON.stringify(error, Object.getOwnPropertyNames(error)))
  }
  for (const text of parts) {
    expect(text).not.toContain(secret)
    expect(text).not.toMatch(/Authorization|Bearer/i)
    // Nor the ends of it.
    expect(text).not.toContain(secret.slice(0, 8))
    expect(text).not.toContain(secret.slice(-4))
  }
}

for (const protocol of ['responses', 'chat'] as const) {
  test.each([
    ['a model that refuses', faults.refusal(), 'refused', true],
    ['an answer that was cut', faults.cutShort(), 'incomplete', true],
    ['the filter of the provider', faults.filtered(), 'filtered', true],
    ['an answer that is no JSON', faults.brokenJson(), 'invalid', true],
    ['an answer of another shape', faults.wrongShape(), 'invalid', true],
    ['a word that is not in the list', faults.wrongEnum(), 'invalid', true],
    ['an empty answer', faults.empty(), 'invalid', true],
    ['no answer in the answer', faults.noOutput(), protocol === 'responses' ? 'invalid' : 'bad-endpoint', null],
    ['a picture it cannot read', faults.pictureUnreadable(), 'bad-request', false],
    ['a picture against the rules', faults.pictureAgainstPolicy(), 'filtered', false],
    ['no credit', faults.noCredit(), 'no-credit', false],
    ['a country that is not served', faults.denied(), 'denied', false],
    ['a model it may not use', faults.noAccessToModel('gpt-5-mini'), 'no-model', false],
    ['an error of the server', faults.serverError(), 'server', false],
    ['a server that is busy', faults.serverError(503), 'server', false],
    ['a page of a proxy that has no answer', faults.page(502), 'server', false],
    ['a page where an API should be', faults.page(404), 'bad-endpoint', false],
    ['a page that says all is well', faults.page(200), 'bad-endpoint', false],
    ['a connection that ends', faults.drop(), 'unreachable', false],
    ['an answer that breaks off', faults.cut(), 'unreachable', false],
  ] as const)(`over ${protocol}: %s`, async (_, fault, code, isPaid) => {
    server.failNext(fault)
    const failure = await failureWith({ protocol })
    expect(failure).toMatchObject({ name: 'AnalysisFailed', code })
    expect(failure.message).toMatch(/^[A-Z0-9].*\.$/)
    if (isPaid !== null)
      expect((failure.usage?.costUsd ?? 0) > 0 || failure.usage?.inputTokens !== undefined).toBe(isPaid)
  })
}

test('says what a paid failure cost', async () => {
  server.failNext(faults.refusal())
  const { usage } = await failureWith()
  expect(usage).toMatchObject({ model: 'gpt-5-mini-2025-08-07', cachedTokens: 0 })
  expect(usage?.costUsd).toBeCloseTo(((usage?.inputTokens ?? 0) * 0.25 + (usage?.outputTokens ?? 0) * 2) / 1e6, 12)
})

test('says how long the server asks to be left alone', async () => {
  server.failNext(faults.rateLimited(1234))
  expect(await failureWith()).toMatchObject({ code: 'rate-limited', retryAfterMs: 1234 })
  server.failNext(faults.rateLimited(null))
  expect(await failureWith()).toMatchObject({ code: 'rate-limited', retryAfterMs: null })
})

test.each([
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
  [{ 'retry-after': 'soon' }, null],
])('reads %j', (headers, retryAfterMs) => {
  const about = { model: 'm', server: 'OpenAI', apiKey: null, isCancelled: false, isOverdue: false }
  const cause = { status: 503, headers: new Headers(headers), error: { message: 'Busy' } }
  expect(failureOf(cause, about)).toMatchObject({ code: 'server', retryAfterMs })
})

test('keeps a key to itself that the server repeats', () => {
  const apiKey = 'my+own/key=of.a(server)'
  const about = { model: 'm', server: 'OpenAI', apiKey, isCancelled: false, isOverdue: false }
  const error = { message: `The key ${apiKey} is not allowed here.`, code: apiKey }
  const failures = [
    failureOf({ status: 403, error }, about),
    failureOf({ status: 400, error: `Refused: ${apiKey}` }, about),
    failureOf({ status: 400, message: `400 <html>${apiKey}</html>` }, about),
    failureOf(Object.assign(new TypeError(`Bearer ${apiKey}`), { cause: new Error(apiKey) }), about),
  ]
  for (const failure of failures) expectNoKey(failure, apiKey)
  expect(failures[0]?.message).toContain('The key [key] is not allowed here.')
})

test('asks once, whatever comes back', async () => {
  for (const fault of [faults.serverError(), faults.rateLimited(1), faults.drop(), faults.cutShort()]) {
    const before = server.asked.length
    server.failNext(fault)
    await failureWith()
    expect(server.asked.length - before).toBe(1)
  }
})

test('does not wait for ever, neither for a first word nor for a last one', async () => {
  // Several: which of two clocks runs out first differs from one to the next.
  for (const fault of [faults.hang(), ...Array.from({ length: 30 }, () => faults.stall())]) {
    server.failNext(fault)
    expect(await failureWith({ timeoutMs: 50 })).toMatchObject({ code: 'timeout', usage: null })
  }
})

test('stops when it is told to', async () => {
  server.failNext(faults.hang())
  const cancelling = new AbortController()
  const failing = failureWith({}, cancelling.signal)
  await expect.poll(() => server.asked.length).toBeGreaterThan(0)
  cancelling.abort(new Error('not wanted'))
  expect(await failing).toMatchObject({ code: 'cancelled', usage: null })
})

test('says that a key is wrong, or missing, without showing any of it', async () => {
  const wrong = 'sk-proj-Wrong98765432109876543210Wrng'
  expect(await failureWith({ apiKey: wrong })).toMatchObject({ code: 'bad-key' })
  const odd = 'my+own/key=of.a(server)'
  expect(await failureWith({ apiKey: odd })).toMatchObject({ code: 'bad-key' })
  const none = await failureWith({ apiKey: null })
  expect(none).toMatchObject({ code: 'bad-key' })
  const list = await listModels(config({ apiKey: wrong })).catch((cause: unknown) => cause)
  expect(list).toMatchObject({ code: 'bad-key' })
  expectNoKey(list, wrong)
})

test('takes a key with what was pasted around it, and refuses one that no key can be', async () => {
  await expect(createModelAnalyser(config({ apiKey: ` ${key}\n` })).analyse(subject)).resolves.toBeDefined()
  const before = server.asked.length
  expect(await failureWith({ apiKey: 'sk-schlüssel\nzwei-Zeilen-9876' })).toMatchObject({ code: 'bad-key' })
  expect(server.asked).toHaveLength(before)
})

test('stops waiting for its turn when it is told to, and asks nothing', async () => {
  const pacer = createPacer()
  const { promise: busy, resolve: free } = Promise.withResolvers<void>()
  const others = Array.from({ length: 4 }, () => pacer.run(1, undefined, () => busy))
  const before = server.asked.length
  const cancelling = new AbortController()
  const failing = failureWith({ pacer }, cancelling.signal)
  cancelling.abort()
  expect(await failing).toMatchObject({ code: 'cancelled' })
  free()
  await Promise.all(others)
  expect(server.asked).toHaveLength(before)
})

test('asks OpenAI for nothing without a key', async () => {
  const analyser = createModelAnalyser(config({ baseUrl: null, apiKey: null }))
  await expect(analyser.analyse(subject)).rejects.toMatchObject({ code: 'bad-key' })
})

test('names the model that there is none of', async () => {
  const failure = await failureWith({ model: 'gpt-99' })
  expect(failure).toMatchObject({ code: 'no-model' })
  expect(failure.message).toContain('gpt-99')
})

test('asks nobody without a picture', async () => {
  const before = server.asked.length
  await expect(createModelAnalyser(config()).analyse(aSubject())).rejects.toMatchObject({ code: 'bad-request' })
  expect(server.asked).toHaveLength(before)
})

test('tells a wrong address from a server that is off', async () => {
  expect(await failureWith({ baseUrl: `${server.url}/nothing/here` })).toMatchObject({ code: 'bad-endpoint' })
  const tls = server.url.replace('http:', 'https:')
  expect(await failureWith({ baseUrl: tls })).toMatchObject({ code: 'bad-endpoint' })
  expect(await failureWith({ baseUrl: 'http://127.0.0.1:9/v1' })).toMatchObject({ code: 'unreachable' })
  expect(await failureWith({ baseUrl: 'http://nowhere.invalid/v1' })).toMatchObject({ code: 'unreachable' })
})

test('finds /v1 where an address has no path', async () => {
  const { origin } = new URL(server.url)
  await expect(createModelAnalyser(config({ baseUrl: origin })).analyse(subject)).resolves.toBeDefined()
})

test('takes nothing from variables of the environment that is not its own', async () => {
  const before = { ...process.env }
  Object.assign(process.env, {
    OPENAI_ORG_ID: 'org-9',
    OPENAI_PROJECT_ID: 'proj-9',
    OPENAI_BASE_URL: 'http://127.0.0.1:9',
  })
  try {
    await createModelAnalyser(config()).analyse(subject)
  } finally {
    process.env = before
  }
  const { headers } = server.asked.at(-1) ?? {}
  expect(headers).not.toHaveProperty('openai-organization')
  expect(headers).not.toHaveProperty('openai-project')
  expect(headers?.authorization).toBe(`Bearer ${key}`)
})

test('lists models to choose from', async () => {
  const models = await listModels(config())
  expect(models).toContain('gpt-5-mini')
  expect(models).toEqual(models.toSorted())
  server.failNext(faults.page(200))
  await expect(listModels(config())).rejects.toMatchObject({ code: 'bad-endpoint' })
})
