import { SqliteError } from 'better-sqlite3'
import { artworkColumns } from './artwork-rows.ts'
import type { LibraryChanges } from './changes.ts'
import { copyColumns } from './copy-rows.ts'
import type { Db } from './database.ts'

type Cell = string | number | null
type Row = readonly Cell[]

/** Events that say nothing but their name. */
type PlainChange = { [N in keyof LibraryChanges]: LibraryChanges[N] extends [] ? N : never }[keyof LibraryChanges]

interface EditedTable {
  /** Those that name a row come first. Rows of old commands are kept by this order: a new column goes to the end. */
  columns: readonly string[]
  keyLength: number
  /** The column with the picture that a change of the row is told of and that is filed anew. Left out: it is of none. */
  mediaAt?: number
  /** Or: how the pictures are had that are filed by what the row says, by its first column. */
  picturesBy?: string
  /** What is told besides, once a command. */
  tells?: PlainChange
  /** An analyser's word about the bytes as they are. Once it was taken away, it comes back for the same bytes only. */
  isOfBytes?: (row: Row) => boolean
}

/** What a person's commands write: a table that is named here is undone and redone, also after a restart. */
const tables = {
  words: { columns: ['media_id', 'field', 'value', 'said_at'], keyLength: 2, mediaAt: 0 },
  rejections: { columns: ['media_id', 'field', 'value'], keyLength: 3, mediaAt: 0 },
  media_tags: {
    columns: ['media_id', 'tag_id', 'source', 'origin', 'confidence'],
    keyLength: 3,
    mediaAt: 0,
    isOfBytes: row => row[2] !== 'person',
  },
  marks: { columns: ['media_id', 'flag', 'rating', 'label'], keyLength: 1, mediaAt: 0 },
  artworks: {
    columns: artworkColumns,
    keyLength: 1,
    picturesBy: 'SELECT media_id FROM artwork_media WHERE artwork_id = ?',
    tells: 'artworks',
  },
  artwork_media: {
    columns: ['artwork_id', 'media_id', 'role', 'position'],
    keyLength: 2,
    mediaAt: 1,
    tells: 'artworks',
  },
  artwork_sources: { columns: ['artwork_id', 'field', 'source', 'confidence'], keyLength: 2, tells: 'artworks' },
  artwork_copies: { columns: copyColumns, keyLength: 3, tells: 'artworks' },
  series: {
    columns: ['id', 'name'],
    keyLength: 1,
    picturesBy: `SELECT am.media_id FROM artworks a JOIN artwork_media am ON am.artwork_id = a.id WHERE a.series_id = ?`,
    tells: 'artworks',
  },
  collections: { columns: ['id', 'name', 'created_at'], keyLength: 1, tells: 'library' },
  collection_items: { columns: ['media_id', 'collection_id', 'added_at'], keyLength: 2, mediaAt: 0 },
  views: {
    columns: ['id', 'name', 'filter', 'sort', 'created_at', 'layout', 'grouping'],
    keyLength: 1,
    tells: 'library',
  },
} satisfies Record<string, EditedTable>
export type EditedTableName = keyof typeof tables

/** One row before and after a command; null where there was, or is, none. */
export interface Edit {
  table: EditedTableName
  before: Row | null
  after: Row | null
  /** SHA-256 of the bytes that the row was about, of an analyser's row that went. */
  ofBytes?: string | null
}

const known = new Map<string, EditedTable>(Object.entries(tables))
const definitionOf = (table: string): EditedTable => known.get(table) as EditedTable
/** A journal may hold tables that this version does not know. */
export const isEditable = ({ table }: Edit): boolean => known.has(table)

const rowOf = ({ before, after }: Edit): Row => (before ?? after) as Row

export function mediaIdOf(edit: Edit): number | null {
  const { mediaAt } = definitionOf(edit.table)
  return mediaAt === undefined ? null : (rowOf(edit)[mediaAt] as number)
}

export const tellsOf = (edit: Edit): PlainChange | undefined => definitionOf(edit.table).tells

/** What an edit is about, to be counted: a picture, or the row itself. */
export const subjectOf = (edit: Edit): string | number => mediaIdOf(edit) ?? JSON.stringify([edit.table, keyOf(edit)])

const keyOf = (edit: Edit): Row => rowOf(edit).slice(0, definitionOf(edit.table).keyLength)

