import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import { z } from 'zod'
import { badRequest } from './api-error.ts'
import { type Asked, pictureIn } from './asked.ts'
import { checked } from './checked.ts'
import { newId } from './ids.ts'
import type { ModelAnswer, TokenCounts } from './model.ts'
import { snapshotOf } from './models.ts'
import { assertStrictSchema } from './strict-schema.ts'

const part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('image_url'),
    image_url: z.object({ url: z.string(), detail: z.enum(['auto', 'low', 'high']).default('auto') }),
  }),
])

const format = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({
      name: z.string().regex(/^[\w-]{1,64}$/),
      strict: z.boolean().nullish(),
      schema: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.object({ type: z.literal('json_object') }),
  z.object({ type: z.literal('text') }),
])

/** Loose in what it does not know, as servers on one's own computer are. */
const createParams = z.looseObject({
  model: z.string(),
  messages: z
    .array(
      z.object({
        role: z.enum(['system', 'developer', 'user', 'assistant']),
        content: z.union([z.string(), z.array(part)]),
      }),
    )
    .min(1),
  response_format: format.optional(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  stream: z.literal(false).nullish(),
} satisfies Partial<Record<keyof ChatCompletionCreateParamsNonStreaming, z.ZodType>>)

type Params = z.infer<typeof createParams>

/** Reads the body of `POST /v1/chat/completions` into what a model gets. @throws {ApiError} */
export function readChatRequest(asked: Asked): Params {
  const params = checked(createParams, asked.body)
  asked.model = params.model
  const outputMax = params.max_completion_tokens ?? params.max_tokens
  if (outputMax) asked.maxOutputTokens = outputMax
  for (const [index, message] of params.messages.entries()) readMessage(asked, message, index)
  const wanted = params.response_format
  if (wanted?.type === 'json_schema' && wanted.json_schema.schema) {
    const { name, schema, strict } = wanted.json_schema
    if (strict) assertStrictSchema(name, schema, 'response_format')
    asked.schema = schema
  }
  return params
}

function readMessage(asked: Asked, { role, content }: Params['messages'][number], at: number): void {
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  for (const part of parts) {
    if (part.type === 'image_url') {
      const picture = pictureIn(part.image_url.url, part.image_url.detail)
      if (!picture) throw badRequest('Invalid image.', `messages[${at}].content`, 'invalid_image_url')
      asked.picture ??= picture
      asked.pictures = [...(asked.pictures ?? []), picture]
    } else if (role === 'user') asked.texts.push(part.text)
    else asked.instructions += part.text
  }
}

const finishReasons = { max_output_tokens: 'length', content_filter: 'content_filter' } as const

export function completionOf(
  params: Params,
  answer: ModelAnswer,
  counts: TokenCounts,
  createdMs: number,
): ChatCompletion {
  const { text, refusal, incomplete, hasOutput, hasUsage } = answer
  const usage = {
    prompt_tokens: counts.input,
    completion_tokens: counts.output,
    total_tokens: counts.input + counts.output,
    prompt_tokens_details: { cached_tokens: counts.cached },
  }
  const choice: ChatCompletion.Choice = {
    index: 0,
    finish_reason: incomplete === null ? 'stop' : finishReasons[incomplete],
    logprobs: null,
    message: { role: 'assistant', content: refusal === null ? text : null, refusal },
  }
  return {
    id: newId('chatcmpl'),
    object: 'chat.completion',
    created: Math.floor(createdMs / 1000),
    model: snapshotOf(params.model),
    choices: hasOutput ? [choice] : [],
    ...(hasUsage && { usage }),
  }
}
