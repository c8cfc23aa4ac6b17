import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { DriveFault } from '../../../src/main/sources/drive/faults.ts'
import { Pacer } from '../../../src/main/sources/drive/pacer.ts'
import { quickPacing } from '../../support/quick-pacing.ts'

/** Requests that end when they are told to. */
function manualRequests(pacer: Pacer) {
  const running: { end: () => void; fail: (error: Error) => void }[] = []
  let inFlight = 0
  let most = 0
  const start = () =>
    pacer.run(async () => {
      most = Math.max(most, ++inFlight)
      await new Promise<void>((end, fail) => running.push({ end, fail })).finally(() => inFlight--)
    })
  return { running, start, inFlight: () => inFlight, most: () => most }
}

test('keeps a bounded number of requests in flight, and all come through', async () => {
  const pacer = new Pacer(quickPacing())
  const requests = manualRequests(pacer)
  const all = Promise.all(Array.from({ length: 100 }, requests.start))
  await setImmediate()
  expect(requests.inFlight()).toBe(16)
  for (let ended = 0; ended < 100; ) {
    for (const { end } of requests.running.splice(0)) {
      end()
      ended++
    }
    await setImmediate()
  }
  await all
  expect(requests.most()).toBeGreaterThan(16)
  expect(requests.most()).toBeLessThanOrEqual(32)
})

test('halves what is in flight once for complaints that come together', async () => {
  const pacer = new Pacer(quickPacing())
  const requests = manualRequests(pacer)
  const all = Promise.all(Array.from({ length: 30 }, requests.start))
  await setImmediate()
  for (const { fail } of requests.running.splice(0)) fail(new DriveFault('rate-limit', 'slow down'))
  for (let i = 0; i < 20; i++) await setImmediate()
  expect(requests.inFlight()).toBe(8)
  while (requests.inFlight() > 0) {
    for (const { end } of requests.running.splice(0)) end()
    for (let i = 0; i < 5; i++) await setImmediate()
  }
  await all
})

test('makes every request of the account wait when one is told to slow down', async () => {
  const waiting: (() => void)[] = []
  let nowMs = 0
  const wait = async () => new Promise<void>(resolve => waiting.push(resolve))
  const pacer = new Pacer({ nowMs: () => nowMs, random: () => 0.5, wait })
  let tries = 0
  const told = pacer.run(async () => {
    if (++tries === 1) throw new DriveFault('rate-limit', 'slow down', 5000)
  })
  await setImmediate()
  let isStarted = false
  const other = pacer.run(async () => {
    isStarted = true
  })
  await setImmediate()
  expect({ isStarted, tries }).toEqual({ isStarted: false, tries: 1 })
  nowMs = 5000
  for (const resolve of waiting) resolve()
  await Promise.all([told, other])
  expect({ isStarted, tries }).toEqual({ isStarted: true, tries: 2 })
})

test('does not wait for hours without a word', async () => {
  const pacing = quickPacing()
  const fault = new DriveFault('rate-limit', 'slow down', 3_600_000)
  await expect(new Pacer(pacing).run(() => Promise.reject(fault))).rejects.toBe(fault)
  expect(pacing.waits).toEqual([])
})

test('doubles its waits up to a minute and gives up in the end', async () => {
  const pacing = quickPacing()
  const fault = new DriveFault('server', 'HTTP 500')
  await expect(new Pacer(pacing).run(() => Promise.reject(fault))).rejects.toBe(fault)
  expect(pacing.waits).toEqual([750, 1500, 3000, 6000, 12_000])
})

test('tries once what another try would not help', async () => {
  const pacing = quickPacing()
  let tries = 0
  const ask = async () => {
    tries++
    throw new DriveFault('not-found', 'gone')
  }
  await expect(new Pacer(pacing).run(ask)).rejects.toMatchObject({ kind: 'not-found' })
  expect(tries).toBe(1)
  expect(pacing.waits).toEqual([])
})

test('stops waiting when nobody wants the answer any more', async () => {
  const aborting = new AbortController()
  const pacer = new Pacer({ ...quickPacing(), wait: async (_, signal) => aborting.abort() ?? signal?.throwIfAborted() })
  const ask = () => Promise.reject(new DriveFault('server', 'HTTP 500'))
  await expect(pacer.run(ask, aborting.signal)).rejects.toMatchObject({ name: 'AbortError' })
})
