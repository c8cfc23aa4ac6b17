import { ownWordFields } from '../../shared/analysis.ts'
import type { MarkChange } from '../../shared/marks.ts'
import { type ColumnTarget, type PictureRow, pictureKeys, type UnreadRow } from '../../shared/tables.ts'
import { listOf } from './cells.ts'
import type { TableRecord } from './read-table.ts'
import { createRowReaders, type RowReader, type TableMapping } from './row-reader.ts'
import { flagOf, labelOf } from './statuses.ts'

const wordsMax = 4000
const tagMax = 60
const tagsMax = 200

/** Reads rows of pictures: which one it is, and what is said of it. */
export function createPictureReader(mapping: TableMapping): (record: TableRecord) => PictureRow | UnreadRow {
  const readerOf = createRowReaders(mapping)
  return ({ line, cells }) => {
    const row = readerOf(cells)
    const keys = Object.fromEntries(pictureKeys.map(key => [key, row.text(key)])) as PictureRow['keys']
    const words = given(
      ownWordFields.map(field => [
        field,
        row.value(field, text =>
          text.length <= wordsMax ? text : row.fault(field, `The text is longer than ${wordsMax} characters.`),
        ),
      ]),
    )
    const tags = tagsOf(row, 'tags')
    const ownTags = tagsOf(row, 'ownTags')
    const marks: MarkChange = given([
      [
        'flag',
        row.value('flag', text => flagOf(text) ?? row.fault('flag', `“${text}” is no flag. Write picked or rejected.`)),
      ],
      [
        'rating',
        row.value('rating', text => starsOf(text) ?? row.fault('rating', `“${text}” is no number of stars, 0 to 5.`)),
      ],
      [
        'label',
        row.value('label', text => {
          return labelOf(text) ?? row.fault('label', `“${text}” is no label. Write red, yellow, green, blue or purple.`)
        }),
      ],
    ])
    if (row.faults.length > 0) return { line, label: keys.path ?? keys.file ?? keys.id ?? '', faults: row.faults }
    return { line, keys, words, marks, ...(tags && { tags }), ...(ownTags && { ownTags }) }
  }
}

const given = (entries: (readonly [string, unknown])[]) =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined))

function tagsOf(row: RowReader, target: ColumnTarget): string[] | undefined {
  const read = row.value(target, text => {
    // Programs that divide by commas write no semicolons.
    const names = /[;|\n]/.test(text)
      ? listOf(text)
      : text
          .split(',')
          .map(name => name.trim())
          .filter(Boolean)
    const long = names.find(name => name.length > tagMax)
    if (long) return row.fault(target, `The tag “${long.slice(0, 20)}…” has more than ${tagMax} characters.`)
    return names.length > tagsMax ? row.fault(target, `There are more than ${tagsMax} tags.`) : names
  })
  return read === null ? [] : read
}

function starsOf(text: string): number | null {
  const stars = /^[★*]{1,5}[☆]{0,4}$/.test(text) ? text.replaceAll('☆', '').length : null
  return stars ?? (/^[0-5]([.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : null)
}
