import type { MediaSort } from '../../shared/media.ts'

/** How a list is ordered: by `key`, then by id, both in the same direction, so that (key, id) is a place in it. */
export interface Order {
  /** An expression on `media AS m` that an index begins with; null when the id alone orders. */
  key: string | null
  isDescending: boolean
}

export const orders: Record<Exclude<MediaSort, 'relevance'>, Order> = {
  newest: { key: null, isDescending: true },
  oldest: { key: null, isDescending: false },
  'taken-newest': { key: 'm.taken_on', isDescending: true },
  'taken-oldest': { key: 'm.taken_on', isDescending: false },
  name: { key: 'm.filename COLLATE NOCASE', isDescending: false },
  largest: { key: 'm.size', isDescending: true },
}

/** `ORDER BY` of an order. */
export function orderBy({ key, isDescending }: Order, id = 'm.id'): string {
  const direction = isDescending ? 'DESC' : 'ASC'
  return key === null ? `${id} ${direction}` : `${key} ${direction}, ${id} ${direction}`
}

/** The condition for rows behind `@key, @id`. */
export function behind({ key, isDescending }: Order, id = 'm.id'): string {
  const comparison = isDescending ? '<' : '>'
  return key === null ? `${id} ${comparison} @id` : `(${key}, ${id}) ${comparison} (@key, @id)`
}
