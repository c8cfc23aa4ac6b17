/** What a server says of one limit: requests or tokens. */
export interface LimitReport {
  limit: number
  remaining: number
  /** Until all of it is there again. */
  resetMs: number | null
}

/** What was there when something was taken, to compare with what the server says of that moment. */
export interface Taken {
  leftAfter: number
  correction: number
  takenInAll: number
}

const minuteMs = 60_000
/** Of the allowance: what is left over takes up clocks that differ. */
const usedShare = 0.98

/**
 * A limit as OpenAI keeps it, a bucket that fills evenly, mirrored here. What is taken is spread over the minute: servers
 * count in shorter spans than a minute, and some empty the bucket all at once.
 */
export class Allowance {
  #limit: number | null = null
  #perMs = 0
  #isOfMinutes = true
  #left = 0
  #atMs = 0
  #nextAtMs = 0
  #correction = 0
  #takenInAll = 0

  get isKnown(): boolean {
    return this.#limit !== null
  }

  /** How long until `amount` can be taken. `usual`: what such a one really uses, to spread by. */
  waitMs(amount: number, nowMs: number): number {
    if (this.#limit === null) return 0
    this.#fill(nowMs)
    // What is larger than the whole limit has to be tried all the same.
    const lacking = Math.min(amount, this.#limit) - this.#left
    const untilFilled = lacking > 0 ? lacking / this.#perMs : 0
    return Math.max(untilFilled, this.#isOfMinutes ? this.#nextAtMs - nowMs : 0)
  }

  take(amount: number, usual: number, nowMs: number): Taken {
    this.#takenInAll += amount
    if (this.#limit !== null) {
      this.#fill(nowMs)
      this.#left -= amount
      const gapMs = usual / (this.#perMs * usedShare)
      // Who wakes late may catch up, a little.
      this.#nextAtMs = Math.max(nowMs - gapMs, this.#nextAtMs) + gapMs
    }
    return { leftAfter: this.#left, correction: this.#correction, takenInAll: this.#takenInAll }
  }

  learn({ limit, remaining, resetMs }: LimitReport, taken: Taken, nowMs: number): void {
    if (limit <= 0) return
    const wasKnown = this.#limit !== null
    this.#limit = limit
    const used = limit - remaining
    // Longer than a minute: a limit of a day, which is not spread, or nothing would go on for minutes.
    this.#isOfMinutes = resetMs === null || resetMs <= minuteMs * 1.05
    this.#perMs = this.#isOfMinutes || resetMs === null || used <= 0 ? limit / minuteMs : used / resetMs
    if (!wasKnown) {
      this.#atMs = nowMs
      this.#left = remaining - (this.#takenInAll - taken.takenInAll)
      return
    }
    this.#fill(nowMs)
    const correction = taken.correction + remaining - taken.leftAfter
    this.#left += correction - this.#correction
    this.#correction = correction
  }

  #fill(nowMs: number): void {
    this.#left = Math.min(this.#limit ?? 0, this.#left + (nowMs - this.#atMs) * this.#perMs)
    this.#atMs = nowMs
  }
}

/** `x-ratelimit-{limit,remaining,reset}-{requests,tokens}`: https://developers.openai.com/api/docs/guides/rate-limits */
export function reportIn(headers: Headers, kind: 'requests' | 'tokens'): LimitReport | null {
  const limit = Number.parseInt(headers.get(`x-ratelimit-limit-${kind}`) ?? '', 10)
  const remaining = Number.parseInt(headers.get(`x-ratelimit-remaining-${kind}`) ?? '', 10)
  if (!Number.isFinite(limit) || !Number.isFinite(remaining)) return null
  return { limit, remaining, resetMs: durationIn(headers.get(`x-ratelimit-reset-${kind}`)) }
}

const unitsMs: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** `6m0s`, `1.5s`, `120ms`, `1h2m3s`, or seconds alone. */
export function durationIn(text: string | null): number | null {
  if (text === null || text.trim() === '') return null
  if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text) * 1000
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|d|h|m|s)/g)]
  if (parts.map(([part]) => part).join('') !== text.trim()) return null
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitsMs[unit ?? ''] ?? 0), 0)
}
