import { StoreFailed, type StoreFailure } from '../../storage/index.ts'
import { diagnose } from '../failures.ts'

/** What an error means for a lane of work on many originals. */
export interface Trouble {
  /** `store`: all others would meet it. `passing`: it is tried again by itself. `original`: it may be of this one alone. */
  of: 'store' | 'passing' | 'original'
  message: string
}

/** The original cannot be brought to the other place, and trying again would not help. `message` is for a person. */
export class OriginalFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'OriginalFault'
  }
}

const ofStore: ReadonlySet<StoreFailure> = new Set([
  'full',
  'read-only',
  'denied',
  'clock',
  'no-bucket',
  'wrong-region',
  'bad-key-id',
  'bad-secret',
  'tls',
  'bad-endpoint',
  'taken',
])
const passing: ReadonlySet<StoreFailure> = new Set(['unreachable', 'slow-down'])

export function troubleOf(error: unknown): Trouble {
  const diagnosis = diagnose(error)
  if (error instanceof StoreFailed) {
    const of = ofStore.has(error.code) ? 'store' : passing.has(error.code) ? 'passing' : 'original'
    return { of, message: error.message }
  }
  if (diagnosis.kind === 'halt') return { of: 'store', message: diagnosis.message }
  const why = error instanceof Error ? error.message : String(error)
  return { of: 'original', message: `It could not be copied (${why}). Go on to try it again.` }
}
