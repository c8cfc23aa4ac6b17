import { z } from 'zod'
import { type Analysis, AnalysisFailed, type AnalysisFailure } from '../port.ts'
import { readAnswer } from './answer.ts'
import { type BatchItem, type BatchLimits, type ResultLine, readResultLines, writeBatch } from './batch-lines.ts'
import { type Asking, createClient } from './client.ts'
import { assertConfig, type ModelConfig } from './config.ts'
import { failureOf, failureSaid, notTheApi, ServerFault } from './failures.ts'
import { batchPriceOf } from './prices.ts'
import { readReply } from './reply.ts'
import { paths } from './request.ts'

export interface BatchConfig extends ModelConfig {
  /** Where requests are collected before they are uploaded; the system's where left out. */
  temporaryFolder?: string
  /** OpenAI's, where left out. */
  limits?: Partial<BatchLimits>
}

export interface BatchProgress {
  /** `expired` and `cancelled` ones have results too: those that came before. */
  state: 'working' | 'done' | 'failed' | 'expired' | 'cancelled'
  done: number
  total: number
  /** A sentence for a person, where it did not end well. */
  message?: string
  /** Why a whole batch failed. */
  code?: AnalysisFailure
}

/** One of the two. */
export interface BatchResult {
  customId: string
  analysis?: Analysis
  failure?: AnalysisFailed
}

/** The lane at half the price that answers within a day. What a lane does not find out is in the batch at OpenAI. */
export interface BatchLane {
  /**
   * Takes as many as fit into one batch, from the first on; the rest is for the next. `label`: at most 512 characters, by
   * which the batch is found again when its id was lost in a crash.
   * @throws {AnalysisFailed}
   */
  submit(
    items: Iterable<BatchItem> | AsyncIterable<BatchItem>,
    label: string,
    signal?: AbortSignal,
  ): Promise<{ batchId: string; taken: number }>
  /** The newest batch with this label, in whatever state; null where there is none. @throws {AnalysisFailed} */
  findByLabel(label: string): Promise<string | null>
  /** @throws {AnalysisFailed} when it cannot be asked. */
  poll(batchId: string): Promise<BatchProgress>
  /**
   * In no order. What is missing in the end was not answered and not paid. `latencyMs` is 0: a batch does not tell.
   * @throws {AnalysisFailed} when the files cannot be read to their end; ask again then.
   */
  results(batchId: string, signal?: AbortSignal): AsyncGenerator<BatchResult>
  /** Nothing happens to one that has ended. @throws {AnalysisFailed} */
  cancel(batchId: string): Promise<void>
  /** Deletes its files at OpenAI, pictures and answers. @throws {AnalysisFailed} */
  discard(batchId: string): Promise<void>
}

/** https://developers.openai.com/api/docs/guides/batch: 50,000 requests, 200 MB a file. */
const openaiLimits: BatchLimits = { requests: 50_000, bytes: 200_000_000 }
const uploadTimeoutMs = 30 * 60_000
/** Whoever takes the results may be slow. */
const downloadTimeoutMs = 2 * 60 * 60_000
const listedPagesMax = 20

