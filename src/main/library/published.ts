import type { PublishedChoice } from '../../shared/contract.ts'
import type { MediaDetail } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { createDetail } from './detail.ts'
import type { createListing } from './listing.ts'

/** Every fact of a picture, for other programs; `hasNamesake`: another one beside it differs in its ending alone. */
type Published = MediaDetail & { hasNamesake: boolean }

export interface PublishedPage {
  items: Published[]
  /** Where the next page begins; null when there is none. */
  nextAfter: string | null
}

/** What begins alike beside one file; far more than ever differ in their ending alone. */
const lookedAtMax = 50

/** Pictures with all that is known of them, page by page: half a million are never in memory together. */
export function createPublished(db: Db, listing: ReturnType<typeof createListing>) {
  const detail = createDetail(db)
  const beginningAlike = db
    .prepare<[number, string, string, string, number], string>(
      `SELECT source_id FROM files WHERE folder_id = ? AND source_id > ? AND source_id < ? AND source_id <> ?
         AND media_id IS NOT NULL AND missing_since IS NULL LIMIT ?`,
    )
    .pluck()

  /** In a folder of this disk the source's id is the path, so that its index finds what is beside. */
  function hasNamesake({ source, sourceId, folder }: MediaDetail): boolean {
    if (source !== 'folder' || sourceId === null || folder === null) return true
    const stem = stemOf(sourceId)
    // '/' is what comes after '.'.
    const alike = beginningAlike.all(folder.id, `${stem}.`, `${stem}/`, sourceId, lookedAtMax)
    return alike.some(other => stemOf(other) === stem)
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

/** Without its ending: `a/b.c.jpg` is `a/b.c`. A name that only begins with a dot has none. */
function stemOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path
}
