import { AnalysisFailed, type AnalysisFailure, type Usage } from '../port.ts'
import { cleanText } from '../text.ts'

/** What a server said that is no answer, without the request that it was said to: that one holds the key. */
export class ServerFault extends Error {
  /** null where nothing was answered. */
  readonly status: number | null
  constructor(status: number | null, detail: string) {
    super(detail)
    this.name = 'ServerFault'
    this.status = status
  }
}

/** What is known of a request that failed, for a sentence about it. */
export interface FailedRequest {
  model: string | null
  /** Host and port, for a person. */
  server: string
  apiKey: string | null
  isCancelled: boolean
  isOverdue: boolean
}

/** The client's errors, and errors in the lines of a batch. */
interface Answered {
  status?: number | undefined
  headers?: Headers | undefined
  /** The `error` of an answer that is JSON. */
  error?: unknown
  message?: string
  cause?: unknown
  code?: unknown
}

interface Said {
  code: string
  type: string
  message: string
}

/** https://developers.openai.com/api/docs/guides/error-codes */
const noCreditCodes = ['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active', 'quota_exceeded']
const filterCodes = [
  ...['content_policy_violation', 'content_filter', 'moderation_blocked', 'image_content_policy_violation'],
  ...['bio_policy', 'misalignment_policy_violation'],
]

/** Of whatever the client threw. No part of it, its cause or its stack holds the key. */
export function failureOf(cause: unknown, about: FailedRequest): AnalysisFailed {
  if (cause instanceof AnalysisFailed) return cause
  const answered = cause as Answered
  if (about.isCancelled) return new AnalysisFailed('cancelled', 'The request was cancelled.')
  if (answered.status === undefined) return silence(cause, about)
  const said = saidIn(answered, about)
  const code = codeOf(answered.status, said, answered.message ?? '')
  return failure(code, sentence(code, said, about), answered, said)
}

/** Of an answer that came as it should and says that there is none. */
export function failureSaid(error: unknown, about: FailedRequest, usage: Usage | null): AnalysisFailed {
  const said = saidIn({ error }, about)
  const code = codeSaid(said)
  const options = { cause: new ServerFault(200, `${said.code}: ${said.message}`), ...(usage && { usage }) }
  return new AnalysisFailed(code, sentence(code, said, about), options)
}

/** Where something that speaks another language answered. */
export function notTheApi(about: Pick<FailedRequest, 'server'>, detail: string): AnalysisFailed {
  const message = `${about.server} answers, but not as a model server does. Check the address in the settings; most end in /v1.`
  return new AnalysisFailed('bad-endpoint', message, { cause: new ServerFault(200, detail) })
}

function failure(code: AnalysisFailure, message: string, answered: Answered, said: Said): AnalysisFailed {
  const retryAfterMs = retryAfterOf(answered.headers)
  const detail = `HTTP ${answered.status} ${said.code} ${said.message}`.trim()
  return new AnalysisFailed(code, message, {
    cause: new ServerFault(answered.status ?? null, detail),
    ...(retryAfterMs !== null && { retryAfterMs }),
  })
}

/** Nothing came, or it broke off. */
function silence(cause: unknown, { isOverdue, server }: FailedRequest): AnalysisFailed {
  const code = systemCodeOf(cause)
  const options = { cause: new ServerFault(null, code) }
  if (isOverdue || /TIMEOUT|ETIMEDOUT/.test(code)) {
    return new AnalysisFailed('timeout', `${server} took too long to answer. Try again later.`, options)
  }
  if (cause instanceof SyntaxError) {
    return new AnalysisFailed('server', `${server} sent an answer that breaks off. Try again later.`, options)
  }
  if (/^(HPE_|ERR_SSL|EPROTO)/.test(code)) {
    const message = `${server} does not speak this protocol. Check whether its address begins with http:// or https://.`
    return new AnalysisFailed('bad-endpoint', message, options)
  }
  const message = `${server} cannot be reached (${code}). Check the connection and whether the server runs.`
  return new AnalysisFailed('unreachable', message, options)
}

