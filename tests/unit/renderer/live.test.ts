import { QueryObserver } from '@tanstack/react-query'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { queryClient } from '../../../src/renderer/src/lib/api.ts'
import { commandRegistry } from '../../../src/renderer/src/lib/commands.ts'
import type { Sync } from '../../../src/renderer/src/lib/contract.ts'
import { hear, mergeChanges, mergeSync } from '../../../src/renderer/src/lib/live.ts'
import { routeNow } from '../../../src/renderer/src/lib/route.ts'
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

describe('what is around the page', () => {
  function stubAddress() {
    const pushState = vi.fn((_state: unknown, _title: string, _address: string) => {})
    vi.stubGlobal('location', { hash: '' })
    vi.stubGlobal('history', { pushState, state: null })
    return pushState
  }

  it('leads somewhere; a place that nobody knows is home', async () => {
    const pushState = stubAddress()
    hear({ name: 'page.show', data: { route: '/activity/3?outcome=failed' } })
    await expect.poll(routeNow).toMatchObject({ screen: 'activity', syncId: 3, outcome: 'failed' })
    expect(pushState.mock.calls.at(-1)?.[2]).toBe('#/activity/3?outcome=failed')
    hear({ name: 'page.show', data: { route: '/nowhere/at all' } })
    await expect.poll(routeNow).toMatchObject({ screen: 'library', filter: {}, openId: null, syncId: null })
  })

  it('runs a command by its id; one that nobody knows is nothing', async () => {
    const run = vi.fn()
    const end = commandRegistry.add([{ id: 'app.keys', title: 'Keys', group: 'Help', run }])
    hear({ name: 'page.run', data: { command: 'nobody.knows' } })
    hear({ name: 'page.run', data: { command: 'app.keys' } })
    await expect.poll(() => run.mock.calls.length).toBe(1)
    end()
  })

  it('is done in the order of asking: a place that had to wait does not undo a later command', async () => {
    stubAddress()
    const seen: string[] = []
    const run = () => void seen.push(routeNow().screen)
    const end = commandRegistry.add([{ id: 'app.keys', title: 'Keys', group: 'Help', run }])
    hear({ name: 'page.show', data: { route: '/activity' } })
    hear({ name: 'page.run', data: { command: 'app.keys' } })
    await expect.poll(() => seen).toEqual(['activity'])
    end()
  })

  it('is done after what failed', async () => {
    const failing = vi.fn(() => {
      throw new Error('A command that fails.')
    })
    const run = vi.fn()
    const end = commandRegistry.add([
      { id: 'app.broken', title: 'Broken', group: 'Help', run: failing },
      { id: 'app.keys', title: 'Keys', group: 'Help', run },
    ])
    const told = new Promise(resolve => process.once('unhandledRejection', resolve))
    hear({ name: 'page.run', data: { command: 'app.broken' } })
    hear({ name: 'page.run', data: { command: 'app.keys' } })
    await expect.poll(() => run.mock.calls.length).toBe(1)
    expect(await told).toMatchObject({ message: 'A command that fails.' })
    end()
  })

  it('is waited for by a command that comes before the page is drawn', async () => {
    const run = vi.fn()
    hear({ name: 'page.run', data: { command: 'app.import' } })
    const ends = ['grid.first', 'app.import'].map(id =>
      commandRegistry.add([{ id, title: id, group: 'Help', run: id === 'app.import' ? run : vi.fn() }]),
    )
    await expect.poll(() => run.mock.calls.length).toBe(1)
    for (const end of ends) end()
  })

  it('is asked again when it changed', () => {
    queryClient.setQueryData(['host.get', {}], { version: '1.0.0' })
    hear({ name: 'host.changed', data: {} })
    expect(queryClient.getQueryState(['host.get', {}])?.isInvalidated).toBe(true)
  })

  it('is asked to its end while more and more changes', async () => {
    vi.useFakeTimers()
    // An answer takes longer than the pause between two questions.
    let asked = 0
    const queryFn = async () => {
      asked += 1
      await new Promise(resolve => setTimeout(resolve, 1700))
      return { isUnderWay: true, isPaused: false, asked }
    }
    const end = new QueryObserver(queryClient, { queryKey: ['work.state', {}], queryFn, initialData: {} }).subscribe(
      () => {},
    )
    for (let i = 0; i < 30; i++) {
      hear({ name: 'storage.changed', data: {} })
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(queryClient.getQueryData(['work.state', {}])).toMatchObject({ isUnderWay: true, asked: 1 })
    expect(asked).toBe(2)
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked).toBe(3)
    end()
  })

  it('may have paused all work: what that is shows in imports, descriptions and originals', async () => {
    vi.useFakeTimers()
    for (const name of ['storage.changed', 'analysis.changed'] as const) {
      queryClient.setQueryData(['work.state', {}], { isUnderWay: true, isPaused: false })
      hear({ name, data: {} })
      await vi.advanceTimersByTimeAsync(1000)
      expect(queryClient.getQueryState(['work.state', {}])?.isInvalidated, name).toBe(true)
    }
  })
})

describe('a throttle', () => {
  it('runs at once, then once an interval, and a last time', async () => {
    vi.useFakeTimers()
    const run = vi.fn()
    const throttled = throttle(run, 300)
    for (let i = 0; i < 10; i++) throttled()
    expect(run).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(300)
    expect(run).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(3000)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('goes on after what failed', async () => {
    vi.useFakeTimers()
    const run = vi.fn(() => {
      throw new Error('It fails.')
    })
    const throttled = throttle(run, 300)
    expect(throttled).toThrow('It fails.')
    await vi.advanceTimersByTimeAsync(300)
    expect(throttled).toThrow('It fails.')
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('runs no more once it is cancelled, also while its last run goes on', async () => {
    vi.useFakeTimers()
    const run = vi.fn()
    const throttled = throttle(run, 300)
    throttled()
    throttled()
    throttled.cancel()
    await vi.advanceTimersByTimeAsync(1000)
    expect(run).toHaveBeenCalledTimes(1)

    const slow = vi.fn(() => new Promise(resolve => setTimeout(resolve, 1000)))
    const waiting = throttle(slow, 300)
    waiting()
    waiting()
    await vi.advanceTimersByTimeAsync(500)
    waiting.cancel()
    await vi.advanceTimersByTimeAsync(2000)
    expect(slow).toHaveBeenCalledTimes(1)
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
