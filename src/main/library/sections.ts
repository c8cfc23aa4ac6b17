import type { MediaGroup, MediaSort, Section } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { createFresh } from './fresh.ts'
import { createGroups, type Groups } from './groups.ts'

/** A list in sections, in full. */
export interface Sectioned {
  ids: Uint32Array
  sections: Section[]
  /** Which section a picture belongs to. */
  placeOf(id: number): number
}

export type Grouping = Exclude<MediaGroup, 'none'>

/** Cuts lists into sections: of any filter and order, since what a picture belongs to is known by its id. */
export function createSections(db: Db) {
  const groups = createGroups(db)
  const fresh = Object.fromEntries(
    // New pictures must not be seen in no section for a moment, so nothing older than the list is used.
    Object.entries(groups).map(([grouping, make]) => [grouping, createFresh(db, make, 0)]),
  ) as Record<Grouping, () => Groups>

  return function inSections(ids: Uint32Array, grouping: Grouping, sort: MediaSort): Sectioned {
    const { groupOf, named } = fresh[grouping]()
    const isLastFirst = grouping !== 'folder' && !sort.endsWith('oldest')
    const inOrder = [...(isLastFirst ? named.toReversed() : named), unknown]
    function placeOf(id: number): number {
      const group = groupOf[id] ?? 0
      if (group === 0) return named.length
      return isLastFirst ? named.length - group : group - 1
    }
    const counts = new Uint32Array(inOrder.length)
    for (const id of ids) counts[placeOf(id)] = (counts[placeOf(id)] as number) + 1
    const sections = inOrder.map((section, place) => ({ ...section, count: counts[place] as number }))
    return { ids: sorted(ids, counts, placeOf), sections: sections.filter(({ count }) => count > 0), placeOf }
  }
}

/** Comes last. */
const unknown = { key: '', name: '', startedAt: null }

/** By section, in the order they had. */
function sorted(ids: Uint32Array, counts: Uint32Array, placeOf: (id: number) => number): Uint32Array {
  const next = new Uint32Array(counts.length)
  for (let place = 1; place < counts.length; place++) {
    next[place] = (next[place - 1] as number) + (counts[place - 1] as number)
  }
  const sorted = new Uint32Array(ids.length)
  for (const id of ids) {
    const place = placeOf(id)
    sorted[next[place] as number] = id
    next[place] = (next[place] as number) + 1
  }
  return sorted
}
