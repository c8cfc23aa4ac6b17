import type { FindKey } from '../../../shared/find/keys.ts'
import { termFor, toggledIn, writeName } from '../../../shared/find/write.ts'
import type { MediaFilter } from './contract.ts'
import { tell } from './notice.ts'
import { changeFilter, routeNow } from './route.ts'

/** So much the contract takes. */
export const longestFind = 500

/** Of these a picture has one at most, so another choice replaces the one before. */
const oneOnly: readonly FindKey[] = [
  'rating',
  'label',
  'date',
  'status',
  'source',
  'type',
  'style',
  'mood',
  'medium',
  'series',
]

/** Values of `is:` that the sidebar leads to. */
export const placeTerms = [
  { name: 'new', title: 'New' },
  { name: 'to-review', title: 'To review' },
] as const

/** Whether the find box has that `is:` in it. */
export const asksFor = ({ text = '' }: MediaFilter, name: (typeof placeTerms)[number]['name']): boolean =>
  termFor(text, 'is', name) !== undefined

/** What the find box shows from now on. */
export function changeFind(text: string, options?: { replaces?: boolean }): void {
  if (text.length > longestFind) tell('The find box is full. Take something out of it first.')
  else changeFilter({ text: text || undefined }, options)
}

/** Puts a value into the find box, or takes it out where it is in. @param written as it stands behind the key */
export function toggleFind(key: FindKey, written: string): void {
  changeFind(toggledIn(routeNow().filter.text ?? '', key, written, oneOnly.includes(key)))
}

/** Adds to what is looked for that pictures have this name. */
export function findNamed(key: FindKey, name: string): void {
  changeFilter({ text: `${key}:${writeName(name)}` })
}
