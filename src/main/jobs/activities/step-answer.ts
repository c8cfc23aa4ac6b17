/** How a step of long work ends. */
export interface StepAnswer {
  /** `soon`: in a moment. `wait`: later, and each time in vain later still. */
  next: 'go-on' | 'soon' | 'wait' | 'end'
  hasDone: boolean
}

const soonMs = 1_000
const shortestWaitMs = 10_000
const longestWaitMs = 600_000

/** @param inVain answers before this one, in a row, that waited and had done nothing. */
export function waitMsAfter({ next }: StepAnswer, inVain: number): number {
  if (next === 'soon') return soonMs
  return next === 'wait' ? Math.min(shortestWaitMs * 2 ** inVain, longestWaitMs) : 0
}
