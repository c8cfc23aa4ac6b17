import { z } from 'zod'
import { AnalysisFailed, type Usage } from '../port.ts'
import { cleanText } from '../text.ts'
import { createClient } from './client.ts'
import { assertConnection, type Connection } from './config.ts'
import { notTheApi } from './failures.ts'
import { costOf, type Price, priceOf } from './prices.ts'

export interface EmbedderConfig extends Connection {
  model: string
  /** How many numbers a vector has; null for what the model gives by itself, as models other than OpenAI's want it. */
  dimensions: number | null
  ownPrice?: Price
  /** Of a gateway to OpenAI, which charges what OpenAI does. */
  protocol?: 'responses'
}

export interface Embedder {
  /**
   * One vector a text, in their order, each of length 1, so that a dot product is their likeness.
   * @throws {AnalysisFailed} with the usage of what was paid before.
   */
  embed(texts: string[], signal?: AbortSignal): Promise<{ vectors: Float32Array[]; usage: Usage }>
  /** The most these can cost, US dollars; null where no price is known. */
  worstUsd(texts: string[]): number | null
}

/** OpenAI takes 2,048 texts, 8,192 tokens each and 300,000 in all; other servers less. A token has at least a byte. */
const most = { texts: 256, bytes: 250_000, textLength: 2000 }

const embeddingsBody = z.object({
  model: z.string().optional(),
  data: z.array(z.object({ index: z.number().int(), embedding: z.union([z.array(z.number()), z.string()]) })),
  usage: z.object({ prompt_tokens: z.number().int().nonnegative() }).nullish(),
})

/** @throws {AnalysisFailed} `bad-endpoint` when the address cannot be used. */
export function createEmbedder(config: EmbedderConfig): Embedder {
  assertConnection(config)
  const client = createClient(config)
  const price = priceOf(config)
  const { model, dimensions, baseUrl } = config
  // A quarter of the bytes; other servers may not know it.
  const encoding = baseUrl === null ? 'base64' : 'float'

  async function embed(texts: string[], signal?: AbortSignal): Promise<{ vectors: Float32Array[]; usage: Usage }> {
    const vectors: Float32Array[] = []
    let usage: Usage = { model, inputTokens: 0, cachedTokens: 0, outputTokens: 0, costUsd: 0, latencyMs: 0 }
    for (const input of portions(texts)) {
      try {
        const portion = await embedPortion(input, signal)
        usage = sum(usage, portion.usage)
        vectors.push(...portion.vectors)
      } catch (cause) {
        throw withUsage(cause, usage)
      }
    }
    return { vectors, usage }
  }

  async function embedPortion(input: string[], signal: AbortSignal | undefined) {
    const body = { model, input, encoding_format: encoding, ...(dimensions !== null && { dimensions }) }
    const tokens = Math.ceil(input.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0) / 4)
    const answer = await client.ask((sdk, options) => sdk.post<unknown>('/embeddings', { body, ...options }), {
      signal,
      model,
      tokens,
    })
    const parsed = embeddingsBody.safeParse(answer.body)
    if (!parsed.success) throw notTheApi(client.about(model), 'no “embedding” in the answer')
    const usage = usageOf(parsed.data, answer.latencyMs)
    const sorted = parsed.data.data.toSorted((a, b) => a.index - b.index)
    const vectors = sorted.map(({ embedding }) => normalised(numbersOf(embedding), usage))
    const length = dimensions ?? vectors[0]?.length ?? 0
    const isWhole = vectors.length === input.length && sorted.every(({ index }, place) => index === place)
    if (!isWhole || vectors.some(vector => vector.length !== length)) throw invalid(usage)
    return { vectors, usage }
  }

  function usageOf({ model: named, usage }: z.infer<typeof embeddingsBody>, latencyMs: number): Usage {
    const inputTokens = usage?.prompt_tokens ?? 0
    const tokens = { inputTokens, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 }
    const costUsd = price === null ? null : costOf(price, tokens)
    return {
      model: cleanText(named ?? '', 120) || model,
      inputTokens,
      cachedTokens: 0,
      outputTokens: 0,
      costUsd,
      latencyMs,
    }
  }

  function worstUsd(texts: string[]): number | null {
    if (price === null) return null
    // A token has at least a byte.
    const inputTokens = texts.map(sent).reduce((bytes, text) => bytes + Buffer.byteLength(text), 0)
    return costOf(price, { inputTokens, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 })
  }

  return { embed, worstUsd }
}

function* portions(texts: string[]): Generator<string[]> {
  let portion: string[] = []
  let bytes = 0
  for (const text of texts.map(sent)) {
    const size = Buffer.byteLength(text)
    if (portion.length === most.texts || (portion.length > 0 && bytes + size > most.bytes)) {
      yield portion
      portion = []
      bytes = 0
    }
    portion.push(text)
    bytes += size
  }
  if (portion.length > 0) yield portion
}

/** An empty text is refused; what stands for one is like no other text. */
function sent(text: string): string {
  return cleanText(text, most.textLength) || '-'
}

function numbersOf(embedding: number[] | string): Float32Array {
  if (typeof embedding !== 'string') return Float32Array.from(embedding)
  const bytes = Buffer.from(embedding, 'base64')
  const numbers = new Float32Array(Math.floor(bytes.length / 4))
  for (let place = 0; place < numbers.length; place++) numbers[place] = bytes.readFloatLE(place * 4)
  return numbers
}

function normalised(vector: Float32Array, usage: Usage): Float32Array {
  const length = Math.hypot(...vector)
  if (!Number.isFinite(length) || length === 0) throw invalid(usage)
  return vector.map(number => number / length)
}

function sum(a: Usage, b: Usage): Usage {
  return {
    model: b.model,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: 0,
    outputTokens: 0,
    costUsd: a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd,
    latencyMs: a.latencyMs + b.latencyMs,
  }
}

/** What was paid before a failure counts with it. */
function withUsage(cause: unknown, before: Usage): unknown {
  if (!(cause instanceof AnalysisFailed) || before.inputTokens === 0) return cause
  const { code, message, retryAfterMs } = cause
  return new AnalysisFailed(code, message, {
    cause: cause.cause,
    ...(retryAfterMs !== null && { retryAfterMs }),
    usage: cause.usage ? sum(before, cause.usage) : before,
  })
}

function invalid(usage: Usage): AnalysisFailed {
  const message =
    'The answer to a description is no vector that can be used. Check the model for embeddings in the settings.'
  return new AnalysisFailed('invalid', message, { usage })
}
