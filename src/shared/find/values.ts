import { dayFrom, firstDay, isCalendarDate, lastDay } from './days.ts'

/** Both ends inclusive; null: open. */
export interface Range<T> {
  from: T | null
  to: T | null
}

/** What a person should read instead of a value. */
export class Unreadable extends Error {}

interface Bounds {
  from: string
  to: string
  /** The ends themselves do not count. */
  isWithoutEnds: boolean
}

/** `>=a`, `>a`, `<=a`, `<a`, `a..b`, `a..`, `..b`; null: a single value. */
function boundsOf(text: string): Bounds | null {
  const compared = /^([<>])(=?)(.*)$/s.exec(text)
  if (compared) {
    const [, sign, equal, value = ''] = compared
    return { from: sign === '>' ? value : '', to: sign === '<' ? value : '', isWithoutEnds: equal === '' }
  }
  const at = text.indexOf('..')
  return at < 0 ? null : { from: text.slice(0, at), to: text.slice(at + 2), isWithoutEnds: false }
}

function inOrder(range: Range<number>, text: string): Range<number> {
  if (range.from === null && range.to === null) throw new Unreadable(`“${text}” has neither a beginning nor an end.`)
  if (range.from !== null && range.to !== null && range.from > range.to)
    throw new Unreadable(`“${text}” ends before it begins.`)
  return range
}

export function readRating(text: string): Range<number> {
  const stars = (value: string): number => {
    if (!/^[0-5]$/.test(value)) throw new Unreadable(`“${text}” is no rating: 0 to 5 stars, such as 3, >=3 or 3..5.`)
    return Number(value)
  }
  const bounds = boundsOf(text)
  if (!bounds) return { from: stars(text), to: stars(text) }
  const step = bounds.isWithoutEnds ? 1 : 0
  const from = bounds.from === '' ? null : stars(bounds.from) + step
  const to = bounds.to === '' ? null : stars(bounds.to) - step
  if ((from ?? 0) > 5) throw new Unreadable('No picture has more than 5 stars.')
  if ((to ?? 0) < 0) throw new Unreadable('No picture has less than 0 stars.')
  return inOrder({ from, to }, text)
}

const units: Record<string, number> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 }
const largestSize = 9.9e15

/** Bytes, from `from` up to and without `to`. Sizes are filed by their first two digits, so no bound has more. */
export function readSize(text: string): Range<number> {
  const bytes = (value: string): number => {
    const [, digits = '', unit = ''] = /^(\d{1,6}(?:\.\d{1,6})?)(b|kb|mb|gb)$/i.exec(value) ?? []
    const factor = units[unit.toLowerCase()]
    if (factor === undefined) throw new Unreadable(`“${text}” is no size, such as >10mb, <500kb or 1mb..5mb.`)
    const size = Math.min(Math.round(Number(digits) * factor), largestSize)
    if (!hasTwoDigits(size)) throw new Unreadable(`“${value}” is too exact: sizes go by two digits, such as 1.2mb.`)
    return size
  }
  const bounds = boundsOf(text)
  if (!bounds) {
    bytes(text)
    throw new Unreadable(`Larger or smaller than ${text}? Say >${text}, <${text}, or a range such as 1mb..5mb.`)
  }
  const from = bounds.from === '' ? null : bytes(bounds.from)
  const to = bounds.to === '' ? null : bytes(bounds.to)
  return inOrder({ from, to }, text)
}

const hasTwoDigits = (size: number): boolean => /^\d{0,2}0*$/.test(String(size))

export const namedDates = ['today', 'yesterday', 'this-month', 'last-month', 'this-year', 'last-year'] as const

/** @param day of today */
function namedDate(name: string, day: string): string | null {
  const monthBefore = dayFrom(`${day.slice(0, 7)}-01`, -1).slice(0, 7)
  const named: Record<(typeof namedDates)[number], string> = {
    today: day,
    yesterday: dayFrom(day, -1),
    'this-month': day.slice(0, 7),
    'last-month': monthBefore,
    'this-year': day.slice(0, 4),
    'last-year': String(Number(day.slice(0, 4)) - 1),
  }
  const known = namedDates.find(each => each === name.toLowerCase())
  return known ? named[known] : null
}

/** Days, months or years. @param day of today */
export function readDate(text: string, day: string): Range<string> {
  const date = (value: string): string => {
    const named = namedDate(value, day)
    if (named) return named
    if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(value))
      throw new Unreadable(`“${text}” is no date, such as 2021, 2021-03, 2021-03-14, 2021..2023 or last-month.`)
    if (!isCalendarDate(value)) throw new Unreadable(`There is no ${value} in the calendar.`)
    return value
  }
  const bounds = boundsOf(text)
  if (!bounds) return { from: date(text), to: date(text) }
  const [from, to] = [bounds.from && date(bounds.from), bounds.to && date(bounds.to)]
  const after = bounds.isWithoutEnds && from ? dayFrom(lastDay(from), 1) : from
  const before = bounds.isWithoutEnds && to ? dayFrom(firstDay(to), -1) : to
  if (after && before && firstDay(after) > lastDay(before)) throw new Unreadable(`“${text}” ends before it begins.`)
  if (!after && !before) throw new Unreadable(`“${text}” has neither a beginning nor an end.`)
  return { from: after || null, to: before || null }
}

export interface NearColour {
  /** `#rrggbb` */
  hex: string
  /** How far another colour may be: a hundredth of OKLab's lightness from black to white. */
  tolerance: number
}

export const usualTolerance = 10
export const mostTolerance = 30

export function readSwatch(text: string): NearColour {
  const [, digits, tolerance] = /^#([0-9a-f]{3}|[0-9a-f]{6})(?:~(\d{1,2}))?$/i.exec(text) ?? []
  if (!digits) throw new Unreadable(`“${text}” is no swatch, such as #aa3311 or #aa3311~20.`)
  const far = tolerance === undefined ? usualTolerance : Number(tolerance)
  if (far > mostTolerance) throw new Unreadable(`A tolerance is 0 to ${mostTolerance}, such as #aa3311~20.`)
  const long = digits.length === 3 ? [...digits].map(digit => digit + digit).join('') : digits
  return { hex: `#${long.toLowerCase()}`, tolerance: far }
}
