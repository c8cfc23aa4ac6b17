import { expect, test } from 'vitest'
import { durationIn } from '../../../src/main/analysis/openai/allowance.ts'
import { createPacer, type Pacer } from '../../../src/main/analysis/openai/pacer.ts'
import { AnalysisFailed } from '../../../src/main/analysis/port.ts'
import { RateLimits } from '../../support/openai-server/rate-limits.ts'
import { SimulatedTime } from '../../support/simulated-time.ts'

const minuteMs = 60_000

interface Simulated {
  latencyMs?: number | ((inFlight: number) => number)
  /** What the server counts a request as, and what the lane thinks it is. */
  tokens?: number
  estimate?: number
  /** @throws {AnalysisFailed} */
  admit(nowMs: number): void
  headers(): Record<string, string>
}

/** A server in simulated time, and a lane that always has more to ask. */
function lane(server: Simulated) {
  const time = new SimulatedTime()
  const pacer = createPacer(time)
  const answeredAtMs: number[] = []
  const refusedAtMs: number[] = []
  let inFlight = 0
  let mostInFlight = 0

  async function ask(signal?: AbortSignal): Promise<void> {
    await pacer.run(server.estimate ?? 1000, signal, async report => {
      mostInFlight = Math.max(mostInFlight, ++inFlight)
      const { latencyMs = 1000 } = server
      try {
        const headers = admitted(server, time.nowMs)
        await time.sleep(typeof latencyMs === 'number' ? latencyMs : latencyMs(inFlight))
        report(new Headers(headers), server.tokens)
        answeredAtMs.push(time.nowMs)
      } catch (cause) {
        report(new Headers(server.headers()))
        refusedAtMs.push(time.nowMs)
        throw cause
      } finally {
        inFlight--
      }
    })
  }

  async function keepAsking(endMs: number): Promise<void> {
    while (time.nowMs < endMs) await ask().catch(() => time.sleep(1))
  }

  function start(minutes: number, askers: number): Promise<void>[] {
    return Array.from({ length: askers }, () => keepAsking(minutes * minuteMs))
  }

  async function run(minutes: number, askers = 40): Promise<void> {
    const asking = start(minutes, askers)
    await time.run()
    await Promise.all(asking)
  }

  const between = (times: number[], fromMin: number, toMin: number) =>
    times.filter(ms => ms >= fromMin * minuteMs && ms < toMin * minuteMs).length

  return {
    time,
    pacer,
    ask,
    start,
    run,
    answered: (fromMin: number, toMin: number) => between(answeredAtMs, fromMin, toMin),
    refused: (fromMin: number, toMin: number) => between(refusedAtMs, fromMin, toMin),
    mostInFlight: () => mostInFlight,
  }
}

/** Headers as of the moment a request is let in. */
function admitted(server: Simulated, nowMs: number): Record<string, string> {
  server.admit(nowMs)
  return server.headers()
}

const rateLimited = (retryAfterMs?: number) =>
  new AnalysisFailed('rate-limited', 'Slower.', retryAfterMs === undefined ? {} : { retryAfterMs })

/** As OpenAI does it: buckets that fill evenly. */
function bucketServer(limits: { requestsPerMinute?: number; tokensPerMinute?: number }, more: Partial<Simulated> = {}) {
  let nowMs = 0
  const buckets = new RateLimits({ requestsPerMinute: 1e6, tokensPerMinute: 1e9, ...limits }, () => nowMs)
  const server: Simulated = {
    admit(atMs) {
      nowMs = atMs
      try {
        buckets.admit('gpt-5-mini', more.tokens ?? 1000)
      } catch {
        throw rateLimited(500)
      }
    },
    headers: () => buckets.headers(),
    ...more,
  }
  return server
}

test('uses nearly all of 500 requests a minute of a server that takes a second, and is never refused', async () => {
  const simulated = lane(bucketServer({ requestsPerMinute: 500 }))
  await simulated.run(6)
  for (let minute = 1; minute < 6; minute++) {
    expect(simulated.answered(minute, minute + 1)).toBeGreaterThanOrEqual(475)
    expect(simulated.answered(minute, minute + 1)).toBeLessThanOrEqual(500)
  }
  expect(simulated.refused(0, 7)).toBe(0)
})

test('uses nearly all of the tokens a minute, though each request is thought to need more', async () => {
  const simulated = lane(bucketServer({ tokensPerMinute: 200_000 }, { tokens: 2000, estimate: 5000 }))
  await simulated.run(6)
  expect(simulated.answered(2, 6) / 4).toBeGreaterThanOrEqual(90)
  expect(simulated.refused(1, 7)).toBe(0)
})

test('keeps within a limit that a server counts anew every minute', async () => {
  let count = { minute: 0, requests: 0 }
  let nowMs = 0
  const server: Simulated = {
    admit(atMs) {
      nowMs = atMs
      const minute = Math.floor(atMs / minuteMs)
      if (minute !== count.minute) count = { minute, requests: 0 }
      if (count.requests >= 500) throw rateLimited((minute + 1) * minuteMs - atMs)
      count.requests++
    },
    headers: () => ({
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': String(500 - count.requests),
      'x-ratelimit-reset-requests': `${((count.minute + 1) * minuteMs - nowMs) / 1000}s`,
    }),
  }
  const simulated = lane(server)
  await simulated.run(5)
  expect(simulated.answered(1, 5) / 4).toBeGreaterThanOrEqual(475)
  expect(simulated.refused(1, 5)).toBe(0)
})

