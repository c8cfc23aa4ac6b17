import { describe, expect, it } from 'vitest'
import { createEndNotices, createTroubleWatch } from '../../../src/main/desktop/notices.ts'
import type { Standing } from '../../../src/main/desktop/standing.ts'
import { troublesOf } from '../../../src/main/desktop/troubles.ts'
import type { Sync } from '../../../src/shared/syncs.ts'
import { runOf, standingOf, storageOf, syncOf } from '../../support/standings.ts'

const ended = (facts: Partial<Sync> = {}) =>
  syncOf({ state: 'completed', pending: 0, imported: 12, found: 12, finishedAt: '2026-03-01T10:01:00.000Z', ...facts })

/** What is said of an import that was seen running and then ended so. */
function noticeOf(end: Sync) {
  const watch = createEndNotices()
  watch(syncOf({ id: end.id }))
  return watch(end)
}

describe('the end of an import', () => {
  it('is told once, and leads to its pictures', () => {
    const watch = createEndNotices()
    expect(watch(syncOf())).toBeNull()
    expect(watch(ended())).toMatchObject({
      title: 'Import done',
      body: 'Imported 12 pictures from Studio.',
      route: '/library?folder=3',
    })
    expect(watch(ended())).toBeNull()
  })

  it('leads to its ledger where something failed', () => {
    expect(noticeOf(ended({ failed: 2 }))).toMatchObject({ route: '/activity/7' })
    const early = noticeOf(ended({ state: 'failed', error: 'The folder is gone.' }))
    expect(early).toMatchObject({ title: 'Import ended early', body: 'The folder is gone.', route: '/activity/7' })
  })

  it('is not told when it was waited for, cancelled, or nothing came of a watched folder', () => {
    expect(noticeOf(ended({ finishedAt: '2026-03-01T10:00:04.000Z' }))).toBeNull()
    expect(noticeOf(ended({ state: 'cancelled' }))).toBeNull()
    expect(noticeOf(ended({ source: 'google_drive', imported: 0 }))).toBeNull()
  })
})

const all = (standing: Standing) => troublesOf(standing).flatMap(known => known ?? [])
const titlesOf = (facts: Partial<Standing>) => all(standingOf(facts)).map(({ title }) => title)
const nothingLeft = { count: 0, bytes: 0 }
const sending = {
  state: 'paused' as const,
  message: 'The key is wrong.',
  left: nothingLeft,
  bytesPerSecond: null,
  secondsLeft: null,
}

describe('what needs a person', () => {
  it('is what stands still by no will of theirs, each with its place', () => {
    const account = { id: 1, email: 'anna@example.com', name: 'Anna', state: 'reconnect' as const, connectedAt: '' }
    const standing = standingOf({
      syncs: [syncOf({ state: 'paused', error: 'The disk is full.' })],
      problem: 'The database is damaged.',
      accounts: [account, { ...account, id: 2, state: 'connected' }],
      analysis: { runs: [runOf({ state: 'paused', message: 'No credit is left.' })], spentTodayUsd: 0 },
      storage: storageOf({ sending }),
    })
    expect(all(standing).map(({ route, body }) => [route, body])).toEqual([
      ['/library', 'The database is damaged.'],
      ['/activity/7', 'The disk is full.'],
      ['/drive', expect.stringContaining('anna@example.com')],
      ['/describe', 'No credit is left.'],
      ['/settings/storage', 'The key is wrong.'],
    ])
  })

  it('is nothing that a person paused, or that goes on by itself', () => {
    expect(titlesOf({ syncs: [syncOf({ state: 'paused' }), syncOf()] })).toEqual([])
    expect(titlesOf({ storage: storageOf({ sending: { ...sending, state: 'waiting' } }) })).toEqual([])
    expect(titlesOf({ storage: storageOf({ sending: { ...sending, message: null } }) })).toEqual([])
    const runs = [runOf({ state: 'paused' }), runOf({ state: 'waiting', message: 'The cap of today is reached.' })]
    expect(titlesOf({ analysis: { runs, spentTodayUsd: 0 } })).toEqual([])
  })

  /** What is told of one state after the other, by title, and the keys of what is settled. */
  function newsOf(...states: Partial<Standing>[]) {
    const watch = createTroubleWatch()
    const news = states.map(facts => watch(troublesOf(standingOf(facts))))
    return news.map(({ arisen, settled }) => [arisen.map(({ title }) => title), settled.length])
  }
  const full = { syncs: [syncOf({ state: 'paused', error: 'The disk is full.' })] }

  it('is told once, and again when it comes back', () => {
    const told = ['The import of Studio is paused']
    expect(newsOf({}, full, full, {}, full)).toEqual([
      [[], 0],
      [told, 0],
      [[], 0],
      [[], 1],
      [told, 0],
    ])
  })

  it('is not told by every start anew, also what is known a while after it', () => {
    const analysis = { runs: [runOf({ state: 'paused', message: 'No credit is left.' })], spentTodayUsd: 0 }
    const storage = storageOf({ sending })
    const nothing = [[], 0]
    expect(newsOf(full, { ...full, analysis }, { ...full, analysis, storage })).toEqual([nothing, nothing, nothing])
  })

  it('is told when it arises before the rest is known', () => {
    const news = newsOf({}, full, { ...full, storage: storageOf() })
    expect(news.map(([titles]) => titles)).toEqual([[], ['The import of Studio is paused'], []])
  })

  it('is no news when there is more of it', () => {
    const faulty = (count: number) => ({ storage: storageOf({ faults: { count, items: [] } }) })
    const news = newsOf({ storage: storageOf() }, faulty(2), faulty(1003))
    expect(news.map(([titles]) => titles)).toEqual([[], [expect.any(String)], []])
  })
})
