import { expect, test } from 'vitest'
import { durationText, progressLine } from '../../../src/main/cli/progress-line.ts'
import type { Sync } from '../../../src/shared/syncs.ts'

const sync: Sync = {
  id: 1,
  folderId: 1,
  folderName: 'pictures',
  folderPath: '/pictures',
  source: 'folder',
  chosenCount: null,
  state: 'running',
  isListed: true,
  found: 2400,
  imported: 1100,
  duplicates: 50,
  skipped: 30,
  failed: 20,
  pending: 1200,
  filesPerSecond: 12.345,
  secondsLeft: 97.2,
  startedAt: '2024-01-01T00:00:00.000Z',
  finishedAt: null,
  error: null,
}

test('says how far it is, how fast, how long still and how many failed', () => {
  const numbers = new Intl.NumberFormat()
  expect(progressLine(sync, 120)).toBe(
    `[${'='.repeat(12)}${' '.repeat(12)}]  ${numbers.format(1200)} of ${numbers.format(2400)}  12.3 a second  2 min left  20 failed`,
  )
})

test('says what it knows while files are still being found', () => {
  const finding = { ...sync, isListed: false, found: 7, pending: 7, failed: 0, filesPerSecond: null, secondsLeft: null }
  expect(progressLine(finding, 120)).toBe(`[${' '.repeat(24)}]  0 of 7 found so far`)
})

test('an empty folder is no division by nothing', () => {
  expect(progressLine({ ...sync, found: 0, pending: 0, failed: 0 }, 120)).toMatch(/^\[ {24}\] {2}0 of 0 /)
})

test.each([0, 1, 20, 40])('is shorter than a terminal of %d columns', columns => {
  expect(progressLine(sync, columns).length).toBeLessThanOrEqual(Math.max(0, columns - 1))
})

test.each([
  [0, '0 s'],
  [0.2, '1 s'],
  [59.1, '60 s'],
  [60, '1 min'],
  [61, '2 min'],
  [3599, '60 min'],
  [3600, '1 h 0 min'],
  [5400, '1 h 30 min'],
  [7199, '2 h 0 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text)
})
