import { afterEach, expect, test, vi } from 'vitest'
import { createProgress } from '../../../src/main/jobs/index.ts'
import type { SyncRow } from '../../../src/main/library/index.ts'

afterEach(() => void vi.useRealTimers())

const row = (done: number, more: Partial<SyncRow> = {}): SyncRow => ({
  id: 1,
  userId: 1,
  folderId: 1,
  folderName: 'pictures',
  folderPath: '/pictures',
  source: 'folder',
  chosenCount: null,
  state: 'running',
  isListed: true,
  isWhole: true,
  page: 1,
  pageCursor: null,
  generation: 0,
  found: 1000,
  imported: done,
  duplicates: 0,
  skipped: 0,
  failed: 0,
  pending: 1000 - done,
  error: null,
  startedAt: '2024-01-01T00:00:00.000Z',
  finishedAt: null,
  ...more,
})

function createHand(startMs = 0) {
  let nowMs = startMs
  const describe = createProgress(() => nowMs)
  return {
    after(ms: number, done: number, more?: Partial<SyncRow>) {
      nowMs += ms
      return describe(row(done, more))
    },
  }
}

test('tells the rate and the time left from how the counts grew', () => {
  const hand = createHand()
  hand.after(0, 0)
  expect(hand.after(2000, 20)).toMatchObject({ filesPerSecond: 10, secondsLeft: 98 })
})

test('tells nothing within the first second', () => {
  const hand = createHand()
  expect(hand.after(0, 0)).toMatchObject({ filesPerSecond: null, secondsLeft: null })
  expect(hand.after(900, 50)).toMatchObject({ filesPerSecond: null, secondsLeft: null })
})

test('tells no time left while files are still being found, and none when nothing moves', () => {
  const hand = createHand()
  hand.after(0, 0)
  expect(hand.after(2000, 20, { isListed: false })).toMatchObject({ filesPerSecond: 10, secondsLeft: null })
  const still = createHand()
  still.after(0, 5)
  expect(still.after(5000, 5)).toMatchObject({ filesPerSecond: 0, secondsLeft: null })
})

test('follows a change of pace within half a minute', () => {
  const hand = createHand()
  for (let second = 0; second < 60; second += 1) hand.after(1000, second * 10)
  let last = 0
  for (let second = 0; second < 40; second += 1) last = hand.after(1000, 600 + second).filesPerSecond ?? 0
  expect(last).toBeCloseTo(1, 0)
})

test('a paused import has no rate, and measures anew when it goes on', () => {
  const hand = createHand()
  hand.after(0, 0)
  hand.after(2000, 20)
  expect(hand.after(1000, 30, { state: 'paused' })).toMatchObject({ filesPerSecond: null, secondsLeft: null })
  expect(hand.after(60_000, 30)).toMatchObject({ filesPerSecond: null })
  expect(hand.after(2000, 50)).toMatchObject({ filesPerSecond: 10 })
})

test('files that are taken up again never make the rate negative', () => {
  const hand = createHand()
  hand.after(0, 500)
  hand.after(2000, 900)
  for (const [ms, done] of [
    [500, 400],
    [500, 410],
    [1000, 420],
    [2000, 430],
  ] as const) {
    const { filesPerSecond, secondsLeft } = hand.after(ms, done)
    expect(filesPerSecond ?? 0).toBeGreaterThanOrEqual(0)
    expect(secondsLeft ?? 0).toBeGreaterThanOrEqual(0)
  }
})

test('the clock on the wall set back or forward changes nothing', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_700_000_000_000 })
  const describe = createProgress()
  describe(row(0))
  for (const jumpMs of [-3_600_000, 7_200_000, -86_400_000]) {
    vi.advanceTimersByTime(2000)
    vi.setSystemTime(Date.now() + jumpMs)
    const done = Math.round(performance.now() / 100)
    const { filesPerSecond, secondsLeft } = describe(row(done))
    expect(filesPerSecond).toBeCloseTo(10, 0)
    expect(secondsLeft).toBeCloseTo((1000 - done) / 10, 0)
  }
})
