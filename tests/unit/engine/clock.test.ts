import { describe, expect, it } from 'vitest'
import { createSystemClock } from '../../../src/main/engine/embedded/clock.ts'
import { parseDurationMs, parseMoment, parseRetryAfter } from '../../../src/main/engine/embedded/duration.ts'

describe('the system clock', () => {
  it('goes on at the pace of the monotonic clock when the computer’s clock is set back', () => {
    let wall = 1_000_000
    let monotonic = 0
    const clock = createSystemClock(
      () => wall,
      () => monotonic,
    )
    wall -= 3_600_000
    monotonic += 2000
    expect(clock.now()).toBe(1_002_000)
    wall += 500
    monotonic += 500
    expect(clock.now()).toBe(1_002_500)
  })

  it('follows a clock that is set forward, as after the sleep of a laptop', () => {
    let wall = 1_000_000
    const clock = createSystemClock(
      () => wall,
      () => 0,
    )
    wall += 3_600_000
    expect(clock.now()).toBe(4_600_000)
  })
})

describe('durations', () => {
  it.each([
    ['1s', 1000],
    ['2h30m', 9_000_000],
    ['1w', 604_800_000],
    ['250ms', 250],
  ])('%s is %d ms', (text, ms) => expect(parseDurationMs(text)).toBe(ms))

  it.each(['', 'soon', '10', '5 m', '1s!'])('%j is not a duration', text => {
    expect(parseDurationMs(text)).toBeUndefined()
  })

  it('reads a moment as a duration from now or as a date', () => {
    expect(parseMoment('1m', 1000)).toBe(61_000)
    expect(parseMoment('1970-01-01T00:00:05.000Z', 1000)).toBe(5000)
    expect(parseMoment('whenever', 1000)).toBeUndefined()
  })

  it('reads Retry-After as seconds or as a date', () => {
    expect(parseRetryAfter('3', 1000)).toBe(4000)
    expect(parseRetryAfter('1970-01-01T00:00:09.000Z', 1000)).toBe(9000)
  })
})
