import type { MediaGroup, MediaSort } from './contract.ts'
import { go, routeNow } from './route.ts'

export const groupTitles: Record<MediaGroup, string> = {
  none: 'No groups',
  day: 'By day',
  month: 'By month',
  year: 'By year',
  folder: 'By folder',
  sync: 'By import',
}

/**
 * The order that goes along with a grouping. Who groups by date looks at when pictures were taken, so that this is what they
 * are sorted by as well, unless another order than that of their arrival was chosen. The best match knows no sections.
 */
export function sortAlong(group: MediaGroup, sort: MediaSort): MediaSort {
  if (group === 'none') return sort
  if (sort === 'relevance') return sortAlong(group, 'newest')
  const isOfDates = group === 'day' || group === 'month' || group === 'year'
  if (isOfDates && sort === 'newest') return 'taken-newest'
  return isOfDates && sort === 'oldest' ? 'taken-oldest' : sort
}

export const groupBy = (group: MediaGroup): void => go({ group, sort: sortAlong(group, routeNow().sort) })
