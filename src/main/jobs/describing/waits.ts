/** Sentences for a run that stands still, and until when it does. */

export function onlyWaits(message: string): string {
  return `${message} Burg Ink tries again by itself.`
}

export function dayCapReached(capUsd: number): string {
  return `The cap for a day, ${dollars(capUsd)}, is reached. It goes on by itself tomorrow, or when you raise the cap.`
}

export function runCapReached(capUsd: number): string {
  return `The cap of this run, ${dollars(capUsd)}, is reached. What is left waits: start another run for it.`
}

export const unknownPrice =
  'The price of this model is not known, so that no cap can hold. Enter its price in the settings, or remove the caps.'

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`
}

/** At most an hour: a computer that slept, or whose clock was set, is found out then. */
const longestWaitMs = 60 * 60_000

/** Until the day after begins by this computer's clock, with a second to spare. */
export function untilTomorrowMs(nowMs: number): number {
  const now = new Date(nowMs)
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
  return Math.min(longestWaitMs, tomorrow.getTime() - nowMs + 1000)
}
