import type { Chosen, PublishedChoice } from '../../shared/contract.ts'
import type { MediaFilter } from '../../shared/media.ts'
import type { SidecarOfMedia } from '../../shared/sidecars.ts'
import { type ChosenFor, createChoosing } from './choosing.ts'
import type { Db } from './database.ts'
import { createFacets } from './facets.ts'
import type { FiledField } from './filing-terms.ts'
import { readFingerprints } from './fingerprints.ts'
import { createFresh } from './fresh.ts'
import { createListing } from './listing.ts'
import { createNearDuplicates } from './near-duplicates.ts'
import type { ListView } from './plans.ts'
import { createPublished } from './published.ts'
import { createSidecarComparison } from './sidecar-comparison.ts'
import { createSimilar } from './similar.ts'
import { createSuggestions } from './suggestions.ts'
import { createTableRows, type GivenRows } from './table-rows.ts'

/** More than anyone decides one by one. */
const commonShown = 50

/** Every question that may look at many rows. */
export function createAnswers(db: Db) {
  const listing = createListing(db)
  const facets = createFacets(db, listing)
  const choosing = createChoosing(db, listing)
  const suggestions = createSuggestions(db)
  const fingerprints = createFresh(db, () => readFingerprints(db))
  const similar = createSimilar(db, fingerprints)
  const differencesOf = createSidecarComparison(db)
  const published = createPublished(db, listing)
  const tableRows = createTableRows(db)
  const nearDuplicates = createNearDuplicates(db, fingerprints)
  return {
    page: (view: ListView, after: string | null, limit: number) => listing.page(view, after, limit),
    index: (view: ListView, pageSize: number, hasShapes?: boolean, hasFirst?: boolean) =>
      listing.index(view, pageSize, hasShapes, hasFirst),
    countUpTo: (view: Omit<ListView, 'sort'>, bound: number) => listing.countUpTo(view, bound),
    facets: (filter: MediaFilter) => facets.facets(filter),
    chosenPart: (chosen: Chosen, of: ChosenFor, after: string | null) => choosing.part(chosen, of, after),
    suggestTags: (prefix: string, limit: number) => facets.suggestTags(prefix, limit),
    suggestValues: (field: FiledField, prefix: string, limit: number) => facets.suggestValues(field, prefix, limit),
    commonSuggestions: (mediaIds: number[]) => suggestions.common(mediaIds, commonShown),
    similarByLook: (id: number, limit: number) => similar.byLook(id, limit),
    similarByMeaning: (id: number, limit: number, model: string) => similar.byMeaning(id, limit, model),
    nearDuplicates: (after: number, limit: number) => nearDuplicates(after, limit),
    sidecarDifferences: (sidecars: readonly SidecarOfMedia[]) => sidecars.map(differencesOf),
    publishedPage: (chosen: PublishedChoice, after: string | null, limit: number) => published(chosen, after, limit),
    planRows: (given: GivenRows) => tableRows.plan(given),
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
