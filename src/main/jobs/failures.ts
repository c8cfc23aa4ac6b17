import { NonRetriableError } from 'inngest'
import { type ReasonCode, reasons } from '../../shared/outcomes.ts'
import { PictureRefused } from '../imaging/index.ts'
import { faultOfSqliteError } from '../library/index.ts'
import { FileRefused, SourceUnavailable } from '../sources/index.ts'
import { StoreFailed } from '../storage/index.ts'

/** What an error means: the file's fault, a reason to halt the whole sync, or neither (then the step is tried again). */
export type Diagnosis =
  | { kind: 'file'; code: ReasonCode; message: string }
  | { kind: 'halt'; message: string }
  | { kind: 'unknown' }

const diskFull = 'The disk of the library is full. Free some space, then go on; nothing is lost.'
const diskFails = 'The disk of the library fails. Check it, or connect it again, then go on; nothing is lost.'
const notWritable = 'The library cannot be written. Check its permissions, then go on; nothing is lost.'

/** An original that is only in the cloud cannot be read from there now. `message` is for a person. */
export class CloudUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CloudUnavailable'
  }
}

export function diagnose(error: unknown): Diagnosis {
  if (error instanceof PictureRefused || error instanceof FileRefused) {
    return { kind: 'file', code: error.code, message: error.message }
  }
  if (error instanceof StoreFailed && error.code === 'hash-mismatch') {
    return { kind: 'file', code: 'changing', message: reasons.changing }
  }
  if (error instanceof SourceUnavailable || error instanceof CloudUnavailable)
    return { kind: 'halt', message: error.message }
  if (isFull(error)) return { kind: 'halt', message: diskFull }
  if (isReadOnly(error)) return { kind: 'halt', message: notWritable }
  // A disk that was unplugged, or that the system made read-only while it was in use.
  if (errnoOf(error).startsWith('SQLITE_IOERR')) return { kind: 'halt', message: diskFails }
  return { kind: 'unknown' }
}

function isFull(error: unknown): boolean {
  if (error instanceof StoreFailed) return error.code === 'full'
  return ['ENOSPC', 'EDQUOT'].includes(errnoOf(error)) || faultOfSqliteError(error) === 'full'
}

function isReadOnly(error: unknown): boolean {
  if (error instanceof StoreFailed) return error.code === 'read-only' || error.code === 'denied'
  return ['EROFS', 'EACCES', 'EPERM'].includes(errnoOf(error)) || faultOfSqliteError(error) === 'read-only'
}

function errnoOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Ends the run without another attempt: the file has ended, or its sync has halted and the file waits. */
export function final(message: string, cause: unknown): NonRetriableError {
  return new NonRetriableError(message, { cause })
}

/** Whether a run ended by `final`, also when its error was stored in between. */
export function isFinal(error: Error): boolean {
  return error.name === 'NonRetriableError'
}
