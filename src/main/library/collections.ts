import type { Collection } from '../../shared/calls/collections.ts'
import type { MediaId } from '../../shared/media.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'
import { isNameTaken, nextId } from './named.ts'

type Refusal = 'unknown' | 'taken'

/** Pictures that a person gathers. A collection is one more term a picture is filed under, so it combines with every filter. */
export function createCollections(db: Db, { edits, run }: Commands) {
  const all = db.prepare<[], Collection>(
    `SELECT c.id, c.name, coalesce((SELECT count FROM facet_counts WHERE term = 'g' || c.id), 0) AS count
     FROM collections c ORDER BY c.name COLLATE NOCASE, c.id`,
  )
  const byId = db.prepare<[number], { name: string; createdAt: string }>(
    'SELECT name, created_at AS createdAt FROM collections WHERE id = ?',
  )
  const isIn = db.prepare<[number, number], { found: 1 }>(
    'SELECT 1 AS found FROM collection_items WHERE media_id = ? AND collection_id = ?',
  )
  const isKnown = db.prepare<[number], { found: 1 }>('SELECT 1 AS found FROM media WHERE id = ?')

  function put(id: number, mediaIds: readonly MediaId[]) {
    const now = new Date().toISOString()
    const added = [...new Set(mediaIds)].filter(mediaId => isKnown.get(mediaId) && !isIn.get(mediaId, id))
    return added.map(mediaId => edits.put('collection_items', [mediaId, id, now])).filter(edit => edit !== null)
  }

  return {
    list: (): Collection[] => all.all(),

    create(name: string, mediaIds: readonly MediaId[]): { id: number; count: number; undoId: number } | Refusal {
      if (isNameTaken(db, 'collections', name, null)) return 'taken'
      const id = nextId(db, 'collections')
      const { done, undoId } = run(() => {
        const made = edits.put('collections', [id, name, new Date().toISOString()])
        return { done: [...(made ? [made] : []), ...put(id, mediaIds)], isFiled: true }
      })
      return { id, count: done.length - 1, undoId }
    },

    rename(id: number, name: string): { undoId: number } | Refusal {
      const known = byId.get(id)
      if (!known) return 'unknown'
      if (isNameTaken(db, 'collections', name, id)) return 'taken'
      const { undoId } = run(() => {
        const renamed = edits.put('collections', [id, name, known.createdAt])
        return { done: renamed ? [renamed] : [], isFiled: false }
      })
      return { undoId }
    },

    /** What is in it stays filed: nothing leads there any more, until undo brings the one row back. */
    delete(id: number): { undoId: number } | Refusal {
      if (!byId.get(id)) return 'unknown'
      const { undoId } = run(() => {
        const deleted = edits.remove('collections', id)
        return { done: deleted ? [deleted] : [], isFiled: false }
      })
      return { undoId }
    },

    /** @returns how many were not in it before. */
    add(id: number, mediaIds: readonly MediaId[]): { count: number; undoId: number } | Refusal {
      if (!byId.get(id)) return 'unknown'
      const { done, undoId } = run(() => ({ done: put(id, mediaIds), isFiled: true }))
      return { count: done.length, undoId }
    },

    /** @returns how many were in it. */
    remove(id: number, mediaIds: readonly MediaId[]): { count: number; undoId: number } | Refusal {
      if (!byId.get(id)) return 'unknown'
      const { done, undoId } = run(() => ({
        done: mediaIds.map(mediaId => edits.remove('collection_items', mediaId, id)).filter(edit => edit !== null),
        isFiled: true,
      }))
      return { count: done.length, undoId }
    },
  }
}
