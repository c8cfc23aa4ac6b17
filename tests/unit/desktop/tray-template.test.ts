import { describe, expect, it } from 'vitest'
import { type TrayActions, trayTemplate, workLines } from '../../../src/main/desktop/tray-template.ts'
import { runOf, standingOf, storageOf, syncOf } from '../../support/standings.ts'

const nothingDone: TrayActions = { open() {}, show() {}, pauseWork() {}, resumeWork() {}, quit() {} }
const labels = (
  ...[standing, troubles = []]: [Parameters<typeof trayTemplate>[0], Parameters<typeof trayTemplate>[1]?]
) => trayTemplate(standing, troubles, nothingDone).map(({ label, type }) => label ?? type)

describe('the lines of the tray', () => {
  it('say what is under way, each kind of work', () => {
    const left = { count: 312, bytes: 2.1e9 }
    const sending = { state: 'running' as const, message: null, left, bytesPerSecond: 12e6, secondsLeft: 200 }
    const standing = standingOf({
      syncs: [syncOf()],
      analysis: { runs: [runOf()], spentTodayUsd: 0.42 },
      storage: storageOf({ sending }),
    })
    expect(workLines(standing)).toEqual([
      'Working on 1,204 of 8,121',
      'Describing 120 of 312 · $0.42 today',
      'Sending 312 originals, 2,100 MB',
    ])
  })

  it('do not change with the pace alone', () => {
    const at = (filesPerSecond: number) => workLines(standingOf({ syncs: [syncOf({ filesPerSecond })] }))
    expect(at(12)).toEqual(at(31))
  })

  it('say that nothing is', () => {
    expect(workLines(standingOf())).toEqual(['Nothing is under way'])
    expect(workLines(standingOf({ syncs: [syncOf({ state: 'paused' })] }))).toEqual(['1 import paused'])
  })
})

describe('the menu of the tray', () => {
  it('offers what can be done', () => {
    const running = standingOf({ syncs: [syncOf()], work: { isUnderWay: true, isPaused: false } })
    const end = ['separator', 'Open Burg Ink', 'Pause All Work', 'separator', 'Quit Burg Ink']
    expect(labels(running)).toEqual(['Working on 1,204 of 8,121', ...end])
    const paused = standingOf({ work: { isUnderWay: false, isPaused: true } })
    expect(labels(paused)).toContain('Resume')
    expect(labels(paused)).not.toContain('Pause All Work')
  })

  it('names what needs the person, and shows an ampersand as one', () => {
    const trouble = { key: 'x', title: 'The import of Tom & Jerry is paused', body: '', route: '/activity/7' }
    expect(labels(standingOf(), [trouble])).toContain('The import of Tom && Jerry is paused')
  })
})
