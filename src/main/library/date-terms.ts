import { dayFrom, firstDay, lastDay } from '../../shared/find/days.ts'
import { terms } from './filing-terms.ts'

const firstYear = 1800
const lastYear = 2199

/**
 * The years, months and days that together make the range, as few as there can be: at most 60 days, 22 months and the
 * years between. Both ends inclusive and each a year, a month or a day.
 */
export function dateTerms(from: string | undefined, to: string | undefined): string[] {
  const start = firstDay(from ?? `${firstYear}`)
  const end = lastDay(to ?? `${lastYear}`)
  const found: string[] = []
  let day = start
  while (day <= end) {
    const unit = largestUnit(day, end)
    found.push(terms.date(day.slice(0, unit.length)))
    // Behind the last day of 9999 there is none that sorts as text.
    if (unit.last >= end) break
    day = dayFrom(unit.last, 1)
  }
  return found
}

function largestUnit(day: string, end: string): { length: number; last: string } {
  const year = lastDay(day.slice(0, 4))
  if (day.endsWith('-01-01') && year <= end) return { length: 4, last: year }
  const month = lastDay(day.slice(0, 7))
  if (day.endsWith('-01') && month <= end) return { length: 7, last: month }
  return { length: 10, last: day }
}
