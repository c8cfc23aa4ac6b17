import { expect, it } from 'vitest'
import type { UpdateState } from '../../../src/renderer/src/lib/contract.ts'
import { updateLine } from '../../../src/renderer/src/lib/update-words.ts'
import { isAllPaused } from '../../../src/renderer/src/lib/work.ts'

it.each<[UpdateState, string | RegExp]>([
  [{ kind: 'off', why: 'Updates are off.' }, 'Updates are off.'],
  [{ kind: 'idle', checkedAt: null }, 'Not looked for yet.'],
  [{ kind: 'idle', checkedAt: '2026-05-03T10:00:00Z' }, /^Up to date as of .*2026/],
  [{ kind: 'checking' }, 'Looking for a newer version…'],
  [{ kind: 'downloading', version: '1.3.0', share: 0.345 }, 'Downloading 1.3.0: 35 %.'],
  [{ kind: 'ready', version: '1.3.0' }, /^1\.3\.0 is ready\. /],
  [{ kind: 'failed', message: 'The server did not answer.' }, 'The server did not answer.'],
])('the state %o of a newer version is a sentence', (state, line) => {
  if (typeof line === 'string') expect(updateLine(state)).toBe(line)
  else expect(updateLine(state)).toMatch(line)
})

it('all work is paused only while nothing runs', () => {
  expect(isAllPaused(undefined)).toBe(false)
  expect(isAllPaused({ isPaused: true, isUnderWay: true })).toBe(false)
  expect(isAllPaused({ isPaused: false, isUnderWay: false })).toBe(false)
  expect(isAllPaused({ isPaused: true, isUnderWay: false })).toBe(true)
})
