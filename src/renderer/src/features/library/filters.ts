import type { ColourName, Folder, MediaFilter } from '../../lib/contract.ts'
import { nameOfSource } from '../../lib/sources.ts'
import { statusLooks } from '../../ui/status-mark.tsx'

export const hasFilter = (filter: MediaFilter): boolean => Object.keys(filter).length > 0

/** One active filter, with the change that takes it away. */
export interface Chip {
  key: string
  label: string
  colour?: ColourName
  without: Partial<MediaFilter>
}

function dateChip({ takenFrom, takenTo }: MediaFilter): Chip[] {
  if (!takenFrom && !takenTo) return []
  const label = takenFrom === takenTo ? `${takenFrom}` : `${takenFrom ?? '…'} – ${takenTo ?? '…'}`
  return [{ key: 'taken', label, without: { takenFrom: undefined, takenTo: undefined } }]
}

/** Folder, collection, new, to review, failed and missing are views of the sidebar: the title names them. */
export function chipsOf(filter: MediaFilter): Chip[] {
  const { tags = [], colours = [] } = filter
  return [
    ...(filter.text ? [{ key: 'text', label: `“${filter.text}”`, without: { text: undefined } }] : []),
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

/** What the grid shows, without what the chips say. */
export function titleOf(
  filter: MediaFilter,
  folders: readonly Folder[],
  collections: readonly { id: number; name: string }[] = [],
): string {
  const folder = filter.folderId && folders.find(each => each.id === filter.folderId)
  const parts = [
    filter.collectionId && (collections.find(({ id }) => id === filter.collectionId)?.name ?? 'A deleted collection'),
    folder ? folder.name : undefined,
    filter.isNew && 'New',
    filter.isUnmarked && 'To review',
    filter.status && statusLooks[filter.status].word,
    filter.isMissing && 'Missing',
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : 'All pictures'
}

/** A list with the value in it, or without where it was in. */
export function toggled<T>(values: readonly T[] | undefined, value: T): T[] {
  const list = values ?? []
  return list.includes(value) ? list.filter(each => each !== value) : [...list, value]
}
