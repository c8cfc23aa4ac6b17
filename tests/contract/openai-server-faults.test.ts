import OpenAI from 'openai'
import { expect, test, vi } from 'vitest'
import { blueJpeg, bodyFor, errorOf, redJpeg, SmallAnalysis, startOpenAi } from '../support/openai-client.ts'
import { faults, hostileTexts } from '../support/openai-server/index.ts'

const failures: [keyof typeof faults, object][] = [
  ['rateLimited', { status: 429, code: 'rate_limit_exceeded' }],
  ['noCredit', { status: 429, code: 'insufficient_quota', type: 'insufficient_quota' }],
  ['serverError', { status: 500 }],
  ['page', { status: 502, code: undefined }],
  ['denied', { status: 403 }],
  ['pictureUnreadable', { status: 400, code: 'image_parse_error' }],
  ['pictureAgainstPolicy', { status: 400, code: 'image_content_policy_violation' }],
]

test.each(failures)('fails on demand with %s, once, and charges nothing', async (name, expected) => {
  const { server, client } = await startOpenAi()
  server.failNext((faults[name] as () => ReturnType<typeof faults.cut>)())
  const error = await errorOf(client.responses.create(bodyFor(blueJpeg)))
  expect(error).toBeInstanceOf(OpenAI.APIError)
  expect(error).toMatchObject(expected)
  expect(error.requestID).toMatch(/^req_/)
  expect(server.answers.count).toBe(0)
  expect((await client.responses.create(bodyFor(blueJpeg))).status).toBe('completed')
})

test('fails as often as it is told to, and only where it is told to', async () => {
  const { server, client } = await startOpenAi()
  server.failNext(faults.serverError(503), { times: 2, when: ({ picture }) => picture?.bytes.equals(redJpeg) === true })
  const statuses = []
  for (const jpeg of [blueJpeg, redJpeg, blueJpeg, redJpeg, redJpeg]) {
    const status = client.responses.create(bodyFor(jpeg)).then(
      ({ status }) => status,
      cause => cause.status,
    )
    statuses.push(await status)
  }
  expect(statuses).toEqual(['completed', 503, 'completed', 503, 'completed'])
})

test.each(['drop', 'cut'] as const)('breaks the connection: %s', async name => {
  const { server, client } = await startOpenAi()
  server.failNext(faults[name]())
  await expect(client.responses.create(bodyFor(blueJpeg))).rejects.toThrow(/connection error|terminated/i)
  expect(server.answers.count).toBe(0)
})

test('goes away and comes back at the same address', async () => {
  const { server, client } = await startOpenAi()
  await server.close()
  await expect(client.responses.create(bodyFor(blueJpeg))).rejects.toBeInstanceOf(OpenAI.APIConnectionError)
  await server.reopen()
  expect((await client.responses.create(bodyFor(blueJpeg))).status).toBe('completed')
})

test.each(['hang', 'stall'] as const)('never ends its answer: %s', async name => {
  const { server, client } = await startOpenAi()
  server.failNext(faults[name]())
  const giveUp = new AbortController()
  const answer = client.responses.create(bodyFor(blueJpeg), { signal: giveUp.signal })
  await vi.waitFor(() => expect(server.asked).toHaveLength(1))
  giveUp.abort()
  await expect(answer).rejects.toThrow(/abort/i)
  expect(server.answers.count).toBe(0)
})

test('does not count an answer that nobody waited for', async () => {
  const { server, client } = await startOpenAi({ latencyMs: 50 })
  const giveUp = new AbortController()
  const answer = client.responses.create(bodyFor(blueJpeg), { signal: giveUp.signal })
  await vi.waitFor(() => expect(server.asked).toHaveLength(1))
  giveUp.abort()
  await expect(answer).rejects.toThrow(/abort/i)
  await client.responses.create(bodyFor(redJpeg))
  expect(server.answers.all.map(({ pictureSha256 }) => pictureSha256)).toEqual([server.asked[1]?.picture?.sha256])
})

test('does not count an answer that was not read to its end', async () => {
  const { server } = await startOpenAi()
  server.answerWith('x'.repeat(30e6))
  const giveUp = new AbortController()
  const headers = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' }
  const body = JSON.stringify(bodyFor(blueJpeg, { max_output_tokens: 10_000_000 }))
  await fetch(`${server.url}/responses`, { method: 'POST', headers, body, signal: giveUp.signal })
  expect(server.answers.count).toBe(1)
  giveUp.abort()
  await vi.waitFor(() => expect(server.answers.count).toBe(0))
})

test('answers what is not an analysis, and is paid for it', async () => {
  const { server, client } = await startOpenAi()
  const answerTo = (fault: ReturnType<typeof faults.says>) => {
    server.failNext(fault)
    return client.responses.create(bodyFor(blueJpeg))
  }
  const refusal = await answerTo(faults.refusal('No.'))
  expect(refusal.output[0]).toMatchObject({ content: [{ type: 'refusal', refusal: 'No.' }] })
  const short = await answerTo(faults.cutShort())
  expect(short).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } })
  expect(() => JSON.parse(short.output_text)).toThrow()
  const filtered = await answerTo(faults.filtered())
  expect(filtered.incomplete_details).toEqual({ reason: 'content_filter' })
  const broken = await answerTo(faults.brokenJson())
  expect(broken.status).toBe('completed')
  expect(() => JSON.parse(broken.output_text)).toThrow()
  for (const fault of [faults.wrongShape(), faults.wrongEnum(), faults.hostile()]) {
    expect(SmallAnalysis.safeParse(JSON.parse((await answerTo(fault)).output_text)).success).toBe(false)
  }
  expect((await answerTo(faults.empty())).output_text).toBe('')
  expect((await answerTo(faults.noOutput())).output).toEqual([])
  expect((await answerTo(faults.noUsage())).usage).toBeUndefined()
  expect(server.answers.count).toBe(10)
})

test('says hostile things in the form that was asked for, but for lengths and counts', async () => {
  const { server, client } = await startOpenAi()
  server.failNext(faults.hostile())
  const said = JSON.parse((await client.responses.create(bodyFor(blueJpeg))).output_text)
  expect(said.tags).toHaveLength(10_000)
  expect(hostileTexts.filter(text => !said.tags.includes(text))).toEqual([])
  expect(SmallAnalysis.shape.mood.safeParse(said.mood).success).toBe(true)
})
