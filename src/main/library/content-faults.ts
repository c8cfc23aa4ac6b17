import type { ReasonCode } from '../../shared/outcomes.ts'

/** Failures that lie in the bytes themselves: the same bytes fail the same way, so they are not read again unasked. */
const contentFaults: ReadonlySet<string> = new Set<ReasonCode>([
  'empty',
  'corrupt',
  'unsupported-format',
  'too-many-pixels',
  'too-slow',
  'too-much-memory',
  'decoder-crashed',
])

export function isContentFault(code: string | null): boolean {
  return code !== null && contentFaults.has(code)
}
