import type { MediaFilter } from '../../shared/media.ts'
import { terms } from './filing.ts'
import { newDays } from './new-days.ts'

/**
 * A filter as one expression of FTS5. Words match at their beginning when they are the last, as a person is still typing;
 * everything a person wrote is quoted, so nothing of it is read as syntax.
 * @returns null when nothing has to match; `'none'` when nothing can.
 */
export function matchExpression(filter: MediaFilter, tagIds: (name: string) => number | null): string | 'none' | null {
  const facets: string[] = []
  if (filter.status) facets.push(terms.status(filter.status))
  if (filter.source) facets.push(terms.source(filter.source))
  if (filter.folderId) facets.push(terms.folder(filter.folderId))
  if (filter.collectionId) facets.push(terms.collection(filter.collectionId))
  if (filter.isMissing) facets.push(terms.missing)
  if (filter.isUnmarked) facets.push(terms.unmarked)
  if (filter.isNew) facets.push(`(${newDays().map(terms.added).join(' OR ')})`)
  for (const colour of filter.colours ?? []) facets.push(terms.colour(colour))
  for (const tag of filter.tags ?? []) {
    const id = tagIds(tag)
    if (id === null) return 'none'
    facets.push(terms.tag(id))
  }
  if (filter.takenFrom || filter.takenTo) {
    const days = dateTerms(filter.takenFrom, filter.takenTo)
    if (days.length === 0) return 'none'
    facets.push(`(${days.join(' OR ')})`)
  }
  const words = wordTerms(filter.text ?? '')
  const parts = []
  if (words.length > 0) parts.push(`{filename title description tags path} : (${words.join(' AND ')})`)
  if (facets.length > 0) parts.push(`facets : (${facets.join(' AND ')})`)
  return parts.length === 0 ? null : parts.join(' AND ')
}

function wordTerms(text: string): string[] {
  // FTS5 reads no further than a NUL, and then misses the end of the quotation.
  const words = text
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
  const isTyping = !/\s$/.test(text)
  return words.map((word, i) => {
    const quoted = `"${word.replaceAll('"', '""')}"`
    return isTyping && i === words.length - 1 ? `${quoted}*` : quoted
  })
}

const firstYear = 1800
const lastYear = 2199

/**
 * The years, months and days that together make the range, as few as there can be: at most 60 days, 22 months and the
 * years between. Both ends inclusive and each a year, a month or a day.
 */
export function dateTerms(from: string | undefined, to: string | undefined): string[] {
  const start = boundary(from ?? `${firstYear}`, 'first')
  const end = boundary(to ?? `${lastYear}`, 'last')
  const found: string[] = []
  let day = start
  while (day <= end) {
    const unit = largestUnit(day, end)
    found.push(terms.date(day.slice(0, unit.length)))
    // Behind the last day of 9999 there is none that sorts as text.
    if (unit.last >= end) break
    day = dayAfter(unit.last)
  }
  return found
}

function largestUnit(day: string, end: string): { length: number; last: string } {
  const year = boundary(day.slice(0, 4), 'last')
  if (day.endsWith('-01-01') && year <= end) return { length: 4, last: year }
  const month = boundary(day.slice(0, 7), 'last')
  if (day.endsWith('-01') && month <= end) return { length: 7, last: month }
  return { length: 10, last: day }
}

function boundary(date: string, side: 'first' | 'last'): string {
  const [year = '', month, day] = date.split('-')
  if (day) return date
  if (side === 'first') return `${year}-${month ?? '01'}-01`
  const lastMonth = month ?? '12'
  const lastDay = new Date(Date.UTC(Number(year), Number(lastMonth), 0)).getUTCDate()
  return `${year}-${lastMonth}-${lastDay}`
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}
