const UNITS_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}
const DURATION = /^(\d+(\.\d+)?(ms|[smhdw]))+$/

/** @returns the milliseconds of a duration such as `1s` or `2h30m`, or undefined when it is not one. */
export function parseDurationMs(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined
  let total = 0
  for (const [, amount, , unit] of text.matchAll(/(\d+(\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (UNITS_MS[unit ?? ''] ?? 0)
  }
  return total
}

/** @returns the moment that a duration from `now` or a date in text means, or undefined when it is neither. */
export function parseMoment(text: string, now: number): number | undefined {
  const durationMs = parseDurationMs(text)
  if (durationMs !== undefined) return now + durationMs
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : date
}

/** @returns the moment a `Retry-After` header names: seconds from `now`, or a date. */
export function parseRetryAfter(header: string, now: number): number | undefined {
  const seconds = Number(header)
  if (header.trim() !== '' && Number.isFinite(seconds)) return now + seconds * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : date
}
