import type { ColumnTarget, TableTargets } from '../../shared/tables.ts'
import { textOf } from './cells.ts'

export interface TableMapping {
  columns: readonly string[]
  targets: TableTargets
  /** An empty cell takes away what there is. */
  clearsEmpty: boolean
}

/** The cells of one row by what they say, and what was wrong with them. */
export interface RowReader {
  faults: string[]
  /** Null where there is none, or it is empty. */
  text(target: ColumnTarget): string | null
  isMapped(target: ColumnTarget): boolean
  /** What is given of a column: undefined leaves it as it is, null takes it away. */
  value<T>(target: ColumnTarget, read: (text: string) => T | undefined): T | null | undefined
  fault(target: ColumnTarget, sentence: string): undefined
}

/** @throws nothing: what cannot be read is among the faults, with the name of its column. */
export function createRowReaders({ columns, targets, clearsEmpty }: TableMapping): (cells: string[]) => RowReader {
  const placeOf = new Map(targets.flatMap((target, place) => (target ? [[target, place] as const] : [])))

  return cells => {
    const faults: string[] = []
    const text = (target: ColumnTarget): string | null => {
      const place = placeOf.get(target)
      return place === undefined ? null : textOf(cells[place]) || null
    }
    const fault = (target: ColumnTarget, sentence: string): undefined => {
      faults.push(`${columns[placeOf.get(target) ?? -1] ?? target}: ${sentence}`)
    }
    return {
      faults,
      text,
      fault,
      isMapped: target => placeOf.has(target),
      value(target, read) {
        if (!placeOf.has(target)) return undefined
        const given = text(target)
        if (given === null) return clearsEmpty ? null : undefined
        return read(given)
      },
    }
  }
}
