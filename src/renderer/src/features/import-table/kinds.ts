import type { RowKind, TableSubject, TableWork } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'
import type { Look } from '../../ui/status-mark.tsx'

/** What becomes of a row, by shape, word and colour. */
export const kindLooks: Record<RowKind, Look> = {
  new: { icon: 'add', tone: 'done', word: 'New' },
  changed: { icon: 'edit', tone: 'working', word: 'Changed' },
  unchanged: { icon: 'skipped', tone: 'waiting', word: 'Unchanged' },
  refused: { icon: 'failed', tone: 'failed', word: 'Refused' },
  ambiguous: { icon: 'duplicate', tone: 'skipped', word: 'Ambiguous' },
}

export const countedOf = (subject: TableSubject, count: number): string =>
  plural(count, subject === 'works' ? 'work' : 'picture')

export const toImport = ({ counts }: TableWork): number => (counts.new ?? 0) + (counts.changed ?? 0)

/** Where the preview or the import is, in a sentence. */
export function workLine(work: TableWork): string {
  const { state, subject, done, total, message } = work
  if (state === 'previewing') return `Comparing with the library: ${plural(done, 'row')} …`
  if (state === 'importing') return `Importing ${formatCount(done)} of ${countedOf(subject, total ?? 0)} …`
  if (state === 'imported') return `Imported ${countedOf(subject, done)}.`
  if (state === 'cancelled') return 'Cancelled. Nothing was imported.'
  if (state === 'failed') return message ?? 'It failed, and nothing was imported.'
  const left = (work.counts.refused ?? 0) + (work.counts.ambiguous ?? 0)
  if (toImport(work) === 0) return 'There is nothing new or changed in this table.'
  return left === 0
    ? 'Nothing is written yet.'
    : `Nothing is written yet. ${plural(left, 'row')} will be left out, and ${left === 1 ? 'says' : 'say'} why.`
}
