import { meantText, type PreviewRow, type RowKind } from '../../shared/tables.ts'

/** What a row would do. `T` is what writes it. */
export interface RowPlan<T> {
  kind: RowKind
  /** Which work or picture it is of; rows of the same key are of the same. Null: of none. */
  key: string | null
  label: string
  changes: PreviewRow['changes']
  notes: string[]
  /** Null where there is nothing to write. */
  act: T | null
}

/** Of what a spreadsheet cannot tell apart, nothing is changed. Null: nothing is said. */
export const comparable = (text: string | null): string | null => (text === null ? null : meantText(text) || null)

export const manySentence = (name: string, count: number): string =>
  `${count} pictures are called ${name}. Give the folder as well, such as 2019/${name.split(/[\\/]/).at(-1)}, or the SHA-256.`
