import type { SerializedError } from './wire.ts'

// Inngest's own limit. All results of a run are in memory while it is called.
const LARGEST_BYTES = 32 * 1024 * 1024

export const STATE_OVERFLOWED: SerializedError = {
  name: 'InngestErrStateOverflowed',
  message: `The function run exceeded the state size limit of ${LARGEST_BYTES} bytes.`,
}

export function isOverflow(sizeBytes: number): boolean {
  return sizeBytes > LARGEST_BYTES
}
