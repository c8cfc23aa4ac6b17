import { expect, test } from 'vitest'
import { lineOf } from '../../../src/renderer/src/features/export/export-state.tsx'
import { chosenOf, firstDraft, orderOf } from '../../../src/renderer/src/features/export/order.ts'
import type { Export } from '../../../src/shared/contract.ts'

const view = { filter: { tags: ['ink'] }, sort: 'name' as const }

test('what is chosen is what leaves', () => {
  expect(chosenOf('selected', { selected: [3, 1], view })).toEqual({ mediaIds: [3, 1] })
  expect(chosenOf('view', { selected: [3, 1], view })).toEqual(view)
  expect(chosenOf('all', { selected: [3, 1], view })).toEqual({ filter: {}, sort: 'newest' })
})

test('each format takes its own choices along', () => {
  const draft = { ...firstDraft, isBeside: true }
  expect(orderOf(draft, '/out')).toEqual({ format: 'csv', to: '/out', isForSpreadsheets: true })
  expect(orderOf({ ...draft, format: 'json' }, '/out')).toEqual({ format: 'json', to: '/out' })
  const sidecars = { format: 'xmp', naming: 'short', includesSuggestions: false }
  expect(orderOf({ ...draft, format: 'xmp' }, '/out')).toEqual({ ...sidecars, to: null })
  expect(orderOf({ ...draft, format: 'xmp', isBeside: false }, '/out')).toEqual({ ...sidecars, to: '/out' })
})

const ended: Export = {
  id: 1,
  format: 'xmp',
  state: 'completed',
  total: 5,
  done: 5,
  path: null,
  unchanged: 0,
  refused: 0,
  refusals: [],
  message: null,
}

test.each([
  [{}, '5 sidecars written, beside the originals.'],
  [{ unchanged: 3, refused: 1, path: '/out' }, '1 sidecar written, 3 up to date already, 1 not written, in /out.'],
  [{ format: 'csv', path: '/out/all.csv' }, 'Exported 5 pictures to /out/all.csv.'],
  [{ state: 'running', done: 2 }, 'Exporting 2 of 5 pictures …'],
  [{ state: 'failed', message: 'The disk is full.' }, 'The disk is full.'],
  [{ state: 'cancelled' }, 'Cancelled. Sidecars that were written stay.'],
] as const)('%j is said so', (changes, line) => {
  expect(lineOf({ ...ended, ...changes })).toBe(line)
})