/**
 * Writes rows so that they can be put back exactly. Within a transaction of the caller. A row that others refer to by
 * `ON DELETE CASCADE` is removed after them, so that what goes with it is noted as well.
 */
export function createEdits(db: Db) {
  const sha256Of = db.prepare<[number], string | null>('SELECT sha256 FROM media WHERE id = ?').pluck()
  const statements = new Map([...known].map(([table, definition]) => [table, prepare(db, table, definition)]))
  const of = (table: EditedTableName) => statements.get(table) as ReturnType<typeof prepare>

  function write(edit: Edit, row: Row | null): void {
    if (row) of(edit.table).write.run(...row)
    else of(edit.table).remove.run(...keyOf(edit))
  }

  const picturesBy = new Map(
    [...known].flatMap(([table, { picturesBy: sql }]) =>
      sql ? [[table, db.prepare<[number], number>(sql).pluck()]] : [],
    ),
  )

  const bytesOf = (edit: Edit) => sha256Of.get(mediaIdOf(edit) as number) ?? null

  /** @returns false, and changes nothing, when the row is not as it is expected to be, or what it is about is gone. */
  function change(edit: Edit, from: Row | null, to: Row | null): boolean {
    if (!isSame(of(edit.table).read.get(...keyOf(edit)) ?? null, from)) return false
    try {
      write(edit, to)
      return true
    } catch (cause) {
      if (cause instanceof SqliteError && isConflict(cause.code)) return false
      throw cause
    }
  }

  return {
    /** The row is there from now on. @returns null when it was there already, just so. */
    put(table: EditedTableName, row: Row): Edit | null {
      const key = row.slice(0, definitionOf(table).keyLength)
      const before = of(table).read.get(...key) ?? null
      if (isSame(before, row)) return null
      const edit = { table, before, after: row }
      write(edit, row)
      return edit
    },

    /** The row is not there from now on. @returns null when there was none. */
    remove(table: EditedTableName, ...key: Cell[]): Edit | null {
      const before = of(table).read.get(...key) ?? null
      if (before === null) return null
      const edit: Edit = { table, before, after: null }
      if (definitionOf(table).isOfBytes?.(before)) edit.ofBytes = bytesOf(edit)
      write(edit, null)
      return edit
    },

    /** The pictures that are filed by the row, as it is now. */
    filedBy: (edit: Edit): number[] => picturesBy.get(edit.table)?.all(keyOf(edit)[0] as number) ?? [],

    /** Puts the row back as it was. @returns whether it did: a row that is not as the edit left it stays as it is. */
    takeBack(edit: Edit): boolean {
      // What an analyser said of other bytes stays away.
      if (edit.ofBytes !== undefined && edit.ofBytes !== bytesOf(edit)) return false
      return change(edit, edit.after, edit.before)
    },

    /** The same forwards. */
    repeat(edit: Edit): boolean {
      return change(edit, edit.before, edit.after)
    },
  }
}

function prepare(db: Db, table: string, { columns, keyLength }: EditedTable) {
  const isKey = columns.slice(0, keyLength).map(column => `${column} = ?`)
  const key = columns.slice(0, keyLength)
  const changed = columns.slice(keyLength).map(column => `${column} = excluded.${column}`)
  // Never REPLACE: it removes the row first, and with it what others refer to it by.
  const upsert = changed.length === 0 ? 'NOTHING' : `UPDATE SET ${changed}`
  return {
    read: db.prepare<Cell[], Cell[]>(`SELECT ${columns} FROM ${table} WHERE ${isKey.join(' AND ')}`).raw(),
    write: db.prepare<Cell[]>(
      `INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')}) ON CONFLICT (${key}) DO ${upsert}`,
    ),
    remove: db.prepare<Cell[]>(`DELETE FROM ${table} WHERE ${isKey.join(' AND ')}`),
  }
}

/** A row of before a column was added has null in it. */
export function widened(row: Row | null, table: string): Row | null {
  return row && definitionOf(table).columns.map((_, i) => row[i] ?? null)
}

function isSame(a: Row | null, b: Row | null): boolean {
  if (a === null || b === null) return a === b
  return a.every((cell, i) => cell === b[i])
}

/** What the row refers to is gone, or what it says once is said by another by now. */
const isConflict = (code: string): boolean =>
  code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE'
