import type { MediaFilter } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { createFacets } from './facets.ts'
import { createListing } from './listing.ts'
import type { ListView } from './plans.ts'
import { createSuggestions } from './suggestions.ts'

/** More than anyone decides one by one. */
const commonShown = 50

/** Every question that may look at many rows. */
export function createAnswers(db: Db) {
  const listing = createListing(db)
  const facets = createFacets(db, listing)
  const suggestions = createSuggestions(db)
  return {
    page: (view: ListView, after: string | null, limit: number) => listing.page(view, after, limit),
    index: (view: ListView, pageSize: number) => listing.index(view, pageSize),
    countUpTo: (view: Omit<ListView, 'sort'>, bound: number) => listing.countUpTo(view, bound),
    facets: (filter: MediaFilter) => facets.facets(filter),
    suggestTags: (prefix: string, limit: number) => facets.suggestTags(prefix, limit),
    commonSuggestions: (mediaIds: number[]) => suggestions.common(mediaIds, commonShown),
  }
}

export type Answers = ReturnType<typeof createAnswers>

/** How a question travels to the thread that answers it, and back. */
export interface Question {
  id: number
  name: keyof Answers
  args: unknown[]
}
export type Answer = { id: number; value: unknown } | { id: number; error: string }
