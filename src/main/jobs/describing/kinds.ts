import type { AnalysisFailure } from '../../analysis/index.ts'

/** What a failure means: the picture's own; of all of them; or it passes. `cancelled` was asked for. */
export type FailureKind = 'picture' | 'all' | 'passing' | 'cancelled'

export function kindOf(code: AnalysisFailure): FailureKind {
  switch (code) {
    case 'refused':
    case 'filtered':
    case 'incomplete':
    case 'invalid':
    case 'bad-request':
      return 'picture'
    case 'bad-key':
    case 'no-credit':
    case 'no-model':
    case 'denied':
    case 'bad-endpoint':
      return 'all'
    case 'cancelled':
      return 'cancelled'
    default:
      return 'passing'
  }
}

/** A timeout may come after the answer was made, and a picture's own failures are answers. Nothing else is charged. */
export function mayBeCharged(code: AnalysisFailure): boolean {
  return code === 'timeout' || code === 'cancelled' || (kindOf(code) === 'picture' && code !== 'bad-request')
}
