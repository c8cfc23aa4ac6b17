import { performance } from 'node:perf_hooks'

/** What the engine knows of time. Tests put a clock of their own in its place. */
export interface Clock {
  /** Milliseconds since 1970. Never goes back for as long as the clock is in use. */
  now(): number
  /** Calls `fire` once, at the earliest after `delayMs` or at a time of the clock's own choice before. @returns cancels it. */
  setTimer(delayMs: number, fire: () => void): () => void
}

// Timers stand still while a laptop sleeps, so a long wait is looked at again at least this often.
const LONGEST_TIMER_MS = 60_000

/**
 * The computer's clock, except that it never goes back: when the user or the network sets the clock back, time goes on
 * from where it was at the pace of the monotonic clock. A clock set forward is followed.
 */
export function createSystemClock(readWall = Date.now, readMonotonic = () => performance.now()): Clock {
  let wall = readWall()
  let monotonic = readMonotonic()
  let now = wall
  return {
    now() {
      const nextWall = readWall()
      const nextMonotonic = readMonotonic()
      const advanceMs = nextWall >= wall ? nextWall - wall : Math.round(nextMonotonic - monotonic)
      wall = nextWall
      monotonic = nextMonotonic
      now += advanceMs
      return now
    },
    setTimer(delayMs, fire) {
      const timer = setTimeout(fire, Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS))
      return () => clearTimeout(timer)
    },
  }
}
