import type { Chosen } from '../../shared/contract.ts'
import type { Db } from './database.ts'
import type { createListing } from './listing.ts'

/** By whom and how pictures are to be described. */
export interface ChosenFor {
  analyser: string
  recipeKey: string
}

export interface ChosenPart {
  ids: number[]
  /** Of `ids`, those whose answer is there already. */
  reused: number
  /** Frames of videos among the others, besides their posters. */
  frames: number
  /** Where the next part begins; null when there is none. */
  after: string | null
}

const idsPerPart = 2000

/** Pictures to describe, part by part, so that a choice of half a million keeps nobody waiting. Only complete ones can be. */
export function createChoosing(db: Db, listing: ReturnType<typeof createListing>) {
  const completeOf = db.prepare<[string], { id: number }>(
    `SELECT m.id FROM json_each(?) j CROSS JOIN media m ON m.id = j.value WHERE m.processing_status = 'completed'`,
  )
  const undescribed = db.prepare<[number, string, string, string, number], { id: number }>(
    `SELECT m.id FROM media m INDEXED BY media_by_status WHERE m.processing_status = 'completed' AND m.id > ?
       AND NOT EXISTS (SELECT 1 FROM analyses a WHERE a.media_id = m.id AND a.analyser = ?
         AND ((a.version = ? AND a.result IS NOT NULL) OR a.failed_version = ?))
     ORDER BY m.id LIMIT ?`,
  )
  const reused = db.prepare<[string, string], { count: number }>(
    `SELECT count(*) AS count FROM json_each(?) j CROSS JOIN media m ON m.id = j.value
     CROSS JOIN answers a ON a.sha256 = m.sha256 AND a.recipe_key = ?`,
  )
  const frames = db.prepare<[string, string], { count: number }>(
    `SELECT coalesce(sum(m.metadata ->> '$.video.frames'), 0) AS count FROM json_each(?) j CROSS JOIN media m ON m.id = j.value
     WHERE substr(m.mime_type, 1, 6) = 'video/'
       AND NOT EXISTS (SELECT 1 FROM answers a WHERE a.sha256 = m.sha256 AND a.recipe_key = ?)`,
  )
  function idsOf(
    chosen: Chosen,
    { analyser, recipeKey }: ChosenFor,
    after: string | null,
  ): Pick<ChosenPart, 'ids' | 'after'> {
    if ('mediaIds' in chosen) {
      const start = Number(after ?? 0)
      const part = chosen.mediaIds.slice(start, start + idsPerPart)
      const end = start + part.length
      return { ids: existing(part), after: end < chosen.mediaIds.length ? String(end) : null }
    }
    if ('isUndescribed' in chosen) {
      const found = undescribed.all(Number(after ?? 0), analyser, recipeKey, recipeKey, idsPerPart).map(row => row.id)
      return { ids: found, after: found.length === idsPerPart ? String(found.at(-1)) : null }
    }
    if (chosen.filter.status !== undefined && chosen.filter.status !== 'completed') return { ids: [], after: null }
    const filter = { ...chosen.filter, status: 'completed' as const }
    const { items, nextCursor } = listing.page({ filter, sort: 'oldest' }, after, idsPerPart)
    return { ids: items.map(({ id }) => id), after: nextCursor }
  }

  function existing(ids: readonly number[]): number[] {
    return completeOf.all(JSON.stringify([...new Set(ids)])).map(({ id }) => id)
  }

  return {
    /** @param after of the part before; null for the first. */
    part(chosen: Chosen, of: ChosenFor, after: string | null): ChosenPart {
      const found = idsOf(chosen, of, after)
      const asked = [JSON.stringify(found.ids), of.recipeKey] as const
      return { ...found, reused: reused.get(...asked)?.count ?? 0, frames: frames.get(...asked)?.count ?? 0 }
    },
  }
}
