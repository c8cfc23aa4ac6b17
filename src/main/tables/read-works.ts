import {
  type Dimensions,
  type Edition,
  type Price,
  parseDimensions,
  parseEdition,
  parsePrice,
  parseYears,
  type Reading,
  type SizeUnit,
} from '../../shared/artworks.ts'
import type { ColumnTarget, UnreadRow, WorkRow } from '../../shared/tables.ts'
import { listOf } from './cells.ts'
import { currencyIn, unitIn } from './headers.ts'
import type { TableRecord } from './read-table.ts'
import { createRowReaders, type RowReader, type TableMapping } from './row-reader.ts'
import { statusOf } from './statuses.ts'

/** In what works are measured and sold where a row does not say. */
export interface Usual {
  unit: SizeUnit
  currency: string
}

const lineMax = 300
const textMax = 20_000
const numberMax = 60
const numbers = new Intl.NumberFormat('en-US')

/** Reads rows of works as a person's form would read them. */
export function createWorkReader(mapping: TableMapping, usual: Usual): (record: TableRecord) => WorkRow | UnreadRow {
  const readerOf = createRowReaders(mapping)
  const columnOf = (target: ColumnTarget) => mapping.columns[mapping.targets.indexOf(target)] ?? ''
  return ({ line, cells }) => {
    const row = readerOf(cells)
    const number = row.text('inventoryNumber')
    if (number !== null && number.length > numberMax) {
      row.fault('inventoryNumber', `An inventory number has at most ${numberMax} characters.`)
    }
    const text = (target: ColumnTarget, most = lineMax) =>
      row.value(target, given => {
        if (given.length <= most) return given
        return row.fault(
          target,
          `The text has ${numbers.format(given.length)} characters, and ${numbers.format(most)} fit.`,
        )
      })
    const parsed = <T>(target: ColumnTarget, parse: (text: string) => Reading<T>) =>
      row.value(target, given => {
        const reading = parse(given)
        return reading.ok ? reading.value : row.fault(target, reading.error)
      })
    const read: { [N in keyof WorkRow['fields']]: WorkRow['fields'][N] | undefined } = {
      // A work always has one, so that an empty cell takes nothing away.
      title: text('title') ?? undefined,
      year: parsed('year', given => {
        const years = parseYears(given)
        return years.ok ? { ok: true, value: years.value.text } : years
      }),
      medium: text('medium'),
      support: text('support'),
      dimensions: dimensionsOf(row, columnOf, usual.unit),
      edition: parsed<Edition | null>('edition', parseEdition),
      series: text('series'),
      status:
        row.value('status', given => {
          return statusOf(given) ?? row.fault('status', `“${given}” is no status. ${statuses}`)
        }) ?? undefined,
      price: priceOf(row, columnOf('price'), usual.currency),
      location: text('location'),
      provenance: text('provenance', textMax),
      statement: text('statement', textMax),
    }
    if (row.faults.length > 0) return { line, label: read.title ?? number ?? '', faults: row.faults }
    const fields = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
    return { line, number, fields, pictures: listOf(row.text('pictures') ?? '') }
  }
}

const statuses = 'Write available, reserved, sold, on loan, or not for sale.'
const sides = ['height', 'width', 'depth'] as const

function dimensionsOf(
  row: RowReader,
  columnOf: (target: ColumnTarget) => string,
  usualUnit: SizeUnit,
): Dimensions | null | undefined {
  const unit = row.text('unit')
  const inUnit = (target: ColumnTarget, text: string): string => {
    const own = unit ?? unitIn(columnOf(target))
    return own !== null && /[\d½¼¾⅛⅜⅝⅞⅓⅔]$/.test(text) ? `${text} ${own}` : text
  }
  const read = (target: ColumnTarget, text: string): Dimensions | undefined => {
    const reading = parseDimensions(text, usualUnit)
    return reading.ok ? reading.value : row.fault(target, reading.error)
  }
  const whole = row.value('dimensions', given => read('dimensions', inUnit('dimensions', given)))
  if (whole) return whole
  const given = sides.flatMap(side => {
    const text = row.text(side)
    return text === null || /^0([.,]0+)?$/.test(text) ? [] : [{ side, text: inUnit(side, text) }]
  })
  const side = sides.find(row.isMapped)
  if (given.length === 0) return side === undefined ? whole : row.value(side, () => undefined)
  const missing = sides.slice(0, given.length).find((side, i) => given[i]?.side !== side)
  if (missing) return row.fault(given[0]?.side ?? 'height', `The ${missing} is missing.`)
  return read(given[0]?.side ?? 'height', given.map(({ text }) => text).join(' × '))
}

function priceOf(row: RowReader, column: string, usualCurrency: string): Price | null | undefined {
  const currency = row.text('currency') ?? currencyIn(column)
  return row.value('price', given => {
    const named = currency === null ? null : parsePrice(`1 ${currency}`, usualCurrency)
    if (named && !named.ok) return row.fault(row.isMapped('currency') ? 'currency' : 'price', named.error)
    const reading = parsePrice(given, named?.value.currency ?? usualCurrency)
    return reading.ok ? reading.value : row.fault('price', reading.error)
  })
}
