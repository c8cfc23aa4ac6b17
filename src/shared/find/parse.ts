import { today } from './days.ts'
import { choiceNamed, type FindKey, factsOf, findKeyNames, keyNamed } from './keys.ts'
import { nearestWord } from './nearest.ts'
import { type Scanned, type ScannedValue, type Span, scan } from './scan.ts'
import { type NearColour, type Range, readDate, readRating, readSize, readSwatch, Unreadable } from './values.ts'

export type FindValue =
  | { kind: 'choice'; name: string }
  /** `isBeginning`: all names that begin so. `isOpen`: it may be unfinished, as it stands last. */
  | { kind: 'name'; name: string; isBeginning: boolean; isOpen: boolean }
  | ({ kind: 'near' } & NearColour)
  | ({ kind: 'rating' | 'size' } & Range<number>)
  | ({ kind: 'date' } & Range<string>)

export type FindTerm = Span & { isNot: boolean } & (
    | { kind: 'word' | 'phrase'; text: string; isOpen: boolean }
    /** One of the values must hold. */
    | { kind: 'key'; key: FindKey; values: FindValue[] }
    /** It cannot be read, and filters nothing. */
    | { kind: 'fault'; message: string }
  )

/**
 * What a person typed into the find box, term by term. All terms must hold. Nothing is refused: what cannot be read is a
 * fault with a sentence, and the rest still counts.
 * @param day of today, for dates such as `last-month`
 */
export function parseFind(text: string, day = today()): FindTerm[] {
  return scan(text).map(term => ({
    start: term.start,
    end: term.end,
    isNot: term.isNot,
    ...meaningOf(term, text.length, day),
  }))
}

type Meaning = FindTerm extends infer T ? (T extends Span ? Omit<T, 'start' | 'end' | 'isNot'> : never) : never

function meaningOf({ key: name, values }: Scanned, length: number, day: string): Meaning {
  const [first] = values
  if (name === null) return first ? wordsOf(first, length) : { kind: 'word', text: '', isOpen: false }
  const key = keyNamed(name)
  if (key === null) return { kind: 'fault', message: unknownKey(name) }
  const given = values.filter(value => value.text.trim() !== '')
  if (given.length === 0) return { kind: 'fault', message: `${key}: needs a value, such as ${factsOf(key).example}.` }
  try {
    return { kind: 'key', key, values: given.map(value => readValue(key, value, length, day)) }
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'fault', message: error.message }
    throw error
  }
}

const isOpenIn = (value: ScannedValue, length: number): boolean =>
  value.end === length && (!value.isQuoted || value.isUnfinished)

function wordsOf(value: ScannedValue, length: number): Meaning {
  return { kind: value.isQuoted ? 'phrase' : 'word', text: value.text, isOpen: isOpenIn(value, length) }
}

function unknownKey(name: string): string {
  const nearest = nearestWord(name, findKeyNames)
  const wayOut = nearest ? `Did you mean ${nearest}:?` : 'Put it in quotation marks to look for the words.'
  return `There is no “${name.slice(0, 30)}:”. ${wayOut}`
}

function readValue(key: FindKey, value: ScannedValue, length: number, day: string): FindValue {
  const text = value.text.trim()
  switch (factsOf(key).takes) {
    case 'name':
      return nameOf(text, value, isOpenIn(value, length))
    case 'rating':
      return { kind: 'rating', ...readRating(text) }
    case 'size':
      return { kind: 'size', ...readSize(text) }
    case 'date':
      return { kind: 'date', ...readDate(text, day) }
    case 'colour':
      return text.startsWith('#') ? { kind: 'near', ...readSwatch(text) } : choiceOf(key, text)
    case 'choice':
      return choiceOf(key, text)
  }
}

/** A star at the end stands for any other end; in quotation marks it is a star. */
function nameOf(text: string, { isQuoted }: ScannedValue, isOpen: boolean): FindValue {
  const isBeginning = !isQuoted && text.endsWith('*')
  const name = isBeginning ? text.replace(/\*+$/, '') : text
  if (name === '') throw new Unreadable('Before the star there has to be a beginning, such as tag:harb*.')
  return { kind: 'name', name, isBeginning, isOpen }
}

function choiceOf(key: FindKey, text: string): FindValue {
  const name = choiceNamed(key, text)
  if (name !== null) return { kind: 'choice', name }
  const choices = factsOf(key).choices ?? []
  const nearest = nearestWord(text, choices)
  const wayOut = nearest
    ? `Did you mean ${nearest}?`
    : `There is ${choices.slice(0, 8).join(', ')}${choices.length > 8 ? ' …' : ''}.`
  throw new Unreadable(`${key}: knows no “${text.slice(0, 30)}”. ${wayOut}`)
}
