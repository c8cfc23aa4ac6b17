import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { startOpenAi } from '../support/openai-client.ts'

const body = { model: 'gpt-5-mini', input: 'Hello', max_output_tokens: 500 }

test('lets through as many a minute as it says, by the clock it is given', async () => {
  let nowMs = 1_000_000
  const { client } = await startOpenAi({ requestsPerMinute: 3, tokensPerMinute: 100_000, now: () => nowMs })
  const headersOf = async () => (await client.responses.create(body).withResponse()).response.headers
  const first = await headersOf()
  expect(first.get('x-ratelimit-limit-requests')).toBe('3')
  expect(first.get('x-ratelimit-remaining-requests')).toBe('2')
  expect(first.get('x-ratelimit-reset-requests')).toBe('20s')
  expect(first.get('x-ratelimit-limit-tokens')).toBe('100000')
  expect(first.get('x-ratelimit-remaining-tokens')).toBe('99500')
  expect(first.get('x-ratelimit-reset-tokens')).toBe('300ms')
  await headersOf()
  expect((await headersOf()).get('x-ratelimit-reset-requests')).toBe('1m0s')
  const error = await client.responses.create(body).catch(cause => cause)
  expect(error).toBeInstanceOf(OpenAI.RateLimitError)
  expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'requests' })
  expect(error.headers.get('retry-after')).toBe('20')
  expect(error.headers.get('retry-after-ms')).toBe('20000')
  expect(error.headers.get('x-ratelimit-remaining-requests')).toBe('0')
  nowMs += 19_999
  await expect(client.responses.create(body)).rejects.toBeInstanceOf(OpenAI.RateLimitError)
  nowMs += 1
  expect((await headersOf()).get('x-ratelimit-remaining-requests')).toBe('0')
})

test('counts tokens as well as requests', async () => {
  const { client } = await startOpenAi({ tokensPerMinute: 900, now: () => 0 })
  await client.responses.create(body)
  await expect(client.responses.create(body)).rejects.toMatchObject({ type: 'tokens', code: 'rate_limit_exceeded' })
})

test('ends with the money', async () => {
  const { server, client } = await startOpenAi({ creditTokens: 5 })
  await client.responses.create(body)
  await expect(client.responses.create(body)).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' })
  server.credit.tokensLeft = 1000
  expect((await client.responses.create(body)).status).toBe('completed')
})

test('is like a server on one’s own computer where it asks for no key', async () => {
  const { server, client } = await startOpenAi({ key: null, models: ['llava'] })
  const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }
  const { data, response } = await client.chat.completions
    .create({
      model: 'llava',
      messages: [
        { role: 'system', content: 'Say what the picture shows.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a.gif' },
            { type: 'image_url', image_url: { url: `data:image/gif;base64,${onePixel}` } },
          ],
        },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'analysis', schema } },
    })
    .withResponse()
  expect(response.headers.get('x-ratelimit-limit-requests')).toBeNull()
  expect(data).toMatchObject({ object: 'chat.completion', model: 'llava', choices: [{ finish_reason: 'stop' }] })
  expect(JSON.parse(data.choices[0]?.message.content ?? '')).toEqual({ title: expect.stringContaining('title') })
  expect(server.asked[0]).toMatchObject({ instructions: 'Say what the picture shows.', texts: ['a.gif'] })
  expect(server.answers.all).toMatchObject([{ pictureSha256: server.asked[0]?.picture?.sha256, model: 'llava' }])
})

const onePixel = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

const cosine = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)

test('puts texts that share words near each other', async () => {
  const { client } = await startOpenAi()
  const input = ['a boat on the sea', 'boats on a quiet sea', 'tax return for the year']
  const { data, usage } = await client.embeddings.create({ model: 'text-embedding-3-small', input })
  const [boat = [], boats = [], tax = []] = data.map(({ embedding }) => embedding)
  expect(boat).toHaveLength(1536)
  expect(cosine(boat, boat)).toBeCloseTo(1, 5)
  expect(cosine(boat, boats)).toBeGreaterThan(cosine(boat, tax) + 0.3)
  expect(usage.total_tokens).toBeGreaterThan(0)
})

test('gives the same numbers packed and plain, as many as were asked for', async () => {
  const { client } = await startOpenAi()
  const params = { model: 'text-embedding-3-small', input: 'a boat', dimensions: 256 }
  const packed = await client.embeddings.create({ ...params, encoding_format: 'base64' })
  const plain = await client.embeddings.create({ ...params, encoding_format: 'float' })
  // Without a format the SDK asks for base64 and unpacks it.
  const usual = await client.embeddings.create(params)
  expect(plain.data[0]?.embedding).toHaveLength(256)
  expect(usual.data[0]?.embedding).toEqual(plain.data[0]?.embedding)
  expect(Buffer.from(packed.data[0]?.embedding as unknown as string, 'base64')).toHaveLength(4 * 256)
})

test.each([
  ['an empty text', { input: ['a', ''] }],
  ['too many texts', { input: Array(2049).fill('a') }],
  ['a text that is too long', { input: 'a'.repeat(40_000) }],
  ['too many dimensions', { input: 'a', dimensions: 2000 }],
])('embeds not %s', async (_, params) => {
  const { client } = await startOpenAi()
  const error = await client.embeddings.create({ model: 'text-embedding-3-small', ...params }).catch(cause => cause)
  expect(error).toBeInstanceOf(OpenAI.BadRequestError)
})
