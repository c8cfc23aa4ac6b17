import { parseRetryAfter } from './duration.ts'
import type { Answer } from './sdk.ts'
import { type Op, toSerializedError } from './wire.ts'

/** What an answer of the SDK means. */
export type Outcome =
  | { kind: 'completed'; result: unknown }
  | { kind: 'failed'; error: unknown }
  | { kind: 'retry'; error: unknown; retryAt: number | undefined }
  | { kind: 'ops'; ops: Op[]; retryAt: number | undefined }

/** @param isLast no attempt is left after this one. */
export function readAnswer(answer: Answer, isLast: boolean, now: number): Outcome {
  const header = (name: string) => Object.entries(answer.headers).find(([key]) => key.toLowerCase() === name)?.[1]
  const retryAfter = header('retry-after')
  const retryAt = retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, now)
  const body = parseBody(answer.body)
  if (answer.status === 206) return { kind: 'ops', ops: [body].flat() as Op[], retryAt }
  if (answer.status === 200) return { kind: 'completed', result: body }
  const error = toSerializedError(isRecord(body) && typeof body.error === 'string' ? { message: body.error } : body)
  if (header('x-inngest-no-retry') === 'true' || isLast) return { kind: 'failed', error }
  return { kind: 'retry', error, retryAt }
}

function parseBody(body: string): unknown {
  try {
    return body === '' ? null : JSON.parse(body)
  } catch {
    return { message: body }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
