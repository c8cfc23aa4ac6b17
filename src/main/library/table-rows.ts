import type { PictureRow, PreviewRow, UnreadRow, WorkRow } from '../../shared/tables.ts'
import type { Db } from './database.ts'
import { createPictureRows } from './picture-rows.ts'
import type { RowPlan } from './row-plans.ts'
import { createWorkRows } from './work-rows.ts'

/** A row of a preview, and what it is of. */
export type PlannedRow = PreviewRow & { key: string | null }

export type GivenRows =
  | { subject: 'works'; rows: (WorkRow | UnreadRow)[] }
  | { subject: 'pictures'; rows: (PictureRow | UnreadRow)[] }

const shownMax = 160
const cut = (text: string | null): string | null =>
  text !== null && text.length > shownMax ? `${text.slice(0, shownMax - 1)}…` : text

/** Says what would become of rows of a table. Only reads. */
export function createTableRows(db: Db) {
  const works = createWorkRows(db)
  const pictures = createPictureRows(db)

  function planned<R extends { line: number }>(row: R | UnreadRow, plan: (row: R) => RowPlan<unknown>): PlannedRow {
    const { line } = row
    if (isUnread(row))
      return { line, kind: 'refused', key: null, label: row.label, changes: [], notes: [...row.faults] }
    const { act: _, changes, ...rest } = plan(row)
    const shown = changes.map(({ field, before, after }) => ({ field, before: cut(before), after: cut(after) }))
    return { line, ...rest, changes: shown }
  }

  return {
    /** Within one reading transaction, so that all rows are of one moment. */
    plan: db.transaction((given: GivenRows): PlannedRow[] =>
      given.subject === 'works'
        ? given.rows.map(row => planned<WorkRow>(row, works.plan))
        : given.rows.map(row => planned<PictureRow>(row, pictures.plan)),
    ),
  }
}

const isUnread = (row: object): row is UnreadRow => 'faults' in row
