import { CallFailed, type Handlers } from '../../shared/contract.ts'
import { faultOfSqliteError } from '../library/index.ts'

const sentences: Partial<Record<NonNullable<ReturnType<typeof faultOfSqliteError>>, string>> = {
  full: 'The disk of the library is full. Free some space, then go on; nothing is lost.',
  'read-only': 'The library cannot be written. Check its permissions, then go on; nothing is lost.',
  damaged: "The library's database is damaged. Close Burg Ink and open it again: it then says what to do.",
}

type Answer = (input: never) => unknown

/** A library whose disk is full, read-only or damaged is nobody's mistake: every call then fails with what to do about it. */
export function withLibraryFaults(handlers: Handlers): Handlers {
  const guarded = Object.entries(handlers).map(([name, handle]) => [name, guard(handle as Answer)])
  return Object.fromEntries(guarded) as Handlers
}

function guard(handle: Answer): Answer {
  return async input => {
    try {
      return await handle(input)
    } catch (cause) {
      throw explainLibraryFault(cause)
    }
  }
}

/** @returns the error itself when it is no fault of the library as a whole. */
export function explainLibraryFault(cause: unknown): unknown {
  const fault = faultOfSqliteError(cause)
  const message = fault === null ? undefined : sentences[fault]
  return message === undefined ? cause : new CallFailed('library-unavailable', message, { cause })
}