const batchBody = z.object({
  id: z.string(),
  status: z.string(),
  input_file_id: z.string().nullish(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  errors: z
    .object({ data: z.array(z.object({ code: z.string().nullish(), message: z.string().nullish() })) })
    .nullish(),
  request_counts: z.object({ completed: z.number(), failed: z.number(), total: z.number() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
})
type Batch = z.infer<typeof batchBody>

const listBody = z.object({ data: z.array(batchBody), has_more: z.boolean().catch(false) })
const fileBody = z.object({ id: z.string() })

/** @throws {AnalysisFailed} when the address, the model or the recipe cannot be used. */
export function createBatchLane(config: BatchConfig): BatchLane {
  assertConfig(config)
  const client = createClient(config)
  const price = batchPriceOf(config)
  const { protocol, model, recipe } = config
  const about = client.about(model)
  const limits = { ...openaiLimits, ...config.limits }

  function parse<T>(schema: z.ZodType<T>, body: unknown): T {
    const parsed = schema.safeParse(body)
    if (parsed.success) return parsed.data
    throw notTheApi(about, `unexpected ${parsed.error.issues[0]?.path.join('.')}`)
  }

  async function get<T>(schema: z.ZodType<T>, path: string, query?: object): Promise<T> {
    const { body } = await client.ask((sdk, options) => sdk.get<unknown>(path, { query, ...options }), { model })
    return parse(schema, body)
  }

  const batchOf = (batchId: string) => get(batchBody, `/batches/${encodeURIComponent(batchId)}`)

  async function submit(...[items, label, signal]: Parameters<BatchLane['submit']>) {
    const written = await writeBatch(config, items, limits, config.temporaryFolder)
    try {
      if (written.taken === 0) throw new AnalysisFailed('bad-request', 'There is no picture that fits into a batch.')
      const inputFileId = await upload(written.file, signal)
      try {
        return { batchId: await create(inputFileId, label, signal), taken: written.taken }
      } catch (cause) {
        await remove(inputFileId).catch(() => undefined)
        throw cause
      }
    } finally {
      await written.remove()
    }
  }

  async function upload(file: File, signal: AbortSignal | undefined): Promise<string> {
    const asking: Asking = { signal, model, timeoutMs: uploadTimeoutMs }
    const { body } = await client.ask((sdk, options) => sdk.files.create({ file, purpose: 'batch' }, options), asking)
    return parse(fileBody, body).id
  }

  async function create(inputFileId: string, label: string, signal: AbortSignal | undefined): Promise<string> {
    const request = {
      input_file_id: inputFileId,
      endpoint: `/v1${paths[protocol]}` as const,
      completion_window: '24h' as const,
      metadata: { label, app: 'burg-ink' },
    }
    const { body } = await client.ask((sdk, options) => sdk.batches.create(request, options), { signal, model })
    return parse(batchBody, body).id
  }

  async function findByLabel(label: string): Promise<string | null> {
    let after: string | undefined
    for (let page = 0; page < listedPagesMax; page++) {
      // Newest first.
      const { data, has_more: hasMore } = await get(listBody, '/batches', { limit: 100, ...(after && { after }) })
      const found = data.find(batch => batch.metadata?.label === label)
      if (found) return found.id
      after = data.at(-1)?.id
      if (!hasMore || after === undefined) return null
    }
    return null
  }

  async function poll(batchId: string): Promise<BatchProgress> {
    try {
      return progressOf(await batchOf(batchId))
    } catch (cause) {
      if (!isGone(cause)) throw cause
      const message = `${about.server} does not know this batch any more. Send its pictures again.`
      return { state: 'failed', done: 0, total: 0, message, code: 'server' }
    }
  }

  function progressOf(batch: Batch): BatchProgress {
    const { completed = 0, failed = 0, total = 0 } = batch.request_counts ?? {}
    const counts = { done: completed + failed, total }
    switch (batch.status) {
      case 'completed':
        return { state: 'done', ...counts }
      case 'failed': {
        const failure = failureSaid(batch.errors?.data[0], about, null)
        return { state: 'failed', ...counts, message: failure.message, code: failure.code }
      }
      case 'expired': {
        const message = `The batch did not end within a day: ${counts.done} of ${total} pictures are done. Send the rest again.`
        return { state: 'expired', ...counts, message }
      }
      case 'cancelled':
        return {
          state: 'cancelled',
          ...counts,
          message: `The batch was cancelled: ${counts.done} of ${total} are done.`,
        }
      default:
        return { state: 'working', ...counts }
    }
  }

  async function* results(batchId: string, signal?: AbortSignal): AsyncGenerator<BatchResult> {
    const { output_file_id: output, error_file_id: errors } = await batchOf(batchId)
    for (const fileId of [output, errors]) {
      if (!fileId) continue
      const asking: Asking = { signal, model, timeoutMs: downloadTimeoutMs }
      const { body } = await client.ask((sdk, options) => sdk.files.content(fileId, options), asking)
      const lines = readResultLines(body)
      try {
        for (;;) {
          const { value, done } = await nextOf(lines, signal)
          if (done) break
          yield resultOf(value)
        }
      } finally {
        // Also when nobody wants the rest.
        await lines.return(undefined)
      }
    }
  }

  async function nextOf(lines: AsyncGenerator<ResultLine, void>, signal: AbortSignal | undefined) {
    try {
      return await lines.next()
    } catch (cause) {
      throw failureOf(cause, { ...about, isCancelled: signal?.aborted === true })
    }
  }

  function resultOf({ custom_id: customId, response, error }: ResultLine): BatchResult {
    try {
      return { customId, analysis: analysisIn(response, error) }
    } catch (cause) {
      return { customId, failure: failureOf(cause, about) }
    }
  }

  function analysisIn(response: ResultLine['response'], error: unknown): Analysis {
    if (!response) throw failureSaid(error, about, null)
    const { status_code: status, body } = response
    if (status !== 200) throw failureOf({ status, error: (body as { error?: unknown } | null)?.error }, about)
    const { text, usage } = readReply(protocol, body, { model, price, latencyMs: 0, about })
    return readAnswer(text, recipe.vocabulary, usage)
  }

  async function cancel(batchId: string): Promise<void> {
    try {
      await client.ask((sdk, options) => sdk.batches.cancel(batchId, options), { model })
    } catch (cause) {
      if ((await poll(batchId)).state === 'working') throw cause
    }
  }

  async function remove(fileId: string): Promise<void> {
    await client.ask((sdk, options) => sdk.files.delete(fileId, options), { model }).catch(ignoreGone)
  }

  async function discard(batchId: string): Promise<void> {
    const batch = await batchOf(batchId).catch(ignoreGone)
    for (const fileId of [batch?.input_file_id, batch?.output_file_id, batch?.error_file_id]) {
      if (fileId) await remove(fileId)
    }
  }

  return { submit, findByLabel, poll, results, cancel, discard }
}

function isGone(cause: unknown): boolean {
  const fault = (cause as AnalysisFailed).cause
  return fault instanceof ServerFault && fault.status === 404
}

function ignoreGone(cause: unknown): undefined {
  if (!isGone(cause)) throw cause
}
