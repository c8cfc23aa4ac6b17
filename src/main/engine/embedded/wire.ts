/** The shapes of Inngest's protocol that the engine reads and writes. */

export interface InngestEvent {
  id: string
  name: string
  data: Record<string, unknown>
  ts: number
  user?: Record<string, unknown>
}

export interface SerializedError {
  name: string
  message: string
  stack?: string
  cause?: unknown
}

/** What a step left behind: the text of `{"data": …}` or `{"error": …}`, by the hash of the step's id. */
export interface StoredStep {
  hash: string
  state: string
}

/** One operation of a 206 answer or of a checkpoint report. */
export interface Op {
  op: string
  /** sha1 of the step's id. */
  id: string
  name?: string | undefined
  displayName?: string | undefined
  data?: unknown
  error?: unknown
  opts?: Record<string, unknown> | null | undefined
}

/** What a `step.fetch` asks of the engine. */
export interface StepRequest {
  url: string
  method: string
  headers: Record<string, string>
  body?: string
}

/** A function as the SDK registers it. Durations and expressions are still text. */
export interface FunctionConfig {
  id: string
  name: string
  triggers: { event?: string; expression?: string; cron?: string; jitter?: string }[]
  steps: Record<string, { retries?: { attempts?: number } }>
  idempotency?: string
  batchEvents?: { maxSize: number; timeout: string; key?: string; if?: string }
  rateLimit?: { limit: number; period: string; key?: string }
  throttle?: { limit: number; period: string; burst?: number; key?: string }
  concurrency?: number | ConcurrencyConfig | ConcurrencyConfig[]
  debounce?: { period: string; timeout?: string; key?: string }
  priority?: { run?: string }
  singleton?: { mode: 'skip' | 'cancel'; key?: string }
  cancel?: { event: string; if?: string; timeout?: string }[]
  timeouts?: { start?: string; finish?: string }
}

export interface ConcurrencyConfig {
  limit: number
  key?: string
  scope?: string
}

/** @returns an error in the shape the SDK can read back, whatever was thrown. */
export function toSerializedError(value: unknown): SerializedError {
  const fields = (typeof value === 'object' && value !== null ? value : { message: String(value) }) as Record<
    string,
    unknown
  >
  return {
    name: typeof fields.name === 'string' ? fields.name : 'Error',
    message: typeof fields.message === 'string' ? fields.message : JSON.stringify(value),
    stack: typeof fields.stack === 'string' ? fields.stack : '',
    ...(fields.cause === undefined ? {} : { cause: fields.cause }),
  }
}
