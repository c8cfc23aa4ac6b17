import { type FindTerm, parseFind } from '../../../../shared/find/parse.ts'
import { withoutTerm, writeTerm } from '../../../../shared/find/write.ts'
import type { ColourName, Folder, MediaFilter } from '../../lib/contract.ts'
import { asksFor, placeTerms } from '../../lib/find.ts'
import { nameOfSource } from '../../lib/sources.ts'
import { statusLooks } from '../../ui/status-mark.tsx'

export const hasFilter = (filter: MediaFilter): boolean => Object.keys(filter).length > 0

/** One active filter, with the change that takes it away. */
export interface Chip {
  key: string
  label: string
  colour?: ColourName
  /** Words, that is, and no filter by what a picture is. */
  isWords?: boolean
  /** It cannot be read, and filters nothing. */
  isFault?: boolean
  without: Partial<MediaFilter>
}

function dateChip({ takenFrom, takenTo }: MediaFilter): Chip[] {
  if (!takenFrom && !takenTo) return []
  const label = takenFrom === takenTo ? `${takenFrom}` : `${takenFrom ?? '…'} – ${takenTo ?? '…'}`
  return [{ key: 'taken', label, without: { takenFrom: undefined, takenTo: undefined } }]
}

/** One for each term of the find box. */
function termChips(text: string): Chip[] {
  return parseFind(text).map(term => ({
    key: `${term.start}-${term.end}`,
    label: labelOf(term),
    without: { text: withoutTerm(text, term) || undefined },
    ...(term.kind === 'fault' && { isFault: true }),
    ...((term.kind === 'word' || term.kind === 'phrase') && { isWords: true }),
    ...colourOf(term),
  }))
}

/** Of a tag or a colour its name says all. */
function labelOf(term: FindTerm): string {
  if (term.kind === 'fault') return term.message
  if (term.kind === 'word') return term.isNot ? `not “${term.text}”` : `“${term.text}”`
  if (term.kind === 'key' && !term.isNot && (term.key === 'tag' || term.key === 'color')) {
    const names = term.values.map(value => ('name' in value ? value.name : null))
    if (names.every(name => name !== null)) return names.join(' or ')
  }
  return writeTerm(term)
}

function colourOf(term: FindTerm): Pick<Chip, 'colour'> {
  if (term.kind !== 'key' || term.key !== 'color' || term.values.length !== 1) return {}
  const [value] = term.values
  return value?.kind === 'choice' ? { colour: value.name as ColourName } : {}
}

/** Folder, collection, failed and missing are views of the sidebar: the title names them. */
export function chipsOf(filter: MediaFilter): Chip[] {
  const { tags = [], colours = [] } = filter
  return [
    ...termChips(filter.text ?? ''),
    ...tags.map(tag => ({ key: `tag-${tag}`, label: tag, without: { tags: tags.filter(each => each !== tag) } })),
    ...colours.map(colour => ({
      key: `colour-${colour}`,
      label: colour,
      colour,
      without: { colours: colours.filter(each => each !== colour) },
    })),
    ...dateChip(filter),
    ...(filter.source ? [{ key: 'source', label: nameOfSource(filter.source), without: { source: undefined } }] : []),
  ]
}

/** What the grid shows: the place in the sidebar. */
export function titleOf(
  filter: MediaFilter,
  folders: readonly Folder[],
  collections: readonly { id: number; name: string }[] = [],
): string {
  const folder = filter.folderId && folders.find(each => each.id === filter.folderId)
  const parts = [
    filter.collectionId && (collections.find(({ id }) => id === filter.collectionId)?.name ?? 'A deleted collection'),
    folder ? folder.name : undefined,
    ...placeTerms.map(({ name, title }) => asksFor(filter, name) && title),
    filter.status && statusLooks[filter.status].word,
    filter.isMissing && 'Missing',
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : 'All pictures'
}
