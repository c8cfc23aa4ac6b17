import type { Batch, BatchCreateParams } from 'openai/resources/batches'
import { z } from 'zod'
import { ApiError, badRequest, notFound } from './api-error.ts'
import { type Asked, sha256Of } from './asked.ts'
import { askedBy, type BatchLine, readBatchInput, usualBatchLimits } from './batch-input.ts'
import { checked } from './checked.ts'
import type { Reply } from './desk.ts'
import type { Files } from './files.ts'
import { newId } from './ids.ts'
import type { TokenCounts } from './model.ts'
import { type Listed, pageOf } from './page.ts'

/** How the work on a batch goes, unlike all well. */
export interface BatchCourse {
  /** Lines that end in an error; of the server's, unless it says which. */
  failLines?: (customId: string, index: number) => boolean | ApiError
  /** After so many lines the day is over; or, for one that is being cancelled, so many were done before. */
  expireAfter?: number
}

type Ask = (asked: Asked) => Promise<Reply> | Reply

const createParams = z.strictObject({
  input_file_id: z.string(),
  endpoint: z.enum([
    '/v1/responses',
    '/v1/chat/completions',
    '/v1/embeddings',
  ] satisfies BatchCreateParams['endpoint'][]),
  completion_window: z.literal('24h'),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
  output_expires_after: z.strictObject({ anchor: z.literal('created_at'), seconds: z.int().min(3600) }).optional(),
} satisfies Record<keyof BatchCreateParams, z.ZodType>)

const dayInSeconds = 24 * 60 * 60
const ended: Batch['status'][] = ['completed', 'failed', 'expired', 'cancelled']

/** Work that is done when the test says so. https://platform.openai.com/docs/guides/batch */
export class Batches {
  /** Lines that were worked on, in that order. */
  readonly lines: Asked[] = []
  /** What more of fails in validation; tests may set less. Tokens are those of one batch's input. */
  readonly limits = { ...usualBatchLimits, enqueuedTokensMax: Number.POSITIVE_INFINITY }
  readonly #batches = new Map<string, Batch>()
  readonly #work = new Map<string, BatchLine[]>()
  readonly #files: Files
  readonly #ask: Ask
  readonly #now: () => number

  constructor(files: Files, ask: Ask, now: () => number) {
    this.#files = files
    this.#ask = ask
    this.#now = now
  }

  /** @throws {ApiError} */
  create(body: unknown): Batch {
    const { input_file_id, endpoint, completion_window, metadata } = checked(createParams, body)
    if (this.#files.get(input_file_id).purpose !== 'batch') {
      throw badRequest(`File ${input_file_id} has not the purpose batch.`, 'input_file_id', 'invalid_value')
    }
    const createdAt = this.#seconds
    const batch: Batch = {
      id: newId('batch'),
      object: 'batch',
      endpoint,
      input_file_id,
      completion_window,
      status: 'validating',
      created_at: createdAt,
      expires_at: createdAt + dayInSeconds,
      request_counts: { total: 0, completed: 0, failed: 0 },
      metadata: metadata ?? null,
    }
    this.#batches.set(batch.id, batch)
    return batch
  }

  /** @throws {ApiError} */
  get(id: string): Batch {
    const batch = this.#batches.get(id)
    if (!batch) throw notFound(`Batch object: ${id}`)
    return batch
  }

  list(query: URLSearchParams): Listed<Batch> {
    return pageOf(this.all, query)
  }

