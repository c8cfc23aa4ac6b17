import type { ColumnTarget, Input, Table, TableEncoding, TableWork } from '../../lib/contract.ts'

/** What a person chooses for the table that is open. */
export interface Draft {
  targets: (ColumnTarget | null)[]
  clearsEmpty: boolean
}

export function draftOf(table: Table, work: TableWork | null): Draft {
  return { targets: table.columns.map(({ target }) => target), clearsEmpty: work?.clearsEmpty ?? false }
}

/** No two columns are the same: the one that was loses it. */
export function withTarget(draft: Draft, place: number, target: ColumnTarget | null): Draft {
  const targets = draft.targets.map((each, i) => (i === place ? target : each === target ? null : each))
  return { ...draft, targets }
}

export const orderOf = ({ id, subject }: Table, { targets, clearsEmpty }: Draft): Input<'table.preview'> => ({
  id,
  subject,
  targets,
  clearsEmpty,
})

/** Of which table, read in which way, a draft is. */
export const readingOf = ({ id, encoding, delimiter, subject }: Table): string =>
  [id, encoding, delimiter, subject].join(' ')

/** The preview shows what the draft says. */
export function isPreviewed(table: Table, work: TableWork | null, draft: Draft): boolean {
  return JSON.stringify(draft) === JSON.stringify(draftOf(table, work)) && work !== null
}

export const encodingNames: Record<TableEncoding, string> = {
  'utf-8': 'Unicode (UTF-8)',
  'utf-16le': 'Unicode (UTF-16)',
  'utf-16be': 'Unicode (UTF-16, other order)',
  'windows-1252': 'Windows, Western',
  macintosh: 'Mac, Western',
}

export const delimiterNames = { ',': 'Commas', ';': 'Semicolons', '\t': 'Tabs' } as const
