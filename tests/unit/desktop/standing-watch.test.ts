import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Standing } from '../../../src/main/desktop/standing.ts'
import { watchStanding } from '../../../src/main/desktop/standing-watch.ts'
import type { AppEvent, EventListener } from '../../../src/main/server/index.ts'
import { CallFailed, type Handlers } from '../../../src/shared/contract.ts'
import { storageOf, syncOf } from '../../support/standings.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched(answers: Record<string, () => unknown> = {}) {
  const asked: string[] = []
  const heard: Standing[] = []
  const errors: unknown[] = []
  let say: EventListener = () => {}
  const answer: Record<string, () => unknown> = {
    'library.overview': () => ({ activeSyncs: [syncOf()], accounts: [], problem: null }),
    'analysis.overview': () => ({ runs: [], spentTodayUsd: 0 }),
    'storage.overview': () => null,
    'work.state': () => ({ isUnderWay: true, isPaused: false }),
    ...answers,
  }
  const handlers = Object.fromEntries(
    Object.entries(answer).map(([name, give]) => [
      name,
      () => {
        asked.push(name)
        return give()
      },
    ]),
  ) as unknown as Handlers
  const watch = watchStanding({
    handlers,
    subscribe: listener => {
      say = listener
      return () => {
        say = () => {}
      }
    },
    changed: standing => heard.push(standing),
    report: error => errors.push(error),
  })
  return { watch, asked, heard, errors, say: (event: AppEvent) => say(event) }
}

const progress = (imported: number): AppEvent => ({ name: 'sync.progress', data: syncOf({ imported }) })

describe('how things stand', () => {
  it('is asked for once, and told', async () => {
    const { watch, heard, asked } = watched()
    await watch.refresh()
    expect(asked).toHaveLength(4)
    const known = { syncs: [syncOf()], work: { isUnderWay: true, isPaused: false } }
    expect(heard).toEqual([
      expect.objectContaining({ ...known, analysis: null }),
      expect.objectContaining({ ...known, analysis: { runs: [], spentTodayUsd: 0 } }),
    ])
  })

  it('many events are one change, and nothing is asked that they tell themselves', async () => {
    const { watch, heard, asked, say } = watched()
    await watch.refresh()
    asked.length = heard.length = 0
    for (let i = 0; i < 40; i += 1) say(progress(i))
    await vi.advanceTimersByTimeAsync(1000)
    expect(heard.map(({ syncs }) => syncs[0]?.imported)).toEqual([39])
    expect(asked).toEqual(['work.state'])
    say({ name: 'accounts.changed', data: {} })
    say({ name: 'media.changed', data: { mediaIds: null, areListsChanged: true } })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual(['work.state', 'library.overview', 'work.state'])
  })

  it('an import that has ended is no more', async () => {
    const { watch, say } = watched()
    await watch.refresh()
    say({ name: 'sync.progress', data: syncOf({ state: 'completed', finishedAt: '2026-03-01T10:01:00.000Z' }) })
    expect(watch.now().syncs).toEqual([])
  })

  it('what changes while a keychain is waited for is told as a change, and is not lost', async () => {
    const slow = Promise.withResolvers<unknown>()
    const { watch, heard, say } = watched({ 'storage.overview': () => slow.promise })
    const refreshed = watch.refresh()
    await vi.advanceTimersByTimeAsync(0)
    say(progress(99))
    await vi.advanceTimersByTimeAsync(1000)
    expect(heard.map(({ syncs }) => syncs[0]?.imported)).toEqual([1204, 99])
    slow.resolve(storageOf())
    await refreshed
    expect(watch.now()).toMatchObject({ syncs: [{ imported: 99 }], storage: storageOf() })
  })

  it('what cannot be known stays as it was; a surprise is reported', async () => {
    const locked = () => {
      throw new CallFailed('store-unavailable', 'The keychain is locked.')
    }
    const broken = () => {
      throw new Error('broken')
    }
    const { watch, errors } = watched({ 'storage.overview': locked, 'analysis.overview': broken })
    await watch.refresh()
    expect(watch.now()).toMatchObject({ storage: null, analysis: null, syncs: [syncOf()] })
    expect(errors).toEqual([new Error('broken')])
  })

  it('after its end nothing is asked any more', async () => {
    const { watch, asked, say } = watched()
    say(progress(1))
    watch.stop()
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked).toEqual([])
  })
})
