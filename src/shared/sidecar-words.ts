import { formatCount } from './format.ts'
import { type SidecarField, sidecarFields } from './sidecars.ts'

export const fieldNames: Record<SidecarField, string> = {
  title: 'Title',
  description: 'Description',
  tags: 'Tags',
  rating: 'Stars',
  flag: 'Flag',
  label: 'Label',
}

/** "title 12, tags 1,204": of how many pictures each field. */
export function fieldCounts(counts: Partial<Record<SidecarField, number>>): string {
  return sidecarFields
    .filter(field => counts[field])
    .map(field => `${fieldNames[field].toLowerCase()} ${formatCount(counts[field] ?? 0)}`)
    .join(', ')
}

/** A word of a field as a person reads it. */
export function fieldText(field: SidecarField, text: string): string {
  if (field !== 'rating') return text
  return text === '0' ? 'none' : '★'.repeat(Number(text))
}
