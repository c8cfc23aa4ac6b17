import type { Commands } from './commands.ts'
import type { Db } from './database.ts'

/** Names of series are one vocabulary: a name that is new is made, as a tag is, and is no command of its own. */
export function createSeries(db: Db, { edits, run }: Commands) {
  const byName = db.prepare<[string], number>('SELECT id FROM series WHERE name = ?').pluck()
  const add = db.prepare<[string]>('INSERT INTO series (name) VALUES (?)')
  const byId = db.prepare<[number], { name: string }>('SELECT name FROM series WHERE id = ?')
  const withWorks = db.prepare<[], { id: number; name: string; count: number }>(
    `SELECT s.id, s.name, count(*) AS count FROM series s JOIN artworks a ON a.series_id = s.id
     GROUP BY s.id ORDER BY s.name`,
  )
  return {
    idFor: (name: string | null): number | null =>
      name === null ? null : (byName.get(name) ?? Number(add.run(name).lastInsertRowid)),

    nameOf: (id: number | null): string | null => (id === null ? null : (byId.get(id)?.name ?? null)),

    list: () => withWorks.all(),

    rename(id: number, name: string): { commandId: number | null } | 'no-series' | 'name-taken' {
      const before = byId.get(id)
      if (!before) return 'no-series'
      const owner = byName.get(name)
      if (owner !== undefined && owner !== id) return 'name-taken'
      const { commandId } = run(() => ({
        done: [edits.put('series', [id, name])],
        isFiled: false,
        title: `Rename the series “${before.name}”`,
      }))
      return { commandId }
    },
  }
}