test('leaves room for others who use the same key', async () => {
  const server = bucketServer({ requestsPerMinute: 500 })
  const simulated = lane({
    ...server,
    admit(nowMs) {
      server.admit(nowMs)
      // For every one of ours, somebody else asks too.
      try {
        server.admit(nowMs)
      } catch {}
    },
  })
  await simulated.run(6)
  expect(simulated.answered(3, 6) / 3).toBeGreaterThanOrEqual(200)
  expect(simulated.refused(3, 6)).toBeLessThan(30)
})

test('does not spread a limit of a day, and says when its turn is minutes away', async () => {
  let left = 20
  const simulated = lane({
    admit() {
      if (left === 0) throw rateLimited()
      left--
    },
    // Of 200 a day, 180 were used before.
    headers: () => ({
      'x-ratelimit-limit-requests': '200',
      'x-ratelimit-remaining-requests': String(left),
      'x-ratelimit-reset-requests': `${((200 - left) * 432) / 3600}h`,
    }),
  })
  const outcomes: unknown[] = []
  const asking = Array.from({ length: 30 }, () => simulated.ask().catch((cause: unknown) => outcomes.push(cause)))
  await simulated.time.run()
  await Promise.all(asking)
  expect(simulated.answered(0, 1)).toBe(20)
  expect(simulated.refused(0, 10)).toBe(0)
  expect(outcomes).toHaveLength(10)
  for (const failure of outcomes) {
    expect(failure).toMatchObject({ code: 'rate-limited' })
    expect((failure as AnalysisFailed).retryAfterMs).toBeGreaterThan(5 * minuteMs)
  }
})

test('waits as long as a server asks, all requests together, and goes on with fewer at once', async () => {
  let refusals = 1
  const startedAtMs: number[] = []
  const simulated = lane({
    admit(nowMs) {
      startedAtMs.push(nowMs)
      if (nowMs > 5000 && refusals-- > 0) throw rateLimited(30_000)
    },
    headers: () => ({}),
  })
  await simulated.run(1, 20)
  const pause = startedAtMs.findIndex((ms, index) => ms - (startedAtMs[index - 1] ?? ms) >= 29_000)
  expect(pause).toBeGreaterThan(0)
  const after = startedAtMs[pause] ?? 0
  expect(startedAtMs.filter(ms => ms < after && ms > after - 29_000)).toEqual([])
})

test('waits longer each time where a server does not say how long', async () => {
  const startedAtMs: number[] = []
  const simulated = lane({
    admit(nowMs) {
      startedAtMs.push(nowMs)
      throw rateLimited()
    },
    headers: () => ({}),
  })
  await simulated.run(4, 1)
  const gaps = startedAtMs.slice(1, 8).map((ms, index) => Math.round((ms - (startedAtMs[index] ?? 0)) / 1000))
  expect(gaps).toEqual([1, 2, 4, 8, 16, 32, 60])
})

test('begins modestly and finds out what a server without limits takes', async () => {
  const wide = lane({ admit() {}, headers: () => ({}) })
  wide.start(1, 100)
  await wide.time.run(2500)
  expect(wide.mostInFlight()).toBeLessThanOrEqual(8)
  await wide.time.run()
  expect(wide.mostInFlight()).toBe(16)

  // One graphics card: twice as many take twice as long.
  const narrow = lane({ admit() {}, headers: () => ({}), latencyMs: inFlight => 1000 * inFlight })
  await narrow.run(5)
  expect(narrow.mostInFlight()).toBeLessThanOrEqual(5)
})

test('gives a place up when what waits for it is cancelled', async () => {
  const { time, pacer } = lane({ admit() {}, headers: () => ({}) })
  const cancelling = new AbortController()
  const busy = Array.from({ length: 4 }, () => pacer.run(1, undefined, () => time.sleep(1000)))
  const waiting = pacer.run(1, cancelling.signal, () => Promise.resolve('asked'))
  const next = pacer.run(1, undefined, () => Promise.resolve('next'))
  cancelling.abort(new Error('not wanted'))
  await expect(waiting).rejects.toThrow('not wanted')
  await time.run()
  await expect(next).resolves.toBe('next')
  await Promise.all(busy)
})

test('tells what the request threw and frees its place', async () => {
  const pacer: Pacer = createPacer(new SimulatedTime())
  for (let time = 0; time < 10; time++) {
    await expect(pacer.run(1, undefined, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  }
  await expect(pacer.run(1, undefined, () => Promise.resolve(1))).resolves.toBe(1)
})

test.each([
  ['6m0s', 360_000],
  ['120ms', 120],
  ['8.64s', 8640],
  ['1h2m3s', 3_723_000],
  ['1s', 1000],
  ['0s', 0],
  ['2', 2000],
  ['soon', null],
  ['', null],
  [null, null],
])('reads the duration %s', (text, ms) => {
  expect(durationIn(text)).toBe(ms)
})
