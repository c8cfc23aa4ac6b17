import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Sync } from '../../../src/renderer/src/lib/contract.ts'
import { mergeChanges, mergeSync } from '../../../src/renderer/src/lib/live.ts'
import { createRememberedStore, createStore, isNumber } from '../../../src/renderer/src/lib/store.ts'
import { throttle } from '../../../src/renderer/src/lib/throttle.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('what the app says by itself', () => {
  it('is gathered: ids together, everything wins, a changed list is kept', () => {
    const first = mergeChanges(null, { mediaIds: [1, 2], areListsChanged: false })
    const second = mergeChanges(first, { mediaIds: [2, 3], areListsChanged: true })
    expect(second).toEqual({ mediaIds: [1, 2, 3], areListsChanged: true })
    expect(mergeChanges(second, { mediaIds: null, areListsChanged: false })).toEqual({
      mediaIds: null,
      areListsChanged: true,
    })
  })

  it('puts the new state of an import in its place, a new import in front', () => {
    const syncs = [{ id: 2 }, { id: 1 }] as Sync[]
    expect(mergeSync(syncs, { id: 1, found: 5 } as Sync)).toEqual([{ id: 2 }, { id: 1, found: 5 }])
    expect(mergeSync(syncs, { id: 3 } as Sync).map(sync => sync.id)).toEqual([3, 2, 1])
  })
})

describe('a throttle', () => {
  it('runs at once, then once an interval, and a last time', () => {
    vi.useFakeTimers()
    const run = vi.fn()
    const throttled = throttle(run, 300)
    for (let i = 0; i < 10; i++) throttled()
    expect(run).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(300)
    expect(run).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(3000)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('runs no more once it is cancelled', () => {
    vi.useFakeTimers()
    const run = vi.fn()
    const throttled = throttle(run, 300)
    throttled()
    throttled()
    throttled.cancel()
    vi.advanceTimersByTime(1000)
    expect(run).toHaveBeenCalledTimes(1)
  })
})

describe('a store', () => {
  it('tells of a change, and of no other', () => {
    const store = createStore(1)
    const listener = vi.fn()
    const stop = store.subscribe(listener)
    store.set(1)
    store.set(2)
    stop()
    store.set(3)
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('is remembered by the browser, nonsense is not', () => {
    const kept = new Map([['width', '"wide"']])
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    })
    const store = createRememberedStore('width', 232, isNumber)
    expect(store.get()).toBe(232)
    store.set(300)
    expect(createRememberedStore('width', 232, isNumber).get()).toBe(300)
  })

  it('works where storage is refused', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('refused')
      },
      setItem: () => {
        throw new Error('refused')
      },
    })
    const store = createRememberedStore('width', 232, isNumber)
    store.set(300)
    expect(store.get()).toBe(300)
  })
})
