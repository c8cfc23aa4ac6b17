import type {
  Response,
  ResponseCreateParamsNonStreaming,
  ResponseFormatTextJSONSchemaConfig,
  ResponseInputImage,
  ResponseInputText,
  ResponseOutputItem,
} from 'openai/resources/responses/responses'
import type { ResponseFormatJSONSchema } from 'openai/resources/shared'
import { z } from 'zod'
import { badRequest } from './api-error.ts'
import { type Asked, pictureIn } from './asked.ts'
import { checked } from './checked.ts'
import { newId } from './ids.ts'
import type { ModelAnswer, TokenCounts } from './model.ts'
import { snapshotOf } from './models.ts'
import { assertStrictSchema } from './strict-schema.ts'

const inputText = z.strictObject({
  type: z.literal('input_text'),
  text: z.string(),
} satisfies Partial<Record<keyof ResponseInputText, z.ZodType>>)

const inputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.string(),
  detail: z.enum(['low', 'high', 'auto', 'original'] satisfies ResponseInputImage['detail'][]).default('auto'),
} satisfies Partial<Record<keyof ResponseInputImage, z.ZodType>>)

const message = z.strictObject({
  type: z.literal('message').optional(),
  role: z.enum(['user', 'system', 'developer', 'assistant']),
  content: z.union([z.string(), z.array(z.discriminatedUnion('type', [inputText, inputImage]))]),
})

const jsonSchemaFormat = z.strictObject({
  type: z.literal('json_schema'),
  name: z.string().regex(/^[\w-]{1,64}$/),
  schema: z.record(z.string(), z.unknown()),
  strict: z.boolean().nullish(),
  description: z.string().optional(),
} satisfies Record<keyof ResponseFormatTextJSONSchemaConfig, z.ZodType>)

const format = z.discriminatedUnion('type', [
  jsonSchemaFormat,
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
])

/** What is in use here of the body; anything else is refused, so that nothing is sent that no test knows of. */
const createParams = z.strictObject({
  model: z.string(),
  input: z.union([z.string(), z.array(message)]),
  instructions: z.string().nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  prompt_cache_key: z.string().nullish(),
  reasoning: z.strictObject({ effort: z.string().nullish(), summary: z.string().nullish() }).nullish(),
  safety_identifier: z.string().nullish(),
  service_tier: z.enum(['auto', 'default', 'flex', 'priority']).nullish(),
  store: z.boolean().nullish(),
  stream: z.literal(false).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  text: z.strictObject({ format: format.optional(), verbosity: z.string().nullish() }).optional(),
  tool_choice: z.string().optional(),
  tools: z.array(z.never()).optional(),
  top_p: z.number().min(0).max(1).nullish(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
  user: z.string().optional(),
} satisfies Partial<Record<keyof ResponseCreateParamsNonStreaming, z.ZodType>>)

type Params = z.infer<typeof createParams>

/** Reads the body of `POST /v1/responses` into what a model gets. @throws {ApiError} as OpenAI refuses it. */
export function readResponseRequest(asked: Asked): Params {
  const params = checked(createParams, asked.body)
  asked.model = params.model
  if (params.instructions) asked.instructions = params.instructions
  if (params.max_output_tokens) asked.maxOutputTokens = params.max_output_tokens
  if (typeof params.input === 'string') asked.texts = [params.input]
  else for (const [index, { role, content }] of params.input.entries()) readMessage(asked, role, content, index)
  const wanted = params.text?.format
  if (wanted?.type === 'json_schema') {
    if (wanted.strict) assertStrictSchema(wanted.name, wanted.schema, 'text.format.schema')
    asked.schema = wanted.schema satisfies ResponseFormatJSONSchema.JSONSchema['schema']
  }
  return params
}

function readMessage(asked: Asked, role: string, content: z.infer<typeof message>['content'], at: number): void {
  const parts = typeof content === 'string' ? [{ type: 'input_text' as const, text: content }] : content
  for (const [index, part] of parts.entries()) {
    if (part.type === 'input_image') {
      const param = `input[${at}].content[${index}].image_url`
      const picture = pictureIn(part.image_url, part.detail)
      if (!picture?.mimeType.startsWith('image/')) throw notADataUrl(param)
      asked.picture ??= picture
      asked.pictures = [...(asked.pictures ?? []), picture]
    } else if (role === 'user') asked.texts.push(part.text)
    else asked.instructions += part.text
  }
}

const notADataUrl = (param: string) =>
  badRequest(
    `Invalid '${param}'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU=').`,
    param,
    'invalid_value',
  )

/** As it goes over the wire: `output_text` is the SDK's own. */
export function responseOf(
  params: Params,
  answer: ModelAnswer,
  counts: TokenCounts,
  createdMs: number,
): Omit<Response, 'output_text'> {
  const { incomplete } = answer
  const usage = {
    input_tokens: counts.input,
    input_tokens_details: { cached_tokens: counts.cached, cache_write_tokens: 0 },
    output_tokens: counts.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: counts.input + counts.output,
  } satisfies Response['usage']
  return {
    id: newId('resp'),
    object: 'response',
    created_at: Math.floor(createdMs / 1000),
    status: incomplete === null ? 'completed' : 'incomplete',
    access_programs: null,
    background: false,
    error: null,
    incomplete_details: incomplete === null ? null : { reason: incomplete },
    instructions: params.instructions ?? null,
    max_output_tokens: params.max_output_tokens ?? null,
    metadata: params.metadata ?? {},
    model: snapshotOf(params.model),
    output: answer.hasOutput ? [outputOf(answer)] : [],
    parallel_tool_calls: true,
    previous_response_id: null,
    service_tier: 'default',
    temperature: params.temperature ?? 1,
    text: { format: formatOf(params) },
    tool_choice: 'auto',
    tools: [],
    top_p: params.top_p ?? 1,
    truncation: 'disabled',
    ...(answer.hasUsage && { usage }),
  }
}

function formatOf({ text }: Params): NonNullable<NonNullable<Response['text']>['format']> {
  const wanted = text?.format
  if (wanted?.type !== 'json_schema') return { type: 'text' }
  const { name, schema, strict } = wanted
  return { type: 'json_schema', name, schema, strict: strict ?? true }
}

function outputOf({ text, refusal, incomplete }: ModelAnswer): ResponseOutputItem {
  return {
    id: newId('msg'),
    type: 'message',
    role: 'assistant',
    status: incomplete === null ? 'completed' : 'incomplete',
    content: [refusal === null ? { type: 'output_text', text, annotations: [] } : { type: 'refusal', refusal }],
  }
}
