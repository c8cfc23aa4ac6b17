import OpenAI, { toFile } from 'openai'
import type { Batch } from 'openai/resources/batches'
import { expect, test } from 'vitest'
import { startOpenAi } from '../support/openai-client.ts'
import { faults } from '../support/openai-server/index.ts'

const lineOf = (id: number, more: object = {}) =>
  JSON.stringify({
    custom_id: `media-${id}`,
    method: 'POST',
    url: '/v1/responses',
    body: { model: 'gpt-5-mini', instructions: 'Greet.', input: `Hello ${id}`, ...more },
  })
const tenLines = Array.from({ length: 10 }, (_, index) => lineOf(index))

async function submit(client: OpenAI, lines: string[]): Promise<Batch> {
  const file = await toFile(Buffer.from(lines.map(line => `${line}\n`).join('')), 'work.jsonl')
  const { id, purpose, bytes } = await client.files.create({ file, purpose: 'batch' })
  expect({ purpose, isEmpty: bytes === 0 }).toEqual({ purpose: 'batch', isEmpty: false })
  const metadata = { library: 'one' }
  return client.batches.create({ input_file_id: id, endpoint: '/v1/responses', completion_window: '24h', metadata })
}

interface OutputLine {
  custom_id: string
  response: { status_code: number; body: OpenAI.Responses.Response } | null
  error: { code: string } | null
}

async function linesOf(client: OpenAI, fileId: string | undefined): Promise<OutputLine[]> {
  if (fileId === undefined) return []
  const text = await (await client.files.content(fileId)).text()
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
}

test('goes through a batch one status after another', async () => {
  const { server, client } = await startOpenAi()
  const { id, status } = await submit(client, tenLines)
  const statuses = [status]
  for (let step = 0; step < 3; step++) {
    await server.batches.advance(id)
    statuses.push((await client.batches.retrieve(id)).status)
  }
  expect(statuses).toEqual(['validating', 'in_progress', 'finalizing', 'completed'])
  const batch = await client.batches.retrieve(id)
  expect(batch).toMatchObject({
    metadata: { library: 'one' },
    request_counts: { total: 10, completed: 10, failed: 0 },
    completion_window: '24h',
  })
  expect(batch.error_file_id).toBeUndefined()
  const lines = await linesOf(client, batch.output_file_id)
  const ids = tenLines.map(line => JSON.parse(line).custom_id)
  const answered = lines.map(line => line.custom_id)
  expect(answered).not.toEqual(ids)
  expect(answered.toSorted()).toEqual(ids)
  expect(lines.every(({ response }) => response?.status_code === 200 && response.body.status === 'completed')).toBe(
    true,
  )
  expect(server.answers.all.every(({ isBatched }) => isBatched)).toBe(true)
  expect(server.answers.paidTwice()).toEqual([])
  const total = lines.reduce((sum, { response }) => sum + (response?.body.usage?.total_tokens ?? 0), 0)
  expect(batch.usage?.total_tokens).toBe(total)
  expect((await client.batches.list()).data.map(one => one.id)).toEqual([id])
})

test('puts lines that fail into a file of their own', async () => {
  const { server, client } = await startOpenAi()
  const { id } = await submit(client, [...tenLines, lineOf(10, { dog: 1 })])
  server.failNext(faults.refusal('No.'), { when: ({ customId }) => customId === 'media-5' })
  await server.runBatches({ failLines: customId => customId === 'media-3' })
  const { status, output_file_id, error_file_id, request_counts } = await client.batches.retrieve(id)
  expect({ status, request_counts }).toEqual({
    status: 'completed',
    request_counts: { total: 11, completed: 9, failed: 2 },
  })
  const failed = (await linesOf(client, error_file_id)).map(line => [line.custom_id, line.response?.status_code])
  expect(failed.toSorted()).toEqual([
    ['media-10', 400],
    ['media-3', 500],
  ])
  const refused = (await linesOf(client, output_file_id)).find(line => line.custom_id === 'media-5')
  expect(refused?.response?.body.output[0]).toMatchObject({ content: [{ type: 'refusal' }] })
})

test('keeps what was done when the day is over or the batch is cancelled', async () => {
  const { server, client } = await startOpenAi()
  const late = await submit(client, tenLines)
  await server.runBatches({ expireAfter: 4 })
  const expired = await client.batches.retrieve(late.id)
  expect(expired).toMatchObject({ status: 'expired', request_counts: { completed: 4, failed: 6 } })
  expect(await linesOf(client, expired.output_file_id)).toHaveLength(4)
  const left = await linesOf(client, expired.error_file_id)
  expect(left.map(({ response, error }) => [response, error?.code])).toEqual(Array(6).fill([null, 'batch_expired']))

  const unwanted = await submit(client, tenLines)
  await server.batches.advance(unwanted.id)
  expect((await client.batches.cancel(unwanted.id)).status).toBe('cancelling')
  await server.runBatches({ expireAfter: 2 })
  const cancelled = await client.batches.retrieve(unwanted.id)
  expect(cancelled.status).toBe('cancelled')
  expect(await linesOf(client, cancelled.output_file_id)).toHaveLength(2)
  await expect(client.batches.cancel(unwanted.id)).rejects.toBeInstanceOf(OpenAI.ConflictError)
})

test.each([
  ['a line that is no JSON', [lineOf(1), '{"custom_id":'], 'invalid_json_line'],
  ['an id that comes twice', [lineOf(1), lineOf(1)], 'duplicate_custom_id'],
  ['two models', [lineOf(1), lineOf(2, { model: 'gpt-5-nano' })], 'mismatched_model'],
  ['too many lines', Array.from({ length: 50_001 }, (_, id) => lineOf(id)), 'too_many_tasks'],
])('fails a batch with %s', async (_, lines, code) => {
  const { server, client } = await startOpenAi()
  const { id } = await submit(client, lines)
  await server.runBatches()
  const { status, errors } = await client.batches.retrieve(id)
  expect({ status, code: errors?.data?.[0]?.code }).toEqual({ status: 'failed', code })
  expect(server.answers.count).toBe(0)
})

test('fails a batch whose file is too large', async () => {
  const { server, client } = await startOpenAi()
  expect(server.batches.limits).toMatchObject({ requestsMax: 50_000, bytesMax: 200_000_000 })
  server.batches.limits.bytesMax = 500
  const { id } = await submit(client, tenLines)
  await server.runBatches()
  expect((await client.batches.retrieve(id)).errors?.data?.[0]?.code).toBe('file_too_large')
})

test('fails a batch that is more than may wait', async () => {
  const { server, client } = await startOpenAi()
  server.batches.limits.enqueuedTokensMax = 100
  const { id } = await submit(client, tenLines)
  await server.runBatches()
  expect((await client.batches.retrieve(id)).errors?.data?.[0]?.code).toBe('token_limit_exceeded')
})

test('keeps files until they are deleted', async () => {
  const { server, client } = await startOpenAi()
  const file = await client.files.create({ file: await toFile(Buffer.from('{}\n'), 'a.jsonl'), purpose: 'batch' })
  expect(await client.files.retrieve(file.id)).toEqual(file)
  expect((await client.files.list({ purpose: 'batch' })).data).toEqual([file])
  expect(await (await client.files.content(file.id)).text()).toBe('{}\n')
  expect(await client.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true })
  await expect(client.files.content(file.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError)
  expect(server.files.ids).toEqual([])
  const unfit = client.files.create({ file: await toFile(Buffer.from('{}'), 'a.txt'), purpose: 'batch' })
  await expect(unfit).rejects.toBeInstanceOf(OpenAI.BadRequestError)
})
