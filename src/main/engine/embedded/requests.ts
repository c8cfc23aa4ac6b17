import type { Outcome } from './outcome.ts'
import { type Op, type StepRequest, toSerializedError } from './wire.ts'

/** What the SDK makes a `Response` of. */
interface StepResponse {
  url: string
  status_code: number
  headers: Record<string, string>
  body: string | null
}

const LONGEST_MS = 300_000
// What Inngest lets a step return. It is kept in the database and handed to each later call of the run.
const LARGEST_BODY_BYTES = 4 * 1024 * 1024
// With these, a `Response` refuses even an empty text.
const STATUSES_WITHOUT_BODY = new Set([101, 103, 204, 205, 304])

/** @returns undefined when the body is not text: nothing else comes through JSON whole. */
export function requestOf({ opts }: Op): StepRequest | undefined {
  const { url, method, headers, body } = opts ?? {}
  const asked = { url: String(url), method: String(method), headers: (headers ?? {}) as Record<string, string> }
  if (body === undefined || body === null) return asked
  return typeof body === 'string' ? { ...asked, body } : undefined
}

/**
 * Does the request of a `step.fetch`. Any answer is a result, whatever its status; only where none can be had, the step
 * fails. Redirects are followed by the rules of `fetch`: twenty at most, by HTTP alone, and no password goes to another host.
 * @returns what the SDK would have said of a step of its own.
 */
export async function fetchStep(
  step: string,
  request: StepRequest,
  isLast: boolean,
  stopped: AbortSignal,
  longestMs = LONGEST_MS,
): Promise<Outcome> {
  try {
    const data = await fetchWhole(request, AbortSignal.any([stopped, AbortSignal.timeout(longestMs)]))
    return { kind: 'ops', ops: [{ op: 'StepRun', id: step, data }], retryAt: undefined }
  } catch (cause) {
    const error = { name: 'GatewayError', message: `Error making gateway request: ${reasonOf(cause)}` }
    if (!isLast && !(cause instanceof NotHttp)) return { kind: 'retry', error, retryAt: undefined }
    return { kind: 'ops', ops: [{ op: 'StepFailed', id: step, error }], retryAt: undefined }
  }
}

async function fetchWhole({ url, ...request }: StepRequest, signal: AbortSignal): Promise<StepResponse> {
  if (!/^https?:$/.test(new URL(url).protocol)) throw new NotHttp(url)
  const response = await fetch(url, { ...request, signal })
  const body = await readText(response)
  const isBare = STATUSES_WITHOUT_BODY.has(response.status)
  return { url, status_code: response.status, headers: headersOf(response), body: isBare ? null : body }
}

function headersOf({ headers }: Response): Record<string, string> {
  // What says how the body came is not true of it any more.
  const names = [...headers.keys()].filter(name => name !== 'content-encoding' && name !== 'content-length')
  return Object.fromEntries(names.map(name => [name, headers.get(name) ?? '']))
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of body ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > LARGEST_BODY_BYTES) throw new Error(`the answer is larger than ${LARGEST_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

class NotHttp extends Error {
  constructor(url: string) {
    super(`"${url}" is not an address of HTTP`)
  }
}

/** `fetch` says "fetch failed", and why in the cause. */
function reasonOf(thrown: unknown): string {
  const { message, cause } = toSerializedError(thrown)
  return cause === undefined ? message : toSerializedError(cause).message || message
}
