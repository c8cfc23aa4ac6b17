import { createHash } from 'node:crypto'
import type { CreateEmbeddingResponse, EmbeddingCreateParams } from 'openai/resources/embeddings'
import { z } from 'zod'
import { badRequest } from './api-error.ts'
import type { Asked } from './asked.ts'
import { checked } from './checked.ts'

// https://platform.openai.com/docs/api-reference/embeddings/create
const inputsMax = 2048
const tokensOfInputMax = 8192
const tokensOfAllMax = 300_000
const charactersPerToken = 4

const lengths: Record<string, number> = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
  'text-embedding-ada-002': 1536,
}
/** Of models that OpenAI does not have. */
const usualLength = 768

const createParams = z.strictObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string()).min(1).max(inputsMax)]),
  dimensions: z.int().min(1).optional(),
  encoding_format: z.enum(['float', 'base64']).optional(),
  user: z.string().optional(),
} satisfies Record<keyof EmbeddingCreateParams, z.ZodType>)

type EmbeddingResponse = Omit<CreateEmbeddingResponse, 'data'> & {
  data: (Omit<CreateEmbeddingResponse['data'][number], 'embedding'> & { embedding: number[] | string })[]
}

export interface EmbeddingRequest {
  tokens: number
  response: () => EmbeddingResponse
}

/** Reads the body of `POST /v1/embeddings`. @throws {ApiError} */
export function readEmbeddingRequest(asked: Asked): EmbeddingRequest {
  const { model, input, dimensions, encoding_format } = checked(createParams, asked.body)
  asked.model = model
  asked.texts = typeof input === 'string' ? [input] : input
  const tokens = countTokens(asked.texts)
  const length = lengthOf(model, dimensions)
  const response = (): EmbeddingResponse => ({
    object: 'list',
    model,
    data: asked.texts.map((text, index) => {
      const vector = vectorOf(text, length)
      return { object: 'embedding', index, embedding: encoding_format === 'base64' ? base64Of(vector) : [...vector] }
    }),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  })
  return { tokens, response }
}

function countTokens(texts: string[]): number {
  const counts = texts.map(text => Math.ceil(text.length / charactersPerToken))
  if (counts.includes(0))
    throw badRequest("Invalid 'input': input cannot be an empty string.", 'input', 'invalid_value')
  const longest = Math.max(...counts)
  if (longest > tokensOfInputMax) {
    throw badRequest(
      `This model's maximum context length is ${tokensOfInputMax} tokens, however you requested ${longest} tokens.`,
      'input',
      'context_length_exceeded',
    )
  }
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total > tokensOfAllMax) {
    const message = `Requested ${total} tokens, max ${tokensOfAllMax} tokens per request.`
    throw badRequest(message, 'input', 'max_tokens_per_request')
  }
  return total
}

function lengthOf(model: string, dimensions: number | undefined): number {
  const whole = lengths[model] ?? usualLength
  if (dimensions === undefined) return whole
  if (model === 'text-embedding-ada-002') {
    throw badRequest('This model does not support specifying dimensions.', 'dimensions', 'invalid_value')
  }
  if (dimensions <= whole) return dimensions
  throw badRequest(
    `Invalid value for 'dimensions' = ${dimensions}. Must be at most ${whole}.`,
    'dimensions',
    'invalid_value',
  )
}

/** Of length 1. Every word, and every three letters of one, goes one way: texts that share words lie near each other. */
function vectorOf(text: string, length: number): Float32Array {
  const vector = new Float32Array(length)
  for (const [feature, weight] of featuresOf(text)) {
    const hash = createHash('sha256').update(feature).digest()
    const at = hash.readUInt32LE(0) % length
    vector[at] = (vector[at] ?? 0) + weight * ((hash[4] ?? 0) % 2 === 0 ? 1 : -1)
  }
  const norm = Math.hypot(...vector) || 1
  return vector.map(value => value / norm)
}

function featuresOf(text: string): [string, number][] {
  const words = text.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? [text]
  return words.flatMap(word => {
    const threes = Array.from({ length: Math.max(0, word.length - 2) }, (_, at): [string, number] => [
      `three ${word.slice(at, at + 3)}`,
      0.3,
    ])
    return [[`word ${word}`, 1] as [string, number], ...threes]
  })
}

/** Little-endian floats of four bytes, as OpenAI packs them. */
const base64Of = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')
