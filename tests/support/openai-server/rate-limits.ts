import { rateLimited } from './api-error.ts'

type Now = () => number

/** Fills evenly, as much a minute as it holds. */
class Bucket {
  readonly perMinute: number
  readonly #now: Now
  #left: number
  #atMs: number

  constructor(perMinute: number, now: Now) {
    this.perMinute = perMinute
    this.#now = now
    this.#left = perMinute
    this.#atMs = now()
  }

  get left(): number {
    const nowMs = this.#now()
    this.#left = Math.min(this.perMinute, this.#left + ((nowMs - this.#atMs) * this.perMinute) / 60_000)
    this.#atMs = nowMs
    return this.#left
  }

  take(count: number): void {
    this.#left = this.left - count
  }

  /** Until there are so many. */
  msUntil(count: number): number {
    return Math.max(0, ((count - this.left) * 60_000) / this.perMinute)
  }
}

export interface Limits {
  requestsPerMinute: number
  tokensPerMinute: number
}

/** How much may be asked a minute. https://platform.openai.com/docs/guides/rate-limits */
export class RateLimits {
  readonly #buckets: { requests: Bucket; tokens: Bucket }

  constructor({ requestsPerMinute, tokensPerMinute }: Limits, now: Now) {
    this.#buckets = { requests: new Bucket(requestsPerMinute, now), tokens: new Bucket(tokensPerMinute, now) }
  }

  /** @throws {ApiError} 429 when it is too much. A refused request takes nothing. */
  admit(model: string, tokens: number): void {
    const wanted = { requests: 1, tokens }
    for (const kind of ['requests', 'tokens'] as const) {
      const { perMinute, left } = this.#buckets[kind]
      const waitMs = this.#buckets[kind].msUntil(wanted[kind])
      // A part of a request that floating point leaves over is none.
      if (waitMs < 0.001) continue
      const unit = kind === 'requests' ? 'requests per min (RPM)' : 'tokens per min (TPM)'
      const sums = `Limit ${perMinute}, Used ${Math.ceil(perMinute - left)}, Requested ${wanted[kind]}`
      const message = `Rate limit reached for ${model} in organization org-1 on ${unit}: ${sums}. Please try again in ${durationOf(waitMs)}.`
      throw rateLimited(kind, message, waitMs)
    }
    this.#buckets.requests.take(1)
    this.#buckets.tokens.take(tokens)
  }

  headers(): Record<string, string> {
    const entries = (['requests', 'tokens'] as const).flatMap(kind => {
      const bucket = this.#buckets[kind]
      return [
        [`x-ratelimit-limit-${kind}`, String(bucket.perMinute)],
        [`x-ratelimit-remaining-${kind}`, String(Math.max(0, Math.floor(bucket.left + 1e-9)))],
        [`x-ratelimit-reset-${kind}`, durationOf(bucket.msUntil(bucket.perMinute))],
      ]
    })
    return Object.fromEntries(entries)
  }
}

/** As OpenAI writes it: `120ms`, `8.64s`, `6m0s`, `1h2m3s`. */
export function durationOf(ms: number): string {
  const wholeMs = Math.ceil(ms - 1e-6)
  if (wholeMs < 1000) return `${wholeMs}ms`
  const seconds = `${(wholeMs % 60_000) / 1000}s`
  const minutes = Math.floor(wholeMs / 60_000)
  if (minutes === 0) return seconds
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`
}
