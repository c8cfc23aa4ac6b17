import { z } from 'zod'
import { AnalysisFailed, type Usage } from '../port.ts'
import { cleanText } from '../text.ts'
import type { Protocol } from './config.ts'
import { type FailedRequest, failureSaid, notTheApi } from './failures.ts'
import { costOf, type Price } from './prices.ts'

export interface Reply {
  text: string
  usage: Usage
}

export interface ReplyTo {
  model: string
  price: Price | null
  latencyMs: number
  about: FailedRequest
}

const count = z.number().int().nonnegative().catch(0)
const error = z.unknown().optional()

const responseBody = z.object({
  model: z.string().optional(),
  status: z.string().optional(),
  error,
  incomplete_details: z.object({ reason: z.string().optional() }).nullish(),
  output: z.array(
    z.object({
      type: z.string(),
      content: z
        .array(z.object({ type: z.string(), text: z.string().optional(), refusal: z.string().optional() }))
        .nullish(),
    }),
  ),
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      input_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).partial().nullish(),
    })
    .nullish(),
})

const chatBody = z.object({
  model: z.string().optional(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).partial().nullish(),
    })
    .nullish(),
})

/** Tokens as either protocol counts them. */
export interface Counted {
  inputTokens: number
  cachedTokens: number
  cacheWriteTokens: number
  outputTokens: number
}

/** The words of the model in an answer. @throws {AnalysisFailed} with what it cost, where there are none. */
export function readReply(protocol: Protocol, body: unknown, to: ReplyTo): Reply {
  return protocol === 'responses' ? readResponse(body, to) : readChat(body, to)
}

function readResponse(body: unknown, to: ReplyTo): Reply {
  const parsed = responseBody.safeParse(body)
  if (!parsed.success) throw notTheApi(to.about, 'no “output” in the answer')
  const { status, output, incomplete_details: incomplete } = parsed.data
  const usage = usageOf(parsed.data.model, countedResponse(parsed.data.usage), to)
  if (status === 'failed') throw failureSaid(parsed.data.error, to.about, usage)
  const parts = output.filter(({ type }) => type === 'message').flatMap(({ content }) => content ?? [])
  if (parts.some(({ type }) => type === 'refusal')) throw refused(usage)
  if (status === 'incomplete') throw incomplete?.reason === 'content_filter' ? filtered(usage) : cut(usage)
  const text = parts.map(part => (part.type === 'output_text' ? (part.text ?? '') : '')).join('')
  return { text: assertText(text, usage), usage }
}

function readChat(body: unknown, to: ReplyTo): Reply {
  const parsed = chatBody.safeParse(body)
  if (!parsed.success) throw notTheApi(to.about, 'no “choices” in the answer')
  const { choices, model, usage: counted } = parsed.data
  const usage = usageOf(model, countedChat(counted), to)
  const [{ finish_reason: reason, message } = { finish_reason: null, message: {} }] = choices
  if (message.refusal) throw refused(usage)
  if (reason === 'content_filter') throw filtered(usage)
  if (reason === 'length') throw cut(usage)
  return { text: assertText(message.content ?? '', usage), usage }
}

function countedResponse(usage: z.infer<typeof responseBody>['usage']): Counted {
  const { cached_tokens = 0, cache_write_tokens = 0 } = usage?.input_tokens_details ?? {}
  return {
    inputTokens: usage?.input_tokens ?? 0,
    cachedTokens: cached_tokens,
    cacheWriteTokens: cache_write_tokens,
    outputTokens: usage?.output_tokens ?? 0,
  }
}

function countedChat(usage: z.infer<typeof chatBody>['usage']): Counted {
  const { cached_tokens = 0, cache_write_tokens = 0 } = usage?.prompt_tokens_details ?? {}
  return {
    inputTokens: usage?.prompt_tokens ?? 0,
    cachedTokens: cached_tokens,
    cacheWriteTokens: cache_write_tokens,
    outputTokens: usage?.completion_tokens ?? 0,
  }
}

function usageOf(model: string | undefined, counted: Counted, { price, latencyMs, ...asked }: ReplyTo): Usage {
  const { inputTokens, outputTokens } = counted
  const cachedTokens = Math.min(counted.cachedTokens, inputTokens)
  const costUsd = price === null ? null : costOf(price, counted)
  return {
    model: cleanText(model ?? '', 120) || asked.model,
    inputTokens,
    cachedTokens,
    outputTokens,
    costUsd,
    latencyMs,
  }
}

function assertText(text: string, usage: Usage): string {
  if (text.trim() !== '') return text
  throw new AnalysisFailed('invalid', 'The model answered with nothing. Try again, or choose another model.', { usage })
}

const refused = (usage: Usage) =>
  new AnalysisFailed('refused', 'The model refuses to describe this picture.', { usage })

const filtered = (usage: Usage) =>
  new AnalysisFailed('filtered', 'The filter of the provider stopped the description of this picture.', { usage })

const cut = (usage: Usage) =>
  new AnalysisFailed('incomplete', 'The answer was cut off. Ask for less in the prompt, or choose another model.', {
    usage,
  })
