import { ApiError, badRequest, noCredit, rateLimited } from './api-error.ts'
import type { Asked, JsonSchema } from './asked.ts'
import { unsupportedPicture } from './fitting.ts'
import { hostileValue } from './hostile.ts'
import type { ModelAnswer } from './model.ts'
import { durationOf } from './rate-limits.ts'

/** What goes wrong with one request. */
export type Fault =
  | { kind: 'error'; error: ApiError }
  /** Something between client and server answers instead, with a page. */
  | { kind: 'page'; status: number }
  /** The connection ends before a word of an answer. */
  | { kind: 'drop' }
  /** Headers and half of the body, then the connection breaks. */
  | { kind: 'cut' }
  /** Headers and half of the body, then nothing more until one side closes the connection. */
  | { kind: 'stall' }
  /** No word comes, and the connection stays, until one side closes it. */
  | { kind: 'hang' }
  /** The model says something else. Only for requests to a model, lines of batches too. */
  | { kind: 'answer'; change: (answer: ModelAnswer, asked: Asked) => ModelAnswer }

const error = (...args: ConstructorParameters<typeof ApiError>): Fault => ({
  kind: 'error',
  error: new ApiError(...args),
})
const refused = (apiError: ApiError): Fault => ({ kind: 'error', error: apiError })
const says = (change: (answer: ModelAnswer, asked: Asked) => Partial<ModelAnswer>): Fault => ({
  kind: 'answer',
  change: (answer, asked) => ({ ...answer, ...change(answer, asked) }),
})
const changed = (change: (value: unknown, schema: JsonSchema) => unknown) =>
  says(({ text }, { schema }) => ({ text: JSON.stringify(change(JSON.parse(text), schema ?? {})) }))

/** As OpenAI words them. */
export const faults = {
  /** @param retryAfterMs null for an answer that does not say how long. */
  rateLimited: (retryAfterMs: number | null = 1000, kind: 'requests' | 'tokens' = 'requests') =>
    refused(spent(kind, retryAfterMs)),
  noCredit: () => refused(noCredit()),
  serverError: (status: 500 | 502 | 503 | 504 = 500) =>
    error(status, { message: 'The server had an error while processing your request.', type: 'server_error' }),
  page: (status = 502): Fault => ({ kind: 'page', status }),
  hang: (): Fault => ({ kind: 'hang' }),
  cut: (): Fault => ({ kind: 'cut' }),
  stall: (): Fault => ({ kind: 'stall' }),
  drop: (): Fault => ({ kind: 'drop' }),
  denied: () =>
    error(403, {
      message: 'Country, region, or territory not supported',
      type: 'request_forbidden',
      code: 'unsupported_country_region_territory',
    }),
  noAccessToModel: (model: string) =>
    error(403, { message: `Project \`proj_1\` does not have access to model \`${model}\``, code: 'model_not_found' }),
  pictureUnreadable: () => refused(unsupportedPicture('input')),
  pictureAgainstPolicy: () =>
    refused(
      badRequest(
        'Your input image may contain content that is not allowed by our safety system.',
        'input',
        'image_content_policy_violation',
      ),
    ),
  refusal: (refusal = "I'm sorry, I can't assist with that request.") => says(() => ({ refusal })),
  /** Half of the JSON, as when `max_output_tokens` are used up. */
  cutShort: () =>
    says(({ text }) => ({ text: text.slice(0, Math.ceil(text.length / 2)), incomplete: 'max_output_tokens' })),
  filtered: () => says(() => ({ text: '', incomplete: 'content_filter' })),
  /** Whole as far as the server knows, but no JSON. */
  brokenJson: () => says(({ text }) => ({ text: `Here you go:\n\`\`\`json\n${text.slice(0, -1)}` })),
  /** Of another form than the schema's. */
  wrongShape: () => changed(value => ({ analysis: [value], note: 7 })),
  wrongEnum: () => changed((value, schema) => withWrongEnum(value, schema)),
  /** Takes the form of the schema but for lengths and counts, and means harm. */
  hostile: () => changed((_, schema) => hostileValue(schema)),
  says: (text: string) => says(() => ({ text })),
  empty: () => says(() => ({ text: '' })),
  noOutput: () => says(() => ({ hasOutput: false })),
  noUsage: () => says(() => ({ hasUsage: false })),
} as const

function spent(kind: 'requests' | 'tokens', retryAfterMs: number | null): ApiError {
  const { status, error, headers } = rateLimited(kind, `Rate limit reached on ${kind} per min.`, retryAfterMs)
  const reset = retryAfterMs === null ? {} : { [`x-ratelimit-reset-${kind}`]: durationOf(retryAfterMs) }
  return new ApiError(status, error, { ...headers, [`x-ratelimit-remaining-${kind}`]: '0', ...reset })
}

function withWrongEnum(value: unknown, schema: JsonSchema): unknown {
  const options = schema.anyOf as JsonSchema[] | undefined
  if (options) return withWrongEnum(value, options.find(option => option.type !== 'null') ?? {})
  if (Array.isArray(schema.enum)) return 'none-of-these'
  if (Array.isArray(value)) return value.map(item => withWrongEnum(item, (schema.items ?? {}) as JsonSchema))
  if (typeof value !== 'object' || value === null) return value
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withWrongEnum(part, properties[key] ?? {})]),
  )
}

/** Which of the next requests go wrong. */
export interface Plan {
  /** So many of them; 1 when left out. */
  times?: number
  when?: (asked: Asked) => boolean
}

/** What is to go wrong, in the order it was asked for. */
export class PlannedFaults {
  readonly #planned: { fault: Fault; timesLeft: number; when: (asked: Asked) => boolean }[] = []

  plan(fault: Fault, { times = 1, when = () => true }: Plan = {}): void {
    this.#planned.push({ fault, timesLeft: times, when })
  }

  take(asked: Asked): Fault | null {
    const plan = this.#planned.find(
      ({ fault, timesLeft, when }) => timesLeft > 0 && canHappen(fault, asked) && when(asked),
    )
    if (!plan) return null
    plan.timesLeft--
    return plan.fault
  }

  /** Nothing more goes wrong. */
  clear(): void {
    this.#planned.length = 0
  }
}

/** A line of a batch has no connection; only a model can say something else. */
function canHappen(fault: Fault, asked: Asked): boolean {
  if (fault.kind === 'answer') return /^\/v1\/(responses|chat\/completions)$/.test(asked.path)
  return fault.kind === 'error' || !asked.isBatched
}
