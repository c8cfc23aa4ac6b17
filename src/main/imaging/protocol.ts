import type { Limits } from './limits.ts'
import { type DerivedPicture, PictureRefused, type PreviewTargets, type RefusalCode } from './port.ts'

/** First argument of the child, as JSON. */
export interface ChildSettings {
  limits: Limits
  /** Threads one picture may use when it is alone. */
  cores: number
  /** The program that shows frames of a video; null where there is none. */
  ffmpeg: string | null
}

/** What the child is asked to do with one picture. */
export type Work =
  | { kind: 'derive'; originalPath: string; targets: PreviewTargets }
  | { kind: 'reduce'; path: string; longSide: number }

export interface WorkRequest {
  id: number
  work: Work
}

export type FromChild =
  | { kind: 'ready' }
  | { kind: 'memory'; rssBytes: number }
  /** A large picture waits for another one to end: its time stands still until it `begins`. */
  | { kind: 'waits'; id: number }
  | { kind: 'begins'; id: number }
  | { kind: 'did'; id: number; result: DerivedPicture | Uint8Array }
  | { kind: 'threw'; id: number; error: WireError }

/** An error crosses the process boundary with what the serialisation of Node would drop: `code` and its kin. */
export interface WireError {
  refusal?: RefusalCode
  message: string
  stack?: string
  code?: string
  errno?: number
  syscall?: string
  path?: string
  cause?: string
}

export function errorToWire(error: unknown): WireError {
  if (error instanceof PictureRefused) {
    const cause = error.cause instanceof Error ? error.cause.message : undefined
    return { refusal: error.code, message: error.message, ...(cause && { cause }) }
  }
  if (!(error instanceof Error)) return { message: String(error) }
  const { message, stack, code, errno, syscall, path } = error as NodeJS.ErrnoException
  return {
    message,
    ...(stack && { stack }),
    ...(code && { code }),
    ...(errno && { errno }),
    ...(syscall && { syscall }),
    ...(path && { path }),
  }
}

export function errorFromWire({ refusal, message, cause, stack, ...facts }: WireError): Error {
  if (refusal)
    return new PictureRefused(refusal, message, cause === undefined ? undefined : { cause: new Error(cause) })
  const error = new Error(message)
  if (stack) error.stack = stack
  return Object.assign(error, facts)
}
