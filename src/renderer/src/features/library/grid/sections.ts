import type { MediaGroup, MediaId, Section } from '../../../lib/contract.ts'
import { formatMoment } from '../../../lib/format.ts'
import type { IndexRange } from './layout.ts'
import { isSelected, type Selection } from './selection.ts'

const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeZone: 'UTC' })
const months = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' })

const unknownTitles: Record<MediaGroup, string> = {
  none: '',
  day: 'Without a date',
  month: 'Without a date',
  year: 'Without a date',
  folder: 'In no folder',
  sync: 'Of no import',
}

/** What is written over a section. */
export function titleOfSection({ key, name, startedAt }: Section, group: MediaGroup): string {
  if (key === '') return unknownTitles[group]
  if (group === 'day' || group === 'month') {
    const date = new Date(`${name}${group === 'month' ? '-01' : ''}T00:00Z`)
    // A camera without a clock may have written a day that no calendar has.
    if (Number.isNaN(date.valueOf())) return name
    return group === 'day' ? days.format(date) : months.format(date)
  }
  if (group === 'sync') return startedAt === null ? 'An earlier import' : `${name}, ${formatMoment(startedAt)}`
  return name
}

/** The index that each section begins with, and at the end the length of the list. */
export function startsOf(sections: readonly Section[]): Uint32Array {
  const starts = new Uint32Array(sections.length + 1)
  for (const [i, { count }] of sections.entries()) starts[i + 1] = (starts[i] as number) + count
  return starts
}

export const rangeOf = (starts: Uint32Array, section: number): IndexRange => ({
  first: starts[section] as number,
  end: starts[section + 1] as number,
})

/** The section of the picture at that index; undefined where there are none. */
export function sectionOf(starts: Uint32Array, index: number): number | undefined {
  if (index < 0 || index >= (starts.at(-1) ?? 0)) return undefined
  let low = 0
  let high = starts.length - 1
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((starts[middle] as number) <= index) low = middle
    else high = middle
  }
  return low
}

/**
 * Whether all of a section is selected. Its ids are known when it was selected as a whole, or is small enough to be at hand;
 * else it is not known, and counts as not selected.
 */
export function isWhollySelected(selection: Selection, count: number, ids: readonly MediaId[] | undefined): boolean {
  if (selection.kind === 'all' && selection.except.size === 0) return true
  if (ids === undefined || (selection.kind === 'some' && selection.ids.size < count)) return false
  return ids.every(id => isSelected(selection, id))
}
