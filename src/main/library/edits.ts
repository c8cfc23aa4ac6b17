import type { MediaId } from '../../shared/media.ts'
import type { Db } from './database.ts'

type Cell = string | number | null
type Row = readonly Cell[]

/** What a person's commands write. Of each table the columns that name a row come first. */
const tables = {
  words: { columns: ['media_id', 'field', 'value', 'said_at'], keyLength: 2 },
  rejections: { columns: ['media_id', 'field', 'value'], keyLength: 3 },
  media_tags: { columns: ['media_id', 'tag_id', 'source', 'origin', 'confidence'], keyLength: 3 },
  collection_items: { columns: ['media_id', 'collection_id', 'added_at'], keyLength: 2 },
  collections: { columns: ['id', 'name', 'created_at'], keyLength: 1 },
  views: { columns: ['id', 'name', 'filter', 'sort', 'created_at'], keyLength: 1 },
} as const
export type EditedTable = keyof typeof tables
/** Their rows are of no picture. */
const withoutMedia: readonly EditedTable[] = ['collections', 'views']

/** One row before and after a command; null where there was, or is, none. */
export interface Edit {
  table: EditedTable
  before: Row | null
  after: Row | null
}

/** Writes rows so that they can be put back exactly. Within a transaction of the caller. */
export function createEdits(db: Db) {
  function statements(table: EditedTable) {
    const { columns, keyLength } = tables[table]
    const isKey = columns.slice(0, keyLength).map(column => `${column} = ?`)
    return {
      read: db.prepare<Cell[], Cell[]>(`SELECT ${columns} FROM ${table} WHERE ${isKey.join(' AND ')}`).raw(),
      write: db.prepare<Cell[]>(
        `INSERT OR REPLACE INTO ${table} (${columns}) VALUES (${columns.map(() => '?').join(', ')})`,
      ),
      remove: db.prepare<Cell[]>(`DELETE FROM ${table} WHERE ${isKey.join(' AND ')}`),
    }
  }
  const of = {
    words: statements('words'),
    rejections: statements('rejections'),
    media_tags: statements('media_tags'),
    collection_items: statements('collection_items'),
    collections: statements('collections'),
    views: statements('views'),
  }
  const keyOf = (table: EditedTable, row: Row) => row.slice(0, tables[table].keyLength)

  function write(table: EditedTable, key: Row, row: Row | null): void {
    if (row) of[table].write.run(...row)
    else of[table].remove.run(...key)
  }

  return {
    /** The row is there from now on. @returns null when it was there already, just so. */
    put(table: EditedTable, row: Row): Edit | null {
      const before = of[table].read.get(...keyOf(table, row)) ?? null
      if (isSame(before, row)) return null
      write(table, keyOf(table, row), row)
      return { table, before, after: row }
    },

    /** The row is not there from now on. @returns null when there was none. */
    remove(table: EditedTable, ...key: Cell[]): Edit | null {
      const before = of[table].read.get(...key) ?? null
      if (before === null) return null
      write(table, key, null)
      return { table, before, after: null }
    },

    /** Puts the row back as it was. @returns false, and changes nothing, when it is not any more as the edit left it. */
    takeBack({ table, before, after }: Edit): boolean {
      const key = keyOf(table, (before ?? after) as Row)
      if (!isSame(of[table].read.get(...key) ?? null, after)) return false
      write(table, key, before)
      return true
    },
  }
}

function isSame(a: Row | null, b: Row | null): boolean {
  if (a === null || b === null) return a === b
  return a.every((cell, i) => cell === b[i])
}

/** The pictures whose rows these are. */
export function mediaIn(edits: readonly Edit[]): Set<MediaId> {
  const ofMedia = edits.filter(({ table }) => !withoutMedia.includes(table))
  return new Set(ofMedia.map(({ before, after }) => (before ?? after)?.[0] as MediaId))
}
