import { setTimeout as delay } from 'node:timers/promises'
import { AnalysisFailed } from '../port.ts'
import { Allowance, reportIn } from './allowance.ts'

/** Tells the pacer what an answer, good or bad, says of the limits, and what the request really used. */
export type Report = (headers: Headers, usedTokens?: number) => void

/** Paces all requests with one key. */
export interface Pacer {
  /**
   * Runs a request in its turn. It is not tried again.
   * @param estimateTokens what it may use.
   * @throws what the request throws; `rate-limited` without asking where its turn is minutes away; the signal's reason.
   */
  run<T>(estimateTokens: number, signal: AbortSignal | undefined, request: (report: Report) => Promise<T>): Promise<T>
}

export interface PacerOptions {
  /** Milliseconds of a clock that only goes forward. */
  now?(): number
  /** @throws when the signal aborts. */
  sleep?(ms: number, signal?: AbortSignal): Promise<void>
}

/** Requests in flight: where it begins, and the most it gets to; fewer where no limits are told, as by most local servers. */
const inFlightFirst = 4
const inFlightMax = { limited: 64, unlimited: 16 }
/** A server without limits is asked for more only while that does not make it slower. */
const slowerMax = 1.5
const backoffMs = { first: 1000, max: 60_000 }
/** Who would wait longer than this had better tell the person. */
const waitMaxMs = 5 * 60_000

/** It spreads requests over the limits that the server tells, and finds out how many at once it takes where it tells none. */
export function createPacer({ now = () => performance.now(), sleep = realSleep }: PacerOptions = {}): Pacer {
  const requests = new Allowance()
  const tokens = new Allowance()
  const queue: (() => void)[] = []
  let inFlight = 0
  let allowed = inFlightFirst
  let openAtMs = 0
  let complaints = 0
  let fastestMs = Number.POSITIVE_INFINITY
  /** What requests use of what they may use. */
  let usedShare = 1

  async function enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    if (inFlight < Math.floor(allowed)) {
      inFlight++
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = () => {
      const place = queue.indexOf(resolve)
      if (place < 0) return
      queue.splice(place, 1)
      reject(signal?.reason)
    }
    queue.push(resolve)
    signal?.addEventListener('abort', leave, { once: true })
    await promise.finally(() => signal?.removeEventListener('abort', leave))
  }

  function release(): void {
    inFlight--
    while (inFlight < Math.floor(allowed)) {
      const next = queue.shift()
      if (!next) return
      inFlight++
      next()
    }
  }

  async function turn(estimate: number, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted()
      const nowMs = now()
      const waitMs = Math.max(openAtMs - nowMs, requests.waitMs(1, nowMs), tokens.waitMs(estimate, nowMs))
      if (waitMs <= 0) return
      if (waitMs > waitMaxMs) throw farAway(waitMs)
      await sleep(Math.max(1, waitMs), signal)
    }
  }

  function slowDown(retryAfterMs: number | null): void {
    const nowMs = now()
    // Those in flight together are told together: that is one complaint, not many.
    if (openAtMs <= nowMs) {
      allowed = Math.max(1, allowed / 2)
      complaints++
    }
    const waitMs = retryAfterMs ?? Math.min(backoffMs.max, backoffMs.first * 2 ** (complaints - 1))
    openAtMs = Math.max(openAtMs, nowMs + waitMs)
  }

  function speedUp(tookMs: number): void {
    complaints = 0
    const isLimited = requests.isKnown || tokens.isKnown
    fastestMs = Math.min(fastestMs, tookMs)
    const isSlower = !isLimited && tookMs > fastestMs * slowerMax
    const max = isLimited ? inFlightMax.limited : inFlightMax.unlimited
    allowed = isSlower ? Math.max(1, allowed - 1 / allowed) : Math.min(max, allowed + 1 / allowed)
  }

  async function run<T>(
    estimate: number,
    signal: AbortSignal | undefined,
    request: (report: Report) => Promise<T>,
  ): Promise<T> {
    await enter(signal)
    try {
      await turn(estimate, signal)
      const startMs = now()
      const takenRequests = requests.take(1, 1, startMs)
      const takenTokens = tokens.take(estimate, estimate * usedShare, startMs)
      const answer = await request((headers, usedTokens) => {
        const said = reportIn(headers, 'requests')
        const saidTokens = reportIn(headers, 'tokens')
        if (said) requests.learn(said, takenRequests, now())
        if (saidTokens) tokens.learn(saidTokens, takenTokens, now())
        if (usedTokens !== undefined && estimate > 0) {
          usedShare = usedShare * 0.8 + 0.2 * Math.min(1, Math.max(0.05, usedTokens / estimate))
        }
      })
      speedUp(now() - startMs)
      return answer
    } catch (cause) {
      const code = cause instanceof AnalysisFailed ? cause.code : null
      if (code === 'rate-limited') slowDown((cause as AnalysisFailed).retryAfterMs)
      // Too many at once is what makes a small server time out.
      if (code === 'timeout') allowed = Math.max(1, allowed / 2)
      throw cause
    } finally {
      release()
    }
  }

  return { run }
}

function farAway(waitMs: number): AnalysisFailed {
  const minutes = Math.ceil(waitMs / 60_000)
  const message = `The limit of your key is used up; it allows more in ${minutes} minutes. Nothing is lost; go on then.`
  return new AnalysisFailed('rate-limited', message, { retryAfterMs: Math.ceil(waitMs) })
}

const realSleep = (ms: number, signal?: AbortSignal) => delay(ms, undefined, { signal })
