import { stringify } from 'csv-stringify/sync'

export interface CsvOptions {
  /**
   * With a byte order mark, by which Excel knows that it is UTF-8, and an apostrophe before cells that it would take for
   * formulas: what is written in a picture must not be run by whoever opens the table.
   */
  isForSpreadsheets: boolean
}

/** What a column holds of a row; a name is a stored format. */
export interface Column<Row> {
  name: string
  of(row: Row): string | number | null
}

/** Between several values of one cell. */
export const listSeparator = '; '

/** RFC 4180: commas, CRLF, quotes where there have to be. */
export async function* csvTexts<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
  { isForSpreadsheets }: CsvOptions,
): AsyncGenerator<string> {
  const lines = (records: unknown[][]): string =>
    stringify(records, {
      record_delimiter: '\r\n',
      quote_record_delimiter: true,
      escape_formulas: isForSpreadsheets,
    })
  const head = lines([columns.map(({ name }) => name)])
  yield isForSpreadsheets ? `\u{feff}${head}` : head
  for await (const page of pages) yield lines(page.map(row => columns.map(column => column.of(row))))
}
