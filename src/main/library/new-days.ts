/** So long a picture counts as new. A week has in it what one brought home and has not looked at yet. */
const daysNew = 7
const dayMs = 24 * 60 * 60 * 1000

/** The days, in UTC, on which what is new came. */
export function newDays(now = new Date()): string[] {
  return Array.from({ length: daysNew }, (_, i) => new Date(now.getTime() - i * dayMs).toISOString().slice(0, 10))
}
