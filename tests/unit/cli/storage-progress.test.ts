import { expect, test } from 'vitest'
import { amountText, type Work, workLine } from '../../../src/main/cli/storage-progress.ts'

const work: Work = {
  done: { count: 30, bytes: 1e9 },
  total: { count: 1200, bytes: 4e9 },
  bytesPerSecond: 12.34e6,
  secondsLeft: 243,
  message: null,
}

test('says how much of the bytes is done, how fast, and how long still', () => {
  expect(workLine(work, 120)).toMatch(/^\[={6} {18}\] {2}30 of 1.?200 {2}12.3 MB a second {2}5 min left$/)
})

test('says why it waits, and no time that would not hold', () => {
  const line = workLine({ ...work, message: 'The store cannot be reached.' }, 120)
  expect(line).toMatch(/ {2}waiting: The store cannot be reached\.$/)
  expect(line).not.toContain('left')
})

test('says no more than the terminal is wide, and draws nothing of nothing', () => {
  expect(workLine(work, 40)).toHaveLength(39)
  const none = { count: 0, bytes: 0 }
  expect(workLine({ ...work, done: none, total: none }, 120)).toMatch(/^\[ {24}\] {2}0 of 0/)
})

test('counts originals and their megabytes', () => {
  expect(
    [
      { count: 1, bytes: 2.5e6 },
      { count: 0, bytes: 0 },
    ].map(amountText),
  ).toEqual(['1 original, 2.5 MB', '0 originals, 0 MB'])
})
