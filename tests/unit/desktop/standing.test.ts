import { describe, expect, it } from 'vitest'
import { isBusy, progressOf } from '../../../src/main/desktop/standing.ts'
import { runOf, standingOf, storageOf, syncOf } from '../../support/standings.ts'

const half = { found: 100, pending: 50 }
const left = { count: 3, bytes: 10 }

describe('the bar in the taskbar', () => {
  it('shows the share of all that runs', () => {
    const syncs = [syncOf(half), syncOf({ id: 8, found: 100, pending: 100 })]
    expect(progressOf(standingOf({ syncs }), 'darwin')).toEqual({ value: 0.25, mode: 'normal' })
  })

  it('knows no share while files are still being found, where the system can show that', () => {
    const syncs = [syncOf({ ...half, isListed: false })]
    expect(progressOf(standingOf({ syncs }), 'win32')).toEqual({ value: 2, mode: 'indeterminate' })
    expect(progressOf(standingOf({ syncs }), 'linux')).toEqual({ value: 0.5, mode: 'normal' })
  })

  it('goes when nothing runs', () => {
    expect(progressOf(standingOf(), 'win32').value).toBeLessThan(0)
    expect(progressOf(standingOf({ syncs: [syncOf({ state: 'paused' })] }), 'darwin').value).toBeLessThan(0)
  })

  it('shows on Windows what stands still, and why', () => {
    const paused = syncOf({ ...half, state: 'paused' })
    expect(progressOf(standingOf({ syncs: [paused] }), 'win32')).toEqual({ value: 0.5, mode: 'paused' })
    const faulty = { ...paused, error: 'The disk is full.' }
    expect(progressOf(standingOf({ syncs: [faulty] }), 'win32')).toEqual({ value: 0.5, mode: 'error' })
  })
})

describe('a computer is kept awake', () => {
  const sending = { state: 'running' as const, message: null, left, bytesPerSecond: null, secondsLeft: null }
  it.each([
    ['an import', standingOf({ syncs: [syncOf()] })],
    ['descriptions', standingOf({ analysis: { runs: [runOf()], spentTodayUsd: 0 } })],
    ['originals that are sent', standingOf({ storage: storageOf({ sending }) })],
  ])('for %s', (_what, standing) => {
    expect(isBusy(standing)).toBe(true)
  })

  it.each([
    ['nothing', standingOf()],
    ['a paused import', standingOf({ syncs: [syncOf({ state: 'paused' })] })],
    ['what waits for tomorrow', standingOf({ analysis: { runs: [runOf({ state: 'waiting' })], spentTodayUsd: 0 } })],
    [
      'a store that has all',
      standingOf({ storage: storageOf({ sending: { ...sending, left: { count: 0, bytes: 0 } } }) }),
    ],
  ])('not for %s', (_what, standing) => {
    expect(isBusy(standing)).toBe(false)
  })
})
