import { expect, test } from 'vitest'
import { type DatedRow, formatTable, mergeRows, readTable } from '../../../scripts/bench-table.ts'

const row = (bench: string, name: string, more: Partial<DatedRow> = {}): DatedRow => ({
  bench,
  name,
  value: 3210,
  unit: 'steps/s',
  target: 'at least 3,000 steps/s',
  isMet: true,
  date: '2026-01-31',
  ...more,
})

test('a written table is read back as it was', () => {
  const rows = [
    row('engine', 'three steps'),
    row('grid', 'a | b', { value: 0.4, unit: '%', isMet: false }),
    row('import', 'ratio', { unit: '' }),
  ]
  expect(readTable(`# Title\n\n${formatTable(rows)}\n\nMore words | here.\n`)).toEqual(rows)
})

test('a fresh run replaces all rows of its benchmark and keeps those of others with their date', () => {
  const kept = [row('grid', 'old'), row('engine', 'renamed since'), row('engine', 'steps')]
  const fresh = [row('engine', 'steps', { value: 5000, date: '2026-02-01' })]
  expect(mergeRows(kept, fresh, ['engine'])).toEqual([...fresh, row('grid', 'old')])
})

test('columns line up', () => {
  const widths = formatTable([row('engine', 'short'), row('grid', 'a much longer name')])
    .split('\n')
    .map(line => line.length)
  expect(new Set(widths).size).toBe(1)
})
