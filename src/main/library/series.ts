import { type ArtworkRow, artworkColumns, cellsOf } from './artwork-rows.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'

type Done = { commandId: number | null }

/** Names of series are one vocabulary: a name that is new is made, as a tag is, and is no command of its own. */
export function createSeries(db: Db, { edits, run }: Commands) {
  const byName = db.prepare<[string], number>('SELECT id FROM series WHERE name = ?').pluck()
  const add = db.prepare<[string]>('INSERT INTO series (name) VALUES (?)')
  const byId = db.prepare<[number], { name: string }>('SELECT name FROM series WHERE id = ?')
  const withWorks = db.prepare<[], { id: number; name: string; count: number }>(
    `SELECT s.id, s.name, count(*) AS count FROM series s JOIN artworks a ON a.series_id = s.id
     GROUP BY s.id ORDER BY s.name`,
  )
  const works = db.prepare<[number], ArtworkRow>(
    `SELECT ${artworkColumns} FROM artworks WHERE series_id = ?
     ORDER BY coalesce(series_position, 1000000), id`,
  )

  /** Its works are of another series, or of none; then nothing refers to it. */
  function dissolve(id: number, intoId: number | null, title: string): Done {
    const at = new Date().toISOString()
    const { commandId } = run(() => {
      const moved = works.all(id).map(row => ({ ...row, series_id: intoId, series_position: null, updated_at: at }))
      const done = [...moved.map(row => edits.put('artworks', cellsOf(row))), edits.remove('series', id)]
      return { done, isFiled: true, title }
    })
    return { commandId }
  }

  return {
    idFor: (name: string | null): number | null =>
      name === null ? null : (byName.get(name) ?? Number(add.run(name).lastInsertRowid)),

    nameOf: (id: number | null): string | null => (id === null ? null : (byId.get(id)?.name ?? null)),

    list: () => withWorks.all(),

    rename(id: number, name: string): Done | 'no-series' | 'name-taken' {
      const before = byId.get(id)
      if (!before) return 'no-series'
      const owner = byName.get(name)
      if (owner !== undefined && owner !== id) return 'name-taken'
      const { commandId } = run(() => ({
        done: [edits.put('series', [id, name])],
        isFiled: true,
        title: `Rename the series “${before.name}”`,
      }))
      return { commandId }
    },

    merge(id: number, intoId: number): Done | 'no-series' {
      const [from, into] = [byId.get(id), byId.get(intoId)]
      if (!from || !into) return 'no-series'
      if (id === intoId) return { commandId: null }
      return dissolve(id, intoId, `Merge the series “${from.name}” into “${into.name}”`)
    },

    remove(id: number): Done | 'no-series' {
      const series = byId.get(id)
      return series ? dissolve(id, null, `Remove the series “${series.name}”`) : 'no-series'
    },

    /** Works that are not named come after those that are, as they followed each other. */
    reorder(id: number, artworkIds: readonly number[]): Done | 'no-series' {
      const series = byId.get(id)
      if (!series) return 'no-series'
      const placeOf = new Map(artworkIds.map((artworkId, place) => [artworkId, place]))
      const place = (row: ArtworkRow): number => placeOf.get(row.id) ?? artworkIds.length
      const ordered = works.all(id).toSorted((a, b) => place(a) - place(b))
      const { commandId } = run(() => ({
        done: ordered.map((row, position) => edits.put('artworks', cellsOf({ ...row, series_position: position }))),
        isFiled: false,
        title: `Order the works of “${series.name}”`,
      }))
      return { commandId }
    },
  }
}
