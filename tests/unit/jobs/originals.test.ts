import { expect, test } from 'vitest'
import { waitMsAfter } from '../../../src/main/jobs/activities/step-answer.ts'
import { createInUse } from '../../../src/main/jobs/originals/in-use.ts'
import { createPace } from '../../../src/main/jobs/originals/pace.ts'
import { type Lane, workRound } from '../../../src/main/jobs/originals/round.ts'
import { OriginalFault, troubleOf } from '../../../src/main/jobs/originals/trouble.ts'
import type { CopyRow } from '../../../src/main/library/index.ts'
import { StoreFailed, type StoreFailure } from '../../../src/main/storage/index.ts'

const hashes = (count: number) => Array.from({ length: count }, (_, i) => `${i}`.padStart(4, '0'))

/** A lane over so many originals, that are gone from it when they are done or at fault. */
function laneOf(count: number, work: (sha256: string) => Promise<boolean | undefined>, change: Partial<Lane> = {}) {
  const left = new Set(hashes(count))
  const faults: string[] = []
  const lane: Lane = {
    batch: (after, limit) => {
      const rows = [...left].filter(sha256 => sha256 > after).slice(0, limit)
      return rows.map(sha256 => ({ sha256, key: sha256, sizeBytes: 1 }) as CopyRow)
    },
    async work({ sha256 }) {
      const isDone = (await work(sha256)) ?? true
      if (isDone) left.delete(sha256)
      return isDone
    },
    mayGoOn: () => true,
    fail: (sha256, message) => {
      left.delete(sha256)
      faults.push(`${sha256}: ${message}`)
    },
    attempts: new Map(),
    inUse: createInUse(),
    signal: new AbortController().signal,
    ...change,
  }
  return { lane, left, faults }
}

test('a round works through all there is, sixteen at once, each once', async () => {
  const seen: string[] = []
  let now = 0
  let most = 0
  const { lane, left } = laneOf(250, async sha256 => {
    seen.push(sha256)
    now += 1
    most = Math.max(most, now)
    await new Promise(setImmediate)
    now -= 1
    return true
  })
  expect(await workRound(lane)).toEqual({ isThrough: true, doneCount: 250, trouble: null })
  expect([left.size, most, new Set(seen).size, seen.length]).toEqual([0, 16, 250, 250])
})

test('what every original would meet ends a round at once; what is of one does not, and is believed the third time', async () => {
  const down = laneOf(100, async () => {
    throw new StoreFailed('unreachable', 'The store cannot be reached.')
  })
  const round = await workRound(down.lane)
  expect(round).toMatchObject({ doneCount: 0, trouble: { of: 'passing', message: 'The store cannot be reached.' } })
  expect([down.left.size, down.faults]).toEqual([100, []])

  const odd = laneOf(20, async sha256 => {
    if (sha256 === '0003') throw new OriginalFault('It is damaged.')
    if (sha256 === '0007') throw new Error('who knows')
    return true
  })
  for (let attempt = 1; attempt <= 2; attempt++) {
    expect((await workRound(odd.lane)).trouble).toMatchObject({ of: 'original' })
    expect([...odd.left]).toEqual(['0007'])
  }
  expect(await workRound(odd.lane)).toMatchObject({ isThrough: true, trouble: null })
  expect(odd.faults).toEqual([
    '0003: It is damaged.',
    '0007: It could not be copied (who knows). Go on to try it again.',
  ])
})

test('what is held elsewhere or has to wait stays for the next round', async () => {
  const { lane, left } = laneOf(5, async sha256 => sha256 !== '0002')
  lane.inUse.tryHold('0001')
  expect(await workRound(lane)).toEqual({ isThrough: true, doneCount: 3, trouble: null })
  expect([...left]).toEqual(['0001', '0002'])
})

test('a pause is noticed between two, and the end of the program at once', async () => {
  let isPaused = false
  const paused = laneOf(
    100,
    async sha256 => {
      if (sha256 === '0020') isPaused = true
      return true
    },
    { mayGoOn: () => !isPaused },
  )
  const round = await workRound(paused.lane)
  expect(round.isThrough).toBe(false)
  expect(round.doneCount).toBeLessThan(40)

  const ending = new AbortController()
  const stuck = laneOf(3, () => new Promise(() => {}), { signal: ending.signal })
  const working = workRound(stuck.lane)
  ending.abort()
  expect(await working).toMatchObject({ doneCount: 0, trouble: null })
})

test('waits grow while nothing is done, to ten minutes at most', () => {
  const wait = { next: 'wait', hasDone: false } as const
  expect([0, 1, 2, 5, 6, 50].map(inVain => waitMsAfter(wait, inVain))).toEqual([
    10_000, 20_000, 40_000, 320_000, 600_000, 600_000,
  ])
  expect(waitMsAfter({ next: 'go-on', hasDone: true }, 3)).toBe(0)
})

test('each failure of a store means what it says', () => {
  const of = (code: StoreFailure) => troubleOf(new StoreFailed(code, 'So it is.')).of
  expect((['full', 'denied', 'clock', 'no-bucket', 'bad-secret', 'tls'] as const).map(of)).toEqual(
    Array(6).fill('store'),
  )
  expect((['unreachable', 'slow-down'] as const).map(of)).toEqual(['passing', 'passing'])
  expect((['not-found', 'hash-mismatch', 'other', 'bad-key'] as const).map(of)).toEqual(Array(4).fill('original'))
  const full = Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
  expect(troubleOf(full)).toMatchObject({
    of: 'store',
    message: expect.stringContaining('disk of the library is full'),
  })
})

test('the pace is of the last half minute, and of none while nothing is under way', () => {
  let nowMs = 0
  const pace = createPace(() => nowMs)
  pace.add(100)
  expect(pace.bytesPerSecond()).toBeNull()
  pace.begin()
  expect(pace.bytesPerSecond()).toBeNull()
  for (let second = 1; second <= 100; second++) {
    nowMs = second * 1000
    pace.add(second <= 50 ? 1000 : 3000)
  }
  expect(pace.bytesPerSecond()).toBeCloseTo(3000, -2)
  nowMs += 60_000
  expect(pace.bytesPerSecond()).toBe(0)
  pace.end()
  expect(pace.bytesPerSecond()).toBeNull()
})
