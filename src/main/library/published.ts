import type { PublishedChoice } from '../../shared/contract.ts'
import type { MediaDetail } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { createDetail } from './detail.ts'
import type { createListing } from './listing.ts'
import { createNamesakes } from './namesakes.ts'

/** Every fact of a picture, for other programs; `hasNamesake`: another one beside it differs in its ending alone. */
type Published = MediaDetail & { hasNamesake: boolean }

export interface PublishedPage {
  items: Published[]
  /** Where the next page begins; null when there is none. */
  nextAfter: string | null
}

/** Pictures with all that is known of them, page by page: half a million are never in memory together. */
export function createPublished(db: Db, listing: ReturnType<typeof createListing>) {
  const detail = createDetail(db)
  const hasNamesakeBeside = createNamesakes(db)

  /** Names of Google Drive may repeat. */
  function hasNamesake({ source, sourceId, folder }: MediaDetail): boolean {
    return source !== 'folder' || sourceId === null || folder === null || hasNamesakeBeside(folder.id, sourceId)
  }

  function idsOf(
    chosen: PublishedChoice,
    after: string | null,
    limit: number,
  ): { ids: number[]; nextAfter: string | null } {
    if ('mediaIds' in chosen) {
      const start = Number(after ?? 0)
      const end = start + limit
      return {
        ids: chosen.mediaIds.slice(start, end),
        nextAfter: end < chosen.mediaIds.length ? String(end) : null,
      }
    }
    // Only some are ranked, and all that are found leave.
    const sort = chosen.sort === 'relevance' ? 'newest' : chosen.sort
    const { items, nextCursor } = listing.page({ filter: chosen.filter, sort }, after, limit)
    return { ids: items.map(({ id }) => id), nextAfter: nextCursor }
  }

  /** @param after of the page before; null for the first. */
  return function published(chosen: PublishedChoice, after: string | null, limit: number): PublishedPage {
    const { ids, nextAfter } = idsOf(chosen, after, limit)
    const items = ids.map(id => detail(id)).filter(media => media !== null)
    return { items: items.map(media => ({ ...media, hasNamesake: hasNamesake(media) })), nextAfter }
  }
}
