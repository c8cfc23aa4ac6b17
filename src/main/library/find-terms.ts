import type { FindKey } from '../../shared/find/keys.ts'
import type { FindTerm, FindValue } from '../../shared/find/parse.ts'
import { flags, labels, type ProcessingStatus } from '../../shared/media.ts'
import { cellsNear } from './colour-cells.ts'
import { dateTerms } from './date-terms.ts'
import { everything, type FiledField, terms } from './filing-terms.ts'
import { newDays } from './new-days.ts'
import { sizeTerms } from './size-terms.ts'

export type NamedField = 'tag' | FiledField

/** Names that pictures are filed under by id. */
export interface Names {
  idOf(field: NamedField, name: string): number | null
  /** Those that begin so, most used first, up to a bound. */
  idsOf(field: NamedField, start: string): number[]
}

/** An expression of FTS5 over the columns of words, or over that of facets. */
interface Condition {
  of: 'words' | 'facets'
  expression: string
}

/** @returns null where the term asks for nothing; `'none'` where no picture can have it. */
export function conditionOf(term: FindTerm, names: Names): Condition | 'none' | null {
  if (term.kind === 'fault') return null
  if (term.kind !== 'key') {
    // What the tokenizer drops altogether is in no picture.
    if (!/[\p{L}\p{N}]/u.test(term.text)) return null
    // FTS5 reads no further than a NUL, and then misses the end of the quotation.
    const quoted = `"${term.text.replaceAll('\0', ' ').replaceAll('"', '""')}"`
    return { of: 'words', expression: term.isOpen ? `${quoted}*` : quoted }
  }
  const found = term.values.flatMap(value => termsOf(term.key, value, names))
  if (found.length === 0) return 'none'
  return { of: 'facets', expression: anyOf(found) }
}

const anyOf = (found: readonly string[]): string => (found.length === 1 ? `${found[0]}` : `(${found.join(' OR ')})`)

/** Any of them must be there. */
function termsOf(key: FindKey, value: FindValue, names: Names): string[] {
  switch (value.kind) {
    case 'rating':
      return ratingTerms(value.from ?? 0, value.to ?? 5)
    case 'size':
      return sizeTerms(value.from, value.to)
    case 'date':
      return dateTerms(value.from ?? undefined, value.to ?? undefined)
    case 'near':
      return cellsNear(value.hex, value.tolerance)
    case 'choice':
      return choiceTerms(key, value.name)
    case 'name':
      return key === 'source' ? sourceTerms(value) : namedTerms(key as NamedField, value, names)
  }
}

const stars = [1, 2, 3, 4, 5]

/** A picture that nobody gave stars has none. */
function ratingTerms(from: number, to: number): string[] {
  if (from > 0) return stars.filter(each => from <= each && each <= to).map(terms.rating)
  const more = stars.filter(each => each > to).map(terms.rating)
  return [more.length === 0 ? everything : `(${everything} NOT ${anyOf(more)})`]
}

type NameValue = Extract<FindValue, { kind: 'name' }>

function sourceTerms({ name, isBeginning, isOpen }: NameValue): string[] {
  const term = terms.source(/^drive$/i.test(name) ? 'google_drive' : name)
  if (term.length === 1) return []
  return [isBeginning || isOpen ? `${term}*` : term]
}

function namedTerms(field: NamedField, { name, isBeginning, isOpen }: NameValue, names: Names): string[] {
  const termFor = (id: number): string => (field === 'tag' ? terms.tag(id) : terms.filed(field, id))
  const id = isBeginning ? null : names.idOf(field, name)
  if (id !== null) return [termFor(id)]
  return isBeginning || isOpen ? names.idsOf(field, name).map(termFor) : []
}

const anyFlag = anyOf(flags.map(terms.flag))

const statusOf: Record<string, ProcessingStatus> = {
  done: 'completed',
  failed: 'failed',
  waiting: 'pending',
  working: 'processing',
}

export const statusNamed = (name: string): ProcessingStatus | undefined => statusOf[name]

const isTerms: Record<string, () => string[]> = {
  picked: () => [terms.flag('picked')],
  rejected: () => [terms.flag('rejected')],
  unflagged: () => [`(${everything} NOT ${anyFlag})`],
  'to-review': () => [terms.unmarked],
  new: () => newDays().map(terms.added),
  artwork: () => [terms.artwork],
  missing: () => [terms.missing],
  failed: () => [terms.status('failed')],
}

const hasTerms: Record<string, string[]> = {
  title: [terms.has('title')],
  description: [terms.has('description')],
  tags: [terms.has('tags')],
  rating: stars.map(terms.rating),
  label: labels.map(terms.label),
  flag: flags.map(terms.flag),
  artwork: [terms.artwork],
}

/** @param name one of the key's choices */
function choiceTerms(key: FindKey, name: string): string[] {
  switch (key) {
    case 'color':
      return [terms.colour(name)]
    case 'label':
      return labels.filter(label => label === name).map(terms.label)
    case 'type':
      return [name === 'image' || name === 'video' ? terms.kind(name) : terms.type(name)]
    case 'status':
      return [terms.status(statusOf[name] ?? name)]
    case 'is':
      return isTerms[name]?.() ?? []
    case 'has':
      return hasTerms[name] ?? []
    default:
      return []
  }
}
