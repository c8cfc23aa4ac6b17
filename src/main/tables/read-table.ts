import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { type TableDelimiter, type TableEncoding, tableDelimiters } from '../../shared/tables.ts'
import { firstBytes } from './encoding.ts'
import { TableUnreadable } from './failures.ts'

export interface TableReading {
  encoding: TableEncoding
  delimiter: TableDelimiter
}

export interface TableRecord {
  /** Where it begins. */
  line: number
  cells: string[]
}

const rowsMax = 200_000
const columnsMax = 500
/** One row, in UTF-8. */
const rowBytesMax = 4_000_000

const numbers = new Intl.NumberFormat('en-US')

/** The rows as they come, the names of the columns first. Rows with nothing in them are passed over. @throws {TableUnreadable} */
export async function* readTable(path: string, { encoding, delimiter }: TableReading): AsyncGenerator<TableRecord> {
  const parser = createParser(delimiter)
  const texts = Readable.from(textsOf(path, encoding))
  texts.on('error', cause => parser.destroy(cause))
  texts.pipe(parser)
  let rows = 0
  try {
    for await (const { record: cells, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>) {
      if (cells.every(cell => cell.trim() === '')) continue
      if (cells.length > columnsMax) {
        throw new TableUnreadable(
          `Line ${info.lines} has ${numbers.format(cells.length)} columns, and ${columnsMax} are read at most. Check what divides the columns.`,
        )
      }
      rows += 1
      // The first one is the names.
      if (rows > rowsMax + 1) {
        throw new TableUnreadable(
          `The table has more than ${numbers.format(rowsMax)} rows. Divide it, and import one part after the other.`,
        )
      }
      yield { line: info.lines - lineBreaksIn(cells), cells }
    }
  } catch (cause) {
    throw explained(cause)
  } finally {
    texts.destroy()
    parser.destroy()
  }
}

/** What divides the columns of the first lines alike, and most often. */
export async function findDelimiter(path: string, encoding: TableEncoding): Promise<TableDelimiter> {
  const bytes = await firstBytes(path, 256 * 1024)
  const text = withoutSeparatorLine(withoutMark(new TextDecoder(encoding).decode(bytes)))
  const named = /^sep=([,;\t])\r?\n/i.exec(withoutMark(new TextDecoder(encoding).decode(bytes)))?.[1]
  if (named) return named as TableDelimiter
  const lines = recordsIn(text).slice(0, 30)
  const best = { delimiter: ',' as TableDelimiter, score: 0 }
  for (const delimiter of tableDelimiters) {
    const counts = lines.map(line => line.split(delimiter).length)
    const columns = counts[0] ?? 1
    const alike = counts.filter(count => count === columns).length / counts.length
    const score = (columns - 1) * alike
    if (score > best.score) Object.assign(best, { delimiter, score })
  }
  return best.delimiter
}

/** Lines without what is within quotes, where anything may stand. */
function recordsIn(text: string): string[] {
  return text
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter(line => line.trim() !== '')
}

function createParser(delimiter: TableDelimiter) {
  return parse({
    delimiter,
    info: true,
    // A row may end early, and has more where something stands beside the table.
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: rowBytesMax,
  })
}

/** With one kind of line break: the parser takes one of two characters for two lines where it is within quotes. */
async function* textsOf(path: string, encoding: TableEncoding): AsyncGenerator<string> {
  let isFirst = true
  let held = ''
  for await (const text of decoded(path, encoding)) {
    const whole = held + (isFirst ? withoutSeparatorLine(text) : text)
    isFirst = false
    // The other half of the break may begin the next piece.
    held = whole.endsWith('\r') ? '\r' : ''
    yield whole.slice(0, whole.length - held.length).replaceAll(/\r\n?/g, '\n')
  }
  if (held) yield '\n'
}

async function* decoded(path: string, encoding: TableEncoding): AsyncGenerator<string> {
  // It takes the byte order mark away.
  const decoder = new TextDecoder(encoding)
  for await (const bytes of createReadStream(path)) {
    const text = decoder.decode(bytes, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

const withoutMark = (text: string): string => text.replace(/^\u{feff}/u, '')

/** Excel's own first line, which is no row. It stays a line, so that others keep their numbers. */
const withoutSeparatorLine = (text: string): string => text.replace(/^sep=[,;\t](?=\r?\n)/i, '')

const lineBreaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)

const quoting = 'Save the table again as CSV, so that the program that made it writes the quotes.'

function explained(cause: unknown): unknown {
  if (!(cause instanceof CsvError)) return cause
  const line = numbers.format(Number((cause as { lines?: number }).lines ?? 0))
  const options = { cause }
  if (cause.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new TableUnreadable(`A quote (") that begins in line ${line}, or before it, has no end. ${quoting}`, options)
  }
  if (cause.code === 'INVALID_OPENING_QUOTE' || cause.code === 'CSV_INVALID_CLOSING_QUOTE') {
    return new TableUnreadable(`Line ${line} has a quote (") where none can be. ${quoting}`, options)
  }
  if (cause.code === 'CSV_MAX_RECORD_SIZE') {
    return new TableUnreadable(
      `The row at line ${line} is longer than ${numbers.format(rowBytesMax / 1_000_000)} MB. Check that its quotes (") are closed.`,
      options,
    )
  }
  return new TableUnreadable(`Line ${line} cannot be read. ${quoting}`, options)
}
