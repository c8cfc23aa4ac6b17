import { colourNames } from '../../shared/colours.ts'
import type { Output } from '../../shared/contract.ts'
import { flags, labels, type MediaFilter } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { type FiledField, filedLetters, type SaidField, saidFields } from './filing-terms.ts'
import type { createListing } from './listing.ts'
import { tagName } from './tags.ts'

export type Facets = Output<'media.facets'>

/** Filtered facets are counted over this many of the newest matches: about 5 ms. */
const sampleSize = 5_000
const shownTags = 100

/** How many pictures each filter would leave. Unfiltered counts are kept; filtered ones are counted on a bounded sample. */
export function createFacets(db: Db, listing: ReturnType<typeof createListing>) {
  const counts = db.prepare<[string, string], Count>(
    'SELECT term AS value, count FROM facet_counts WHERE term >= ? AND term < ? AND count > 0',
  )
  const valueCounts = db.prepare<[string, string, number], Count>(
    `SELECT v.value, c.count FROM facet_counts c JOIN filed_values v ON v.id = CAST(substr(c.term, 2) AS INTEGER)
     WHERE c.term >= ? AND c.term < ? AND c.count > 0 ORDER BY c.count DESC, v.value LIMIT ?`,
  )
  const valueById = db.prepare<[number], string>('SELECT value FROM filed_values WHERE id = ?').pluck()
  const valueSuggestions = db.prepare<[string, string, string, string, number], Count>(
    `SELECT v.value, c.count FROM filed_values v JOIN facet_counts c ON c.term = ? || v.id
     WHERE v.field = ? AND v.value >= ? AND v.value < ? AND c.count > 0 ORDER BY c.count DESC, v.value LIMIT ?`,
  )
  const tagCounts = db.prepare<[number], Count>(
    `SELECT t.name AS value, c.count FROM facet_counts c JOIN tags t ON t.id = CAST(substr(c.term, 2) AS INTEGER)
     WHERE c.term >= 't' AND c.term < 'u' AND c.count > 0 ORDER BY c.count DESC, t.name LIMIT ?`,
  )
  const tagById = db.prepare<[number], string>('SELECT name FROM tags WHERE id = ?').pluck()
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

  /** The most frequent of the terms that stand for names. */
  function named(counted: Map<string, number>, letter: string, nameOf: (id: number) => string | undefined): Count[] {
    return [...counted]
      .filter(([term]) => term.startsWith(letter))
      .map(([term, count]) => ({ value: Number(term.slice(1)), count }))
      .sort((a, b) => b.count - a.count || a.value - b.value)
      .slice(0, shownTags)
      .map(({ value, count }) => ({ value: nameOf(value) ?? '', count }))
  }

  function ofEverything(): Facets {
    const counted = new Map<string, number>()
    for (const letter of countedLetters)
      for (const { value, count } of counts.all(letter, after(letter))) counted.set(value, count)
    const said = saidFacets(letter => valueCounts.all(letter, after(letter), shownTags))
    return { isSampled: false, tags: tagCounts.all(shownTags), ...said, ...groups(counted) }
  }

  return {
    facets(filter: MediaFilter): Facets {
      const isWhole = Object.values(filter).every(
        value => value === undefined || (Array.isArray(value) && !value.length),
      )
      if (isWhole) return ofEverything()
      const { counted, isSampled } = sample(filter)
      const said = saidFacets(letter => named(counted, letter, id => valueById.get(id)))
      return { isSampled, tags: named(counted, 't', id => tagById.get(id)), ...said, ...groups(counted) }
    },

    /** Tags that begin with `prefix`, most used first. */
    suggestTags(prefix: string, limit: number): Count[] {
      const start = prefix.trim().toLowerCase()
      return suggestions.all(start, `${start}\u{10ffff}`, limit)
    },

    /** What is said of pictures in a field and begins with `prefix`, most used first. */
    suggestValues(field: FiledField, prefix: string, limit: number): Count[] {
      const start = tagName(prefix)
      return valueSuggestions.all(filedLetters[field], field, start, `${start}\u{10ffff}`, limit)
    },
  }
}

interface Count {
  value: string
  count: number
}

const after = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) + 1)

/** Of terms that are counted without a filter. */
const countedLetters = ['c', 'e', 'k', 'l', 'r', 's', 'x', 'y', 'z']

function saidFacets(countsOf: (letter: string) => Count[]): Pick<Facets, SaidField> {
  const facets = saidFields.map(field => [field, countsOf(filedLetters[field])])
  return Object.fromEntries(facets) as Pick<Facets, SaidField>
}

/** Takes the terms of `filing-terms.ts` apart again. */
function groups(counted: Map<string, number>): Omit<Facets, 'isSampled' | 'tags' | SaidField> {
  const of = (letter: string) =>
    [...counted]
      .filter(([term]) => term.startsWith(letter))
      .map(([term, count]) => ({ value: term.slice(1), count }))
      .sort((a, b) => b.count - a.count)
  const inOrder = <T extends string>(letter: string, order: readonly T[]) => {
    const known = new Map(of(letter).map(({ value, count }) => [value, count]))
    return order.filter(name => known.has(name)).map(value => ({ value, count: known.get(value) ?? 0 }))
  }
  return {
    colours: inOrder('c', colourNames),
    years: of('y').sort((a, b) => b.value.localeCompare(a.value)),
    statuses: of('x'),
    sources: of('s'),
    ratings: inOrder('r', ['5', '4', '3', '2', '1']),
    flags: inOrder('z', flags),
    labels: inOrder('l', labels),
    types: of('e'),
    kinds: of('k'),
  }
}
