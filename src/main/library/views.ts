import type { View } from '../../shared/calls/collections.ts'
import { withoutFormer } from '../../shared/find/former.ts'
import { mediaFilterSchema, mediaSortSchema } from '../../shared/media.ts'
import { titles } from './command-titles.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'
import { isNameTaken, nextId } from './named.ts'

interface Row {
  id: number
  name: string
  filter: string
  sort: string
  createdAt: string
}

type Refusal = 'unknown' | 'taken'

/** Filters with their order that a person keeps under a name. */
export function createViews(db: Db, { edits, run }: Commands) {
  const columns = 'id, name, filter, sort, created_at AS createdAt'
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM views ORDER BY name COLLATE NOCASE, id`)
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM views WHERE id = ?`)

  return {
    /** Without those whose filter is not understood: a newer program may have kept them. */
    list: (): View[] => all.all().flatMap(viewOf),

    save({ name, filter, sort }: Omit<View, 'id'>): { id: number; commandId: number | null } | Refusal {
      if (isNameTaken(db, 'views', name, null)) return 'taken'
      const id = nextId(db, 'views')
      const { commandId } = run(() => {
        const saved = edits.put('views', [id, name, JSON.stringify(filter), sort, new Date().toISOString()])
        return { done: [saved], isFiled: false, title: titles.saveView(name) }
      })
      return { id, commandId }
    },

    rename(id: number, name: string): { commandId: number | null } | Refusal {
      const row = byId.get(id)
      if (!row) return 'unknown'
      if (isNameTaken(db, 'views', name, id)) return 'taken'
      const { commandId } = run(() => {
        const renamed = edits.put('views', [id, name, row.filter, row.sort, row.createdAt])
        return { done: [renamed], isFiled: false, title: titles.rename('view', row.name) }
      })
      return { commandId }
    },

    delete(id: number): { commandId: number | null } | Refusal {
      const row = byId.get(id)
      if (!row) return 'unknown'
      const { commandId } = run(() => {
        return { done: [edits.remove('views', id)], isFiled: false, title: titles.delete('view', row.name) }
      })
      return { commandId }
    },
  }
}

function viewOf({ id, name, filter, sort }: Row): View[] {
  const known = {
    filter: mediaFilterSchema.strict().safeParse(withoutFormer(JSON.parse(filter))),
    sort: mediaSortSchema.safeParse(sort),
  }
  if (!known.filter.success || !known.sort.success) return []
  return [{ id, name, filter: known.filter.data, sort: known.sort.data }]
}