function codeOf(status: number, said: Said, text: string): AnalysisFailure {
  const isPage = /^\s*(\d{3} )?\s*<(!doctype|html)/i.test(text)
  if (status >= 500) return 'server'
  if (noCreditCodes.includes(said.code) || noCreditCodes.includes(said.type) || status === 402) return 'no-credit'
  if (isPage || status === 405 || status < 400) return 'bad-endpoint'
  if (status === 401) return 'bad-key'
  if (said.code === 'model_not_found' || (status === 404 && /\bmodel\b/i.test(said.message))) return 'no-model'
  if (status === 403) return 'denied'
  if (status === 404) return 'bad-endpoint'
  if (status === 429) return 'rate-limited'
  if (status === 408) return 'timeout'
  if (status === 409) return 'server'
  return filterCodes.includes(said.code) ? 'filtered' : 'bad-request'
}

/** Codes of `ResponseError`, and of lines of a batch. */
function codeSaid({ code, type }: Said): AnalysisFailure {
  if (noCreditCodes.includes(code) || noCreditCodes.includes(type)) return 'no-credit'
  if (filterCodes.includes(code)) return 'filtered'
  if (code === 'rate_limit_exceeded' || code === 'token_limit_exceeded') return 'rate-limited'
  if (code === 'batch_expired') return 'timeout'
  if (code === 'batch_cancelled') return 'cancelled'
  if (code === 'model_not_found') return 'no-model'
  return code === '' || code === 'server_error' || code === 'vector_store_timeout' ? 'server' : 'bad-request'
}

function sentence(code: AnalysisFailure, said: Said, { server, model, apiKey }: FailedRequest): string {
  const words = said.message ? ` It says: “${cleanText(said.message, 300)}”` : ''
  switch (code) {
    case 'bad-key':
      return apiKey === null
        ? `${server} asks for a key. Enter one in the settings.`
        : `${server} does not accept the key. Check it in the settings, or make a new one.`
    case 'no-credit':
      return `There is no credit left at ${server}. Add credit or raise the limit of your account there, then go on.`
    case 'no-model':
      return `${server} has no model “${cleanText(model ?? '', 60)}” for you. Choose another one in the settings.`
    case 'denied':
      return `${server} does not allow this.${words} Check what your key and your account may do.`
    case 'bad-endpoint':
      return `${server} has nothing at this address. Check it in the settings; most end in /v1.`
    case 'rate-limited':
      return `${server} asks to slow down. Nothing is lost; go on in a while.`
    case 'filtered':
      return `The filter of ${server} does not let this picture through.`
    case 'timeout':
      return `${server} did not come to this picture in time. Try again later.`
    case 'cancelled':
      return 'The request was cancelled.'
    case 'server':
      return `${server} does not work at the moment. Try again later; nothing is lost.`
    default:
      return `${server} does not take this request.${words} Check the model and the prompt in the settings.`
  }
}

function saidIn({ error, message }: Answered, { apiKey }: FailedRequest): Said {
  const said = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {}
  const text = typeof error === 'string' ? error : said.message
  const own = typeof text === 'string' ? text : error === undefined ? (message ?? '') : ''
  const word = (value: unknown) => (typeof value === 'string' ? cleanText(withoutKey(value, apiKey), 80) : '')
  return { code: word(said.code), type: word(said.type), message: cleanText(withoutKey(own, apiKey), 500) }
}

/** Servers repeat the key in what they say of it, whole or with stars in the middle. */
function withoutKey(text: string, apiKey: string | null): string {
  const bare = apiKey === null || apiKey === '' ? text : text.replaceAll(apiKey, '[key]')
  return bare.replace(/\bsk-[\w*-]{4,}|[^\s"'“”]*\*{3,}[^\s"'“”]*/g, '[key]')
}

/** `retry-after-ms`, else `retry-after` in seconds or as a date. */
function retryAfterOf(headers: Headers | undefined): number | null {
  const ms = headers?.get('retry-after-ms')
  if (ms && Number.isFinite(Number(ms))) return Math.max(0, Number(ms))
  const after = headers?.get('retry-after')
  if (!after) return null
  const waitMs = /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now()
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null
}

/** The innermost code: the client wraps fetch's error, which wraps the system's. */
function systemCodeOf(cause: unknown): string {
  let code = 'no answer'
  for (let error = cause as Answered | undefined, depth = 0; error && depth < 5; depth++) {
    if (typeof error.code === 'string') code = error.code
    error = error.cause as Answered | undefined
  }
  return cleanText(code, 60)
}
