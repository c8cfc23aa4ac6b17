import type { ErrorObject } from 'openai/resources/shared'

type ErrorHeaders = Record<string, string>

/** An answer that is an error, in the form of OpenAI's. https://platform.openai.com/docs/guides/error-codes */
export class ApiError extends Error {
  readonly status: number
  readonly error: ErrorObject
  readonly headers: ErrorHeaders
  constructor(status: number, error: Partial<ErrorObject> & { message: string }, headers: ErrorHeaders = {}) {
    super(error.message)
    this.status = status
    this.error = { type: 'invalid_request_error', param: null, code: null, ...error }
    this.headers = headers
  }
}

export const badRequest = (message: string, param: string | null, code: string) =>
  new ApiError(400, { message, param, code })

export const missingKey = () => new ApiError(401, { message: 'Missing bearer or basic authentication in header' })

/** OpenAI shows the ends of the key, as here. */
export const wrongKey = (key: string) =>
  new ApiError(401, {
    message: `Incorrect API key provided: ${key.slice(0, 8)}***${key.slice(-4)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    code: 'invalid_api_key',
  })

export const unknownModel = (model: string, param: string | null = null) =>
  new ApiError(404, {
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    param,
    code: 'model_not_found',
  })

export const notFound = (what: string, param: string | null = 'id') =>
  new ApiError(404, { message: `No such ${what}`, param })

export const noCredit = () =>
  new ApiError(429, {
    message:
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
    type: 'insufficient_quota',
    code: 'insufficient_quota',
  })

/** @param kind what there is too little of; OpenAI gives it as the type. */
export const rateLimited = (kind: 'requests' | 'tokens', message: string, retryAfterMs: number | null) =>
  new ApiError(429, { message, type: kind, code: 'rate_limit_exceeded' }, retryAfterHeaders(retryAfterMs))

function retryAfterHeaders(retryAfterMs: number | null): ErrorHeaders {
  if (retryAfterMs === null) return {}
  return { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'retry-after-ms': String(Math.ceil(retryAfterMs)) }
}
