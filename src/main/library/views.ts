import { keptViewSchema, type View } from '../../shared/calls/collections.ts'
import { withoutFormer } from '../../shared/find/former.ts'
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
  layout: string | null
  /** Null in one that was kept before there were groups. */
  grouping: string | null
}

type Refusal = 'unknown' | 'taken'

/** Filters with their order, groups and layout that a person keeps under a name. */
export function createViews(db: Db, { edits, run }: Commands) {
  const columns = 'id, name, filter, sort, created_at AS createdAt, layout, grouping'
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM views ORDER BY name COLLATE NOCASE, id`)
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM views WHERE id = ?`)

  return {
    /** Without those that are not understood: a newer program may have kept them. */
    list: (): View[] => all.all().flatMap(viewOf),

    save({ name, filter, sort, group, layout }: Omit<View, 'id'>): { id: number; commandId: number | null } | Refusal {
      if (isNameTaken(db, 'views', name, null)) return 'taken'
      const id = nextId(db, 'views')
      const { commandId } = run(() => {
        const saved = edits.put('views', [
          id,
          name,
          JSON.stringify(filter),
          sort,
          new Date().toISOString(),
          layout,
          group,
        ])
        return { done: [saved], isFiled: false, title: titles.saveView(name) }
      })
      return { id, commandId }
    },

    rename(id: number, name: string): { commandId: number | null } | Refusal {
      const row = byId.get(id)
      if (!row) return 'unknown'
      if (isNameTaken(db, 'views', name, id)) return 'taken'
      const { filter, sort, createdAt, layout, grouping } = row
      const { commandId } = run(() => {
        const renamed = edits.put('views', [id, name, filter, sort, createdAt, layout, grouping])
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

function viewOf({ id, name, filter, sort, grouping, layout }: Row): View[] {
  const known = keptViewSchema.safeParse({
    filter: withoutFormer(JSON.parse(filter)),
    sort,
    group: grouping ?? 'none',
    layout,
  })
  return known.success ? [{ id, name, ...known.data }] : []
}
