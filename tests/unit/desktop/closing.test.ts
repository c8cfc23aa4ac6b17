import { describe, expect, it } from 'vitest'
import { actionOfClose, answerOfClose, closeButtons, isTrayShown } from '../../../src/main/desktop/closing.ts'

describe('closing the window', () => {
  it.each([
    ['win32', true, false, 'hide'],
    ['linux', true, true, 'hide'],
    ['linux', false, true, 'quit'],
    ['win32', null, true, 'ask'],
    ['win32', null, false, 'quit'],
    ['darwin', null, true, 'hide'],
    ['darwin', false, false, 'hide'],
  ] as const)('on %s, going on %s, at work %s: %s', (platform, goesOnInBackground, isUnderWay, action) => {
    expect(actionOfClose({ platform, goesOnInBackground, isUnderWay })).toBe(action)
  })

  it('an answer holds for later only where the person says so', () => {
    const [goOn, quit, cancel] = [0, 1, closeButtons.length - 1]
    expect(answerOfClose(goOn, false)).toEqual({ action: 'hide', goesOnInBackground: null })
    expect(answerOfClose(goOn, true)).toEqual({ action: 'hide', goesOnInBackground: true })
    expect(answerOfClose(quit, true)).toEqual({ action: 'quit', goesOnInBackground: false })
    expect(answerOfClose(cancel, true)).toEqual({ action: 'stay', goesOnInBackground: null })
  })

  it('the tray is there where it is wanted, or is the only way back', () => {
    expect(isTrayShown(true, true)).toBe(true)
    expect(isTrayShown(null, false)).toBe(true)
    expect(isTrayShown(false, false)).toBe(true)
    expect(isTrayShown(null, true)).toBe(false)
  })
})
