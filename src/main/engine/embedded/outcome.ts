import { parseRetryAfter } from './duration.ts'
import type { SdkResult } from './sdk.ts'
import { type Op, type SerializedError, toSerializedError } from './wire.ts'

/** What the SDK's answer means for the run. */
export type Outcome =
  | { kind: 'completed'; result: unknown }
  | { kind: 'failed'; error: SerializedError }
  | { kind: 'retry'; error: SerializedError; retryAt: number | undefined }
  | { kind: 'ops'; ops: Op[]; retryAt: number | undefined }

/** @param isLast no attempt is left after this one. */
export function readResult(result: SdkResult, isLast: boolean, now: number): Outcome {
  try {
    switch (result.type) {
      case 'function-resolved':
        return { kind: 'completed', result: asJson(result.data) }
      case 'steps-found':
        return { kind: 'ops', ops: result.steps.map(toOp), retryAt: undefined }
      case 'step-ran':
        return { kind: 'ops', ops: [toOp(result.step)], retryAt: momentOf(result.retriable, now) }
      case 'function-rejected': {
        const retryAt = momentOf(result.retriable, now)
        return toFailure(toSerializedError(result.error), result.retriable === false || isLast, retryAt)
      }
      case 'step-not-found': {
        const name = result.step.displayName ?? result.step.id
        return toFailure({ name: 'StepNotFoundError', message: `The step "${name}" was not found.` }, isLast)
      }
      default:
        return toFailure({ name: 'Error', message: `The SDK answered "${result.type}".` }, true)
    }
  } catch (cause) {
    return toFailure(toSerializedError(cause), true)
  }
}

/** @returns the same failure, for good or to be tried again. */
export function toFailure(error: SerializedError, isFinal: boolean, retryAt?: number): Outcome {
  return isFinal ? { kind: 'failed', error } : { kind: 'retry', error, retryAt }
}

function toOp({ op, id, name, displayName, data, error, opts }: Op): Op {
  return asJson({ op, id, name, displayName, data, error, opts })
}

/** @throws {TypeError} for a circle, which could not be kept. A BigInt is left out, as the SDK does with it in steps. */
function asJson<Value>(value: Value): Value {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? undefined : part))
  return JSON.parse(text ?? 'null') as Value
}

function momentOf(retriable: boolean | string | undefined, now: number): number | undefined {
  return typeof retriable === 'string' ? parseRetryAfter(retriable, now) : undefined
}
