import type { MediaFilter, MediaSort } from '../../shared/media.ts'
import type { Sync } from '../../shared/syncs.ts'
import type { openLibraryForReading, SyncRow } from '../library/index.ts'
import type { ServerParts } from '../server/index.ts'

/** Counting every match of a common word among a million takes a tenth of a second; up to here it takes two milliseconds. */
const countedMax = 20_000

type ReadableLibrary = Pick<ReturnType<typeof openLibraryForReading>, 'listing' | 'records' | 'syncs'>

/** What the brief's API answers: rows of `media` and the state of the work. */
export function createMediaRecords(library: ReadableLibrary, describe: (row: SyncRow) => Sync): ServerParts['records'] {
  const { listing, records, syncs } = library
  return {
    get: id => records.get(id),

    page(filter: MediaFilter, sort: MediaSort, after: string | null, limit: number) {
      const view = { filter, sort, isWhole: true }
      const { items, nextCursor } = listing.page(view, after, limit)
      const total = records.countUpTo(view, countedMax)
      return {
        media: records.ofIds(items.map(tile => tile.id)),
        nextCursor,
        total,
        isTotalBounded: total === countedMax,
      }
    },

    status() {
      const stats = records.countByStatus()
      const total = Object.values(stats).reduce((sum, count) => sum + count, 0)
      const recentCompleted = records.recentlyCompleted()
      return { media: { stats: { ...stats, total }, recentCompleted }, syncs: syncs.active().map(describe) }
    },
  }
}
