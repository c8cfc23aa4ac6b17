import type { FindKey } from './keys.ts'
import { type FindTerm, type FindValue, parseFind } from './parse.ts'
import type { Span } from './scan.ts'
import { usualTolerance } from './values.ts'

const quotation = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** A name as it stands behind a key. */
export const writeName = (name: string): string => (/^[^\s\0",*]+$/.test(name) ? name : quotation(name))

/** A term as a person would type it; a fault is nothing that could be written. */
export function writeTerm(term: FindTerm): string {
  const sign = term.isNot ? '-' : ''
  if (term.kind === 'fault') return ''
  if (term.kind === 'word') return `${sign}${term.text}`
  if (term.kind === 'key') return `${sign}${writeKey(term.key, term.values)}`
  return `${sign}${quotation(term.text)}`
}

const writeKey = (key: FindKey, values: readonly FindValue[]): string => `${key}:${values.map(writeValue).join(',')}`

function writeValue(value: FindValue): string {
  switch (value.kind) {
    case 'choice':
      return value.name
    case 'name':
      return value.isBeginning ? `${value.name}*` : writeName(value.name)
    case 'near':
      return value.tolerance === usualTolerance ? value.hex : `${value.hex}~${value.tolerance}`
    case 'rating':
    case 'date':
      return value.from === value.to ? `${value.from}` : `${value.from ?? ''}..${value.to ?? ''}`
    case 'size':
      return `${writeSize(value.from)}..${writeSize(value.to)}`
  }
}

function writeSize(bytes: number | null): string {
  if (bytes === null) return ''
  if (bytes >= 1e9) return `${bytes / 1e9}gb`
  if (bytes >= 1e6) return `${bytes / 1e6}mb`
  return bytes >= 1e3 ? `${bytes / 1e3}kb` : `${bytes}b`
}

/** The text without one of its terms. */
export function withoutTerm(text: string, { start, end }: Span): string {
  return [text.slice(0, start).trimEnd(), text.slice(end).trimStart()].filter(Boolean).join(' ')
}

/** The term of the key that asks for this value and no other, and not for pictures without it. */
export function termFor(text: string, key: FindKey, written: string): FindTerm | undefined {
  const [wanted] = parseFind(`${key}:${written}`)
  const form = wanted && writeTerm(wanted).toLowerCase()
  return parseFind(text).find(term => term.kind === 'key' && writeTerm(term).toLowerCase() === form)
}

/**
 * The text with the value in it, or without where it was in. Of a key that a picture has one value of, another value goes.
 * @param written the value as it stands behind the key
 */
export function toggledIn(text: string, key: FindKey, written: string, isOneOnly: boolean): string {
  const there = termFor(text, key, written)
  if (there) return withoutTerm(text, there)
  const others = isOneOnly ? parseFind(text).filter(term => term.kind === 'key' && term.key === key && !term.isNot) : []
  // From the last on, so that the places of those before stay.
  const rest = others.reduceRight((left, term) => withoutTerm(left, term), text).trim()
  return [rest, `${key}:${written}`].filter(Boolean).join(' ')
}