  get all(): Batch[] {
    return [...this.#batches.values()]
  }

  /** @throws {ApiError} */
  cancel(id: string): Batch {
    const batch = this.get(id)
    if (ended.includes(batch.status)) {
      throw new ApiError(409, { message: `Cannot cancel a batch with status '${batch.status}'.` })
    }
    return Object.assign(batch, { status: 'cancelling', cancelling_at: this.#seconds } satisfies Partial<Batch>)
  }

  /** One status on; the work itself is done on the way out of `in_progress`. */
  async advance(id: string, course: BatchCourse = {}): Promise<Batch> {
    const batch = this.get(id)
    switch (batch.status) {
      case 'validating':
        return this.#validate(batch)
      case 'in_progress':
        await this.#do(batch, course, course.expireAfter, 'batch_expired')
        return course.expireAfter === undefined ? this.#to(batch, 'finalizing') : this.#to(batch, 'expired')
      case 'finalizing':
        return this.#to(batch, 'completed')
      case 'cancelling':
        await this.#do(batch, course, course.expireAfter ?? 0, null)
        return this.#to(batch, 'cancelled')
      default:
        return batch
    }
  }

  /** To its end. */
  async run(id: string, course: BatchCourse = {}): Promise<Batch> {
    while (!ended.includes(this.get(id).status)) await this.advance(id, course)
    return this.get(id)
  }

  #validate(batch: Batch): Batch {
    const { lines, errors } = readBatchInput(this.#files.content(batch.input_file_id), batch.endpoint, this.limits)
    const tokens = lines.reduce((sum, { body }) => sum + Math.ceil(JSON.stringify(body).length / 4), 0)
    if (tokens > this.limits.enqueuedTokensMax) {
      const message = `Enqueued token limit reached for ${lines[0]?.body.model} in organization org-1. Limit: ${this.limits.enqueuedTokensMax} enqueued tokens. Please try again once some in_progress batches have been completed.`
      errors.push({ code: 'token_limit_exceeded', message, line: null, param: null })
    }
    if (errors.length > 0) {
      batch.errors = { object: 'list', data: errors }
      return this.#to(batch, 'failed')
    }
    this.#work.set(batch.id, lines)
    batch.request_counts = { total: lines.length, completed: 0, failed: 0 }
    batch.model = lines[0]?.body.model ?? ''
    return this.#to(batch, 'in_progress')
  }

  #to(batch: Batch, status: 'in_progress' | 'finalizing' | 'completed' | 'failed' | 'expired' | 'cancelled'): Batch {
    return Object.assign(batch, { status, [`${status}_at`]: this.#seconds })
  }

  /** @param stopCode what lines say that were not reached; null for those of which nothing is said. */
  async #do(batch: Batch, course: BatchCourse, stopAfter = Number.POSITIVE_INFINITY, stopCode: string | null) {
    const output: string[] = []
    const errors: string[] = []
    const counts: TokenCounts[] = []
    for (const [index, line] of (this.#work.get(batch.id) ?? []).entries()) {
      if (index >= stopAfter) {
        if (stopCode !== null) errors.push(outcome(line, null, { code: stopCode, message: stopMessage }))
        continue
      }
      const { response, used } = await this.#doLine(batch, line, course.failLines?.(line.customId, index) ?? false)
      const isDone = response.status_code === 200
      const into = isDone ? output : errors
      into.push(outcome(line, response, null))
      if (used) counts.push(used)
    }
    const total = batch.request_counts?.total ?? 0
    batch.request_counts = { total, completed: output.length, failed: errors.length }
    batch.usage = usageOf(counts)
    if (output.length > 0) batch.output_file_id = this.#keep(batch, 'output', output)
    if (errors.length > 0) batch.error_file_id = this.#keep(batch, 'error', errors)
  }

  async #doLine({ endpoint }: Batch, line: BatchLine, failure: boolean | ApiError) {
    const asked = askedBy(line, endpoint, this.#now())
    this.lines.push(asked)
    const request_id = newId('req')
    try {
      if (failure !== false) throw failure === true ? serverError : failure
      const { body, counts } = await this.#ask(asked)
      return { response: { status_code: 200, request_id, body }, used: counts }
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause
      return { response: { status_code: cause.status, request_id, body: { error: cause.error } }, used: undefined }
    }
  }

  /** Not in the order of the input, as OpenAI warns. */
  #keep(batch: Batch, kind: string, lines: string[]): string {
    const shuffled = lines.toSorted((a, b) => (sha256Of(a) < sha256Of(b) ? -1 : 1))
    const isSame = shuffled.every((line, index) => line === lines[index])
    const content = (isSame ? shuffled.reverse() : shuffled).map(line => `${line}\n`).join('')
    return this.#files.add(`${batch.id}_${kind}.jsonl`, Buffer.from(content), 'batch_output').id
  }

  get #seconds(): number {
    return Math.floor(this.#now() / 1000)
  }
}

const stopMessage = 'This request could not be executed before the completion window expired.'
const serverError = new ApiError(500, {
  message: 'The server had an error while processing your request.',
  type: 'server_error',
})

const outcome = ({ customId }: BatchLine, response: object | null, error: { code: string; message: string } | null) =>
  JSON.stringify({ id: newId('batch_req'), custom_id: customId, response, error })

function usageOf(counts: TokenCounts[]): NonNullable<Batch['usage']> {
  const sum = (of: keyof TokenCounts) => counts.reduce((total, count) => total + count[of], 0)
  const [input, cached, output] = [sum('input'), sum('cached'), sum('output')]
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  }
}
