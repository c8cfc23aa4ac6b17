import type { OpenAI } from 'openai'
import { AnalysisFailed } from '../port.ts'
import { type Connection, urlOf } from './config.ts'
import { type FailedRequest, failureOf } from './failures.ts'

export interface Answer<T> {
  body: T
  latencyMs: number
}

export interface Asking {
  signal?: AbortSignal | undefined
  /** For a sentence about a failure. */
  model?: string
  /** What the request may use, for the pace; not paced where left out. */
  tokens?: number
  /** Tokens it did use. */
  usedTokens?(body: unknown): number
  /** Instead of the connection's. */
  timeoutMs?: number
}

type Options = { signal: AbortSignal; timeout: number; maxRetries: 0 }
/** A request of the SDK, which also gives its headers. */
type Request<T> = (sdk: OpenAI, options: Options) => { withResponse(): Promise<{ data: T; response: Response }> }

/** A model on this computer may have to be loaded first, and has no graphics card to itself. */
const timeoutsMs = { openai: 120_000, own: 280_000 }

/** OpenAI's SDK, with the pace and the errors of this program. */
export function createClient({ baseUrl, pacer, timeoutMs, ...connection }: Connection) {
  const url = urlOf(baseUrl)
  // Pasted with what stood around it.
  const apiKey = connection.apiKey?.trim() || null
  const server = baseUrl === null ? 'OpenAI' : new URL(url).host
  let loading: Promise<OpenAI> | undefined

  function about(model: string | undefined): FailedRequest {
    return { model: model ?? null, server, apiKey, isCancelled: false, isOverdue: false }
  }

  /** @throws {AnalysisFailed} */
  async function ask<T>(request: Request<T>, asking: Asking = {}): Promise<Answer<T>> {
    if (!canBeSent(apiKey, baseUrl)) throw failureOf({ status: 401 }, about(asking.model))
    loading ??= load(url, apiKey)
    const sdk = await loading
    const { signal, tokens, usedTokens } = asking
    try {
      if (!pacer || tokens === undefined) return await send(sdk, request, asking, () => undefined)
      return await pacer.run(tokens, signal, report =>
        send(sdk, request, asking, (headers, body) => report(headers, usedTokens?.(body))),
      )
    } catch (cause) {
      // While it waited for its turn.
      if (!(cause instanceof AnalysisFailed) && signal?.aborted) {
        throw failureOf(cause, { ...about(asking.model), isCancelled: true })
      }
      throw cause
    }
  }

  async function send<T>(
    sdk: OpenAI,
    request: Request<T>,
    { signal, model, ...asking }: Asking,
    report: (headers: Headers, body?: T) => void,
  ): Promise<Answer<T>> {
    const timeout = asking.timeoutMs ?? timeoutMs ?? (baseUrl === null ? timeoutsMs.openai : timeoutsMs.own)
    const deadline = AbortSignal.timeout(timeout)
    const startMs = performance.now()
    try {
      const both = signal ? AbortSignal.any([signal, deadline]) : deadline
      // Jobs try again; the SDK's own retries would multiply theirs. Its clock, which tells less, is never the first to run out.
      const options: Options = { signal: both, timeout: 2 * timeout, maxRetries: 0 }
      const { data, response } = await request(sdk, options).withResponse()
      report(response.headers, data)
      return { body: data, latencyMs: Math.round(performance.now() - startMs) }
    } catch (cause) {
      const { headers } = cause as { headers?: Headers }
      if (headers instanceof Headers) report(headers)
      const isCancelled = signal?.aborted === true
      throw failureOf(cause, { ...about(model), isCancelled, isOverdue: deadline.aborted })
    }
  }

  return { ask, about }
}

/** OpenAI wants a key; a header takes no other characters. */
function canBeSent(apiKey: string | null, baseUrl: string | null): boolean {
  return apiKey === null ? baseUrl !== null : /^[\x21-\x7e]+$/.test(apiKey)
}

/** Costs 0.15 s and 34 MB of memory, so whoever asks no model never loads it. */
async function load(baseURL: string, apiKey: string | null): Promise<OpenAI> {
  const { OpenAI } = await import('openai')
  // What is left out would be taken from variables of the environment. Servers without keys take any.
  const unset = { organization: null, project: null, adminAPIKey: null, webhookSecret: null }
  return new OpenAI({ baseURL, apiKey: apiKey ?? 'none', ...unset, maxRetries: 0, logLevel: 'off' })
}
