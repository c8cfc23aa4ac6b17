import type { MediaFilter, MediaSort } from '../../shared/media.ts'
import type { Sync } from '../../shared/syncs.ts'
import type { RunRecord } from '../engine/index.ts'
import type { Library, openLibraryForReading, SyncRow } from '../library/index.ts'
import type { ServerParts } from '../server/index.ts'
import type { EngineRoom } from './engine-room.ts'

/** Counting every match of a common word among a million takes a tenth of a second; up to here it takes two milliseconds. */
const countedMax = 20_000

const recentSyncsMax = 10

/** What the brief's API answers: rows of `media` and the state of the work. */
export function createMediaRecords(
  library: Library,
  describe: (row: SyncRow) => Sync,
  { engineRoom, runRecord }: { engineRoom: EngineRoom; runRecord: RunRecord },
): ServerParts['records'] {
  const { ask, records } = library
  return {
    get: id => records.get(id),

    async page(filter: MediaFilter, sort: MediaSort, after: string | null, limit: number) {
      const view = { filter, sort, isWhole: true }
      const { items, nextCursor } = await ask.page(view, after, limit)
      const total = await ask.countUpTo(view, countedMax)
      const media = records.ofIds(items.map(tile => tile.id))
      return { media, nextCursor, total, isTotalBounded: total === countedMax }
    },

    status() {
      const { name, standing } = engineRoom.overview()
      return { ...workStatus(library, describe), engine: { name, standing }, runs: runRecord.counts() }
    },
  }
}

/** Pictures by status and the last ones done; the syncs under way and the last that ended. */
export function workStatus(
  { records, syncs }: Pick<ReturnType<typeof openLibraryForReading>, 'records' | 'syncs'>,
  describe: (row: SyncRow) => Sync,
) {
  const stats = records.countByStatus()
  const total = Object.values(stats).reduce((sum, count) => sum + count, 0)
  const recentCompleted = records.recentlyCompleted()
  const recentSyncs = syncs.list(recentSyncsMax).filter(({ finishedAt }) => finishedAt !== null)
  return {
    media: { stats: { ...stats, total }, recentCompleted },
    syncs: syncs.active().map(describe),
    recentSyncs: recentSyncs.map(describe),
  }
}
