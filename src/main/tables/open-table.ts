import type { TableSubject, TableTargets } from '../../shared/tables.ts'
import { textOf } from './cells.ts'
import { TableUnreadable } from './failures.ts'
import { readTable, type TableReading } from './read-table.ts'

export interface TableHead {
  columns: { name: string; samples: string[] }[]
}

/** So many rows are looked at for samples. */
const lookedAtRows = 200
const samplesMax = 3
const sampleMax = 80

/** The names of the columns, and what is in them. @throws {TableUnreadable} */
export async function readHead(path: string, reading: TableReading): Promise<TableHead> {
  let columns: TableHead['columns'] = []
  let rows = 0
  for await (const { cells } of readTable(path, reading)) {
    if (columns.length === 0) {
      columns = cells.map((cell, place) => ({ name: cut(textOf(cell)) || `Column ${place + 1}`, samples: [] }))
      continue
    }
    for (const [place, column] of columns.entries()) {
      const text = cut(textOf(cells[place]).replaceAll('\n', ' '))
      if (text !== '' && column.samples.length < samplesMax && !column.samples.includes(text)) column.samples.push(text)
    }
    rows += 1
    if (rows === lookedAtRows) break
  }
  if (columns.length === 0) throw new TableUnreadable('There is nothing in this file. Choose another one.')
  if (rows === 0) {
    throw new TableUnreadable('There are no rows below the names of the columns. Choose another file.')
  }
  return { columns }
}

const cut = (text: string): string => (text.length > sampleMax ? `${text.slice(0, sampleMax - 1)}…` : text)

/** Why rows cannot be told apart by what is mapped, and what to do; null: they can. */
export function mappingFault(subject: TableSubject, targets: TableTargets): string | null {
  const mapped = targets.filter(target => target !== null)
  const twice = mapped.find((target, place) => mapped.indexOf(target) !== place)
  if (twice) return 'Two columns cannot be the same. Choose another for one of them.'
  const has = (...names: string[]) => mapped.some(target => names.includes(target))
  if (subject === 'pictures') {
    if (!has('sha256', 'id', 'path', 'file')) {
      return 'Say which column names the picture: its file name, path, SHA-256 or number.'
    }
    return mapped.some(target => !['sha256', 'id', 'path', 'folder', 'file'].includes(target))
      ? null
      : 'Say which column holds something to take over, such as tags or a description.'
  }
  return has('inventoryNumber', 'title') ? null : 'Say which column is the title or the inventory number.'
}
