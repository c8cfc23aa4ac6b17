import type { Collection } from '../../shared/calls/collections.ts'
import type { MediaId } from '../../shared/media.ts'
import { titles } from './command-titles.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'
import { isNameTaken, nextId } from './named.ts'

type Refusal = 'unknown' | 'taken'

/** Null where nothing changed. */
interface Done {
  commandId: number | null
}

interface Changed extends Done {
  id: number
  count: number
}

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

    create(name: string, mediaIds: readonly MediaId[]): Changed | Refusal {
      if (isNameTaken(db, 'collections', name, null)) return 'taken'
      const id = nextId(db, 'collections')
      const { count, commandId } = run(() => {
        const made = edits.put('collections', [id, name, new Date().toISOString()])
        const items = put(id, mediaIds)
        const title = titles.createCollection(name, items.length)
        return { done: [made, ...items], isFiled: true, title, count: items.length }
      })
      return { id, count, commandId }
    },

    rename(id: number, name: string): Done | Refusal {
      const known = byId.get(id)
      if (!known) return 'unknown'
      if (isNameTaken(db, 'collections', name, id)) return 'taken'
      const { commandId } = run(() => {
        const done = [edits.put('collections', [id, name, known.createdAt])]
        return { done, isFiled: false, title: titles.rename('collection', known.name) }
      })
      return { commandId }
    },

    /** What is in it stays filed: nothing leads there any more, until undo brings the one row back. */
    delete(id: number): Done | Refusal {
      const known = byId.get(id)
      if (!known) return 'unknown'
      const { commandId } = run(() => {
        return {
          done: [edits.remove('collections', id)],
          isFiled: false,
          title: titles.delete('collection', known.name),
        }
      })
      return { commandId }
    },

    /** @returns how many were not in it before. */
    add(id: number, mediaIds: readonly MediaId[]): Changed | Refusal {
      const known = byId.get(id)
      if (!known) return 'unknown'
      const { done, commandId } = run(() => {
        const done = put(id, mediaIds)
        return { done, isFiled: true, title: titles.addTo(known.name, done.length) }
      })
      return { id, count: done.length, commandId }
    },

    /** @returns how many were in it. */
    remove(id: number, mediaIds: readonly MediaId[]): Changed | Refusal {
      const known = byId.get(id)
      if (!known) return 'unknown'
      const { done, commandId } = run(() => {
        const removed = mediaIds.map(mediaId => edits.remove('collection_items', mediaId, id))
        const done = removed.filter(edit => edit !== null)
        return { done, isFiled: true, title: titles.takeFrom(known.name, done.length) }
      })
      return { id, count: done.length, commandId }
    },
  }
}
