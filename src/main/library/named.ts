import type { Db } from './database.ts'

/** Tables of what a person names. */
type NamedTable = 'collections' | 'views'

/** As SQLite would give it: one that no row ever had, deleted ones included. */
export function nextId(db: Db, table: NamedTable): number {
  const last = db.prepare<[string], number>('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck()
  return (last.get(table) ?? 0) + 1
}

/** Whether another row has this name, whatever its capitals. @param id its own row, where it has one. */
export function isNameTaken(db: Db, table: NamedTable, name: string, id: number | null): boolean {
  const names = db
    .prepare<[number], string>(`SELECT name FROM ${table} WHERE id <> ?`)
    .pluck()
    .all(id ?? 0)
  return names.some(each => each.localeCompare(name, undefined, { sensitivity: 'accent' }) === 0)
}
