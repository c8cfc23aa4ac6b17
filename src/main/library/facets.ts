import { colourNames } from '../../shared/colours.ts'
import type { Output } from '../../shared/contract.ts'
import type { MediaFilter } from '../../shared/media.ts'
import type { Db } from './database.ts'
import type { createListing } from './listing.ts'

export type Facets = Output<'media.facets'>

/** Filtered facets are counted over this many of the newest matches: about 5 ms. */
const sampleSize = 5_000
const shownTags = 100

/** How many pictures each filter would leave. Unfiltered counts are kept; filtered ones are counted on a bounded sample. */
export function createFacets(db: Db, listing: ReturnType<typeof createListing>) {
  const counts = db.prepare<[], Count>(
    `SELECT term AS value, count FROM facet_counts WHERE count > 0 AND (term < 't' OR term >= 'u')`,
  )
  const tagCounts = db.prepare<[number], Count>(
    `SELECT t.name AS value, c.count FROM facet_counts c JOIN tags t ON t.id = CAST(substr(c.term, 2) AS INTEGER)
     WHERE c.term >= 't' AND c.term < 'u' AND c.count > 0 ORDER BY c.count DESC, t.name LIMIT ?`,
  )
  const tagName = db.prepare<[number], { name: string }>('SELECT name FROM tags WHERE id = ?')
  const suggestions = db.prepare<[string, string, number], Count>(
    `SELECT t.name AS value, c.count FROM tags t JOIN facet_counts c ON c.term = 't' || t.id
     WHERE t.name >= ? AND t.name < ? AND c.count > 0 ORDER BY c.count DESC, t.name LIMIT ?`,
  )

  function sample(filter: MediaFilter): { counted: Map<string, number>; isSampled: boolean } {
    const counted = new Map<string, number>()
    const found = listing.facetsOfNewest({ filter }, sampleSize + 1)
    for (const facets of found.slice(0, sampleSize)) {
      for (const term of facets.split(' ')) counted.set(term, (counted.get(term) ?? 0) + 1)
    }
    return { counted, isSampled: found.length > sampleSize }
  }

  function namedTags(counted: Map<string, number>): Count[] {
    return [...counted]
      .filter(([term]) => term.startsWith('t'))
      .sort((a, b) => b[1] - a[1])
      .slice(0, shownTags)
      .map(([term, count]) => ({ value: tagName.get(Number(term.slice(1)))?.name ?? '', count }))
  }

  return {
    facets(filter: MediaFilter): Facets {
      const isWhole = Object.values(filter).every(
        value => value === undefined || (Array.isArray(value) && !value.length),
      )
      if (isWhole) {
        const counted = new Map(counts.all().map(row => [row.value, row.count]))
        return { isSampled: false, tags: tagCounts.all(shownTags), ...groups(counted) }
      }
      const { counted, isSampled } = sample(filter)
      return { isSampled, tags: namedTags(counted), ...groups(counted) }
    },

    /** Tags that begin with `prefix`, most used first. */
    suggestTags(prefix: string, limit: number): Count[] {
      const start = prefix.trim().toLowerCase()
      return suggestions.all(start, `${start}\u{10ffff}`, limit)
    },
  }
}

interface Count {
  value: string
  count: number
}

/** Takes the terms of `filing.ts` apart again. */
function groups(counted: Map<string, number>): Pick<Facets, 'colours' | 'years' | 'statuses' | 'sources'> {
  const of = (letter: string) =>
    [...counted]
      .filter(([term]) => term.startsWith(letter))
      .map(([term, count]) => ({ value: term.slice(1), count }))
      .sort((a, b) => b.count - a.count)
  const named = new Map(of('c').map(({ value, count }) => [value, count]))
  return {
    colours: colourNames.filter(name => named.has(name)).map(value => ({ value, count: named.get(value) ?? 0 })),
    years: of('y').sort((a, b) => b.value.localeCompare(a.value)),
    statuses: of('x'),
    sources: of('s'),
  }
}
