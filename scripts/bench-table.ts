import type { BenchRow } from '../tests/bench/rows.ts'

export interface DatedRow extends BenchRow {
  bench: string
  /** Of the run, as `2026-01-31`. */
  date: string
}

const headings = ['benchmark', 'what', 'figure', 'target', 'met', 'date']

/** Three digits that matter, or all of a large number. */
const formatValue = (value: number) =>
  value.toLocaleString('en-US', value >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 })

const escapeCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function cellsOf({ bench, name, value, unit, target, isMet, date }: DatedRow): string[] {
  return [bench, name, `${formatValue(value)} ${unit}`.trim(), target, isMet ? 'yes' : '**no**', date].map(escapeCell)
}

/** A Markdown table that is readable in a terminal too. */
export function formatTable(rows: readonly DatedRow[]): string {
  const lines = [headings, ...rows.map(cellsOf)]
  const widths = headings.map((_, column) => Math.max(...lines.map(cells => cells[column]?.length ?? 0)))
  const format = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`
  return [format(headings), rule, ...lines.slice(1).map(format)].join('\n')
}

/** The rows of a table written by `formatTable`, wherever it stands in the text. */
export function readTable(text: string): DatedRow[] {
  return text.split('\n').flatMap(line => {
    const cells = line.split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll('\\|', '|'))
    const [, bench = '', name = '', figure = '', target = '', met = '', date = ''] = cells
    if (!/^\d{4}-\d\d-\d\d$/.test(date)) return []
    const [value = '', ...unit] = figure.split(' ')
    return [
      {
        bench,
        name,
        value: Number(value.replaceAll(',', '')),
        unit: unit.join(' '),
        target,
        isMet: met === 'yes',
        date,
      },
    ]
  })
}

/** Fresh rows in the place of all rows of the benchmarks just measured; the others stay. Sorted by benchmark. */
export function mergeRows(
  kept: readonly DatedRow[],
  fresh: readonly DatedRow[],
  measured: readonly string[],
): DatedRow[] {
  const others = kept.filter(row => !measured.includes(row.bench))
  return [...others, ...fresh].sort((a, b) => a.bench.localeCompare(b.bench))
}
