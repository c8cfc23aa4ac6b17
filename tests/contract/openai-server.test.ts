import OpenAI from 'openai'
import { zodTextFormat } from 'openai/helpers/zod'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  blueJpeg,
  bodyFor,
  errorOf,
  jpegUrl,
  redJpeg,
  SmallAnalysis,
  smallFormat,
  startOpenAi,
} from '../support/openai-client.ts'
import type { Asked } from '../support/openai-server/index.ts'

type Body = Parameters<OpenAI['responses']['create']>[0]

test('describes a picture in the form that was asked for, the same picture in the same words', async () => {
  const { server, client } = await startOpenAi()
  const [first, again, other] = [
    await client.responses.parse(bodyFor(blueJpeg)),
    await client.responses.parse(bodyFor(blueJpeg)),
    await client.responses.parse(bodyFor(redJpeg)),
  ]
  expect(SmallAnalysis.parse(first.output_parsed)).toEqual(again.output_parsed)
  expect(other.output_parsed).not.toEqual(first.output_parsed)
  expect(first).toMatchObject({ status: 'completed', model: 'gpt-5-mini-2025-08-07' })
  expect(first.usage?.total_tokens).toBe((first.usage?.input_tokens ?? 0) + (first.usage?.output_tokens ?? 0))
  const { picture, instructions, texts, schema, path } = server.asked[0] as Asked
  expect({ path, instructions, texts }).toEqual({
    path: '/v1/responses',
    instructions: 'Say what the picture shows.',
    texts: ['sea.jpg'],
  })
  expect(picture?.bytes.equals(blueJpeg)).toBe(true)
  expect(picture?.mimeType).toBe('image/jpeg')
  expect(schema?.required).toEqual(Object.keys(SmallAnalysis.shape))
  expect(server.answers.count).toBe(3)
  expect(server.answers.of(picture?.sha256 ?? '')).toHaveLength(2)
  expect(server.answers.paidTwice()).toEqual([server.answers.all[0]?.key])
})

test('says what a test wants it to say', async () => {
  const { server, client } = await startOpenAi()
  const given = { title: 'Sea', tags: ['sea'], mood: 'wild', people: 0, note: null }
  server.answerWith(given)
  expect((await client.responses.parse(bodyFor(blueJpeg))).output_parsed).toEqual(given)
  server.answerWith((asked: Asked) => ({ ...given, title: asked.texts[0] }))
  expect((await client.responses.parse(bodyFor(blueJpeg))).output_parsed?.title).toBe('sea.jpg')
})

test('finds a value for every form that strict mode takes', async () => {
  const { client } = await startOpenAi()
  const Colour = z.object({ hex: z.string().regex(/^#[0-9a-f]{6}$/), share: z.number().min(0.1).max(0.4) })
  const Whole = z.object({
    colours: z.array(Colour).min(5).max(6),
    main: Colour,
    moods: z.array(z.enum(['calm', 'wild', 'sad'])).min(2),
    kind: z.literal('picture'),
    short: z.string().min(3).max(4),
    day: z.iso.date().nullable(),
    either: z.union([z.object({ a: z.literal('x') }), z.object({ b: z.boolean() })]),
    count: z.int().min(7).max(9),
    none: z.null(),
    few: z.array(z.string()).max(1),
  })
  const text = { format: zodTextFormat(Whole, 'whole') }
  for (const jpeg of [blueJpeg, redJpeg]) {
    const { output_parsed } = await client.responses.parse(bodyFor(jpeg, { text }) as ReturnType<typeof bodyFor>)
    expect(Whole.safeParse(output_parsed).error).toBeUndefined()
  }
})

test('counts a long beginning as cached the second time', async () => {
  const { client } = await startOpenAi()
  const long = { instructions: 'Look closely. '.repeat(600) }
  const cached = async () =>
    (await client.responses.create(bodyFor(blueJpeg, long))).usage?.input_tokens_details.cached_tokens ?? -1
  expect(await cached()).toBe(0)
  expect(await cached()).toBeGreaterThan(1024)
})

const refusedBodies: [string, object, object][] = [
  ['no model', { model: undefined }, { param: 'model', code: 'missing_required_parameter' }],
  ['a parameter that it does not know', { dog: 1 }, { param: 'dog', code: 'unknown_parameter' }],
  ['too few tokens', { max_output_tokens: 3 }, { param: 'max_output_tokens', code: 'integer_below_min_value' }],
  ['an address for a picture', pictureAt('https://example.com/a.jpg'), { code: 'invalid_value' }],
  ['bytes that are no picture', pictureAt(`data:image/jpeg;base64,${btoa('no')}`), { code: 'image_parse_error' }],
  ['half of a picture', pictureAt(jpegUrl(blueJpeg.subarray(0, 200))), { code: 'image_parse_error' }],
  ['a word that is no detail', { input: [imagePart({ detail: 'fine' })] }, { param: 'input[0].content[0].detail' }],
  ['a schema whose root is a list', schemaOf({ type: 'array', items: {} }), { code: 'invalid_json_schema' }],
  ['a schema that leaves a field out', schemaOf({ required: [] }), { param: 'text.format.schema' }],
  ['a schema that is open', schemaOf({ additionalProperties: true }), { code: 'invalid_json_schema' }],
  ['a schema of kinds', schemaOf({ properties: { a: { oneOf: [] } } }), { code: 'invalid_json_schema' }],
]

function imagePart(more: object) {
  return { role: 'user', content: [{ type: 'input_image', detail: 'low', image_url: jpegUrl(blueJpeg), ...more }] }
}

function pictureAt(url: string) {
  return { input: [imagePart({ image_url: url })] }
}

function schemaOf(more: object) {
  const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], ...more }
  return { text: { format: { ...smallFormat, schema: { additionalProperties: false, ...schema } } } }
}

test.each(refusedBodies)('refuses %s', async (_, more, expected) => {
  const { server, client } = await startOpenAi()
  const error = await errorOf(client.responses.create(bodyFor(blueJpeg, more) as Body))
  expect(error).toBeInstanceOf(OpenAI.BadRequestError)
  expect(error).toMatchObject({ type: 'invalid_request_error', ...expected })
  expect(server.answers.count).toBe(0)
})

test('knows its key and its models', async () => {
  const { server, client } = await startOpenAi()
  const { data } = await client.models.list()
  expect(data.map(({ id }) => id)).toContain('gpt-5-mini')
  expect(await client.models.retrieve('gpt-5-mini')).toMatchObject({ id: 'gpt-5-mini', object: 'model' })
  expect(await errorOf(client.models.retrieve('gpt-0'))).toMatchObject({ status: 404, code: 'model_not_found' })
  const unknown = await errorOf(client.responses.create(bodyFor(blueJpeg, { model: 'gpt-0' })))
  expect(unknown).toBeInstanceOf(OpenAI.NotFoundError)
  expect(unknown.code).toBe('model_not_found')
  const stranger = new OpenAI({ apiKey: 'sk-wrong-0123456789', baseURL: server.url, maxRetries: 0 })
  const wrong = await errorOf(stranger.models.list())
  expect(wrong).toBeInstanceOf(OpenAI.AuthenticationError)
  expect(wrong.code).toBe('invalid_api_key')
  expect((await fetch(`${server.url}/models`)).status).toBe(401)
})

test('stops in the middle where there are no more tokens', async () => {
  const { client } = await startOpenAi()
  const response = await client.responses.create(bodyFor(blueJpeg, { max_output_tokens: 16 }))
  expect(response.incomplete_details).toEqual({ reason: 'max_output_tokens' })
  expect(response.output_text).toHaveLength(64)
})
