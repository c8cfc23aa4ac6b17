import type { Db } from './database.ts'
import { type Edit, isEditable, mediaIdOf, widened } from './edits.ts'

/**
 * So much of what a person did is kept: some 500,000 commands on one picture each, or a hundred on ten thousand each. What
 * is older goes, a twentieth at a time; the last command stays whatever its size.
 */
const keptBytesMax = 100_000_000
/** Adding up what all commands take reads all of them, so it is done once in so many bytes. */
const looksEveryBytes = 1_000_000
/** Of `is_undone`. What is under way is not in the history yet. */
const done = 0
const underWay = 2
const begunName = 'commandUnderWay'
/** A row for a command, its entries in indexes, and the start of each piece. */
const sizeOfRowBytes = 100
/** In the table of pictures and in its index. */
const sizeOfPictureBytes = 30
const editsInPiece = 500

export interface JournalEntry {
  id: number
  title: string
  isFiled: 0 | 1
}

type StoredEdit = [table: Edit['table'], before: Edit['before'], after: Edit['after'], ofBytes?: string | null]

/** What a person's commands changed, durable, in the order in which they were made. Within a transaction of the caller. */
export function createJournal(db: Db, keptBytes = keptBytesMax) {
  const columns = 'id, title, is_filed AS isFiled'
  const add = db.prepare<[string, string, number, number]>(
    'INSERT INTO commands (title, made_at, is_filed, size_bytes) VALUES (?, ?, ?, ?)',
  )
  const addPiece = db.prepare<[number, number, string]>(
    'INSERT INTO command_edits (command_id, position, edits) VALUES (?, ?, ?)',
  )
  const addPictures = db.prepare<[number, string]>(
    'INSERT OR IGNORE INTO command_pictures (command_id, media_id) SELECT ?, m.id FROM json_each(?) j JOIN media m ON m.id = j.value',
  )
  const piecesOf = db
    .prepare<[number], string>('SELECT edits FROM command_edits WHERE command_id = ? ORDER BY position')
    .pluck()
  const firstUndone = db.prepare<[], JournalEntry>(
    `SELECT ${columns} FROM commands INDEXED BY commands_undone WHERE is_undone = 1 ORDER BY id LIMIT 1`,
  )
  // All that is undone comes after all that is done.
  const lastDone = db.prepare<[number], JournalEntry>(
    `SELECT ${columns} FROM commands WHERE id < ? AND is_undone = ${done} ORDER BY id DESC LIMIT 1`,
  )
  const setUndone = db.prepare<[number, number]>('UPDATE commands SET is_undone = ? WHERE id = ?')
  const forgetUndone = db.prepare('DELETE FROM commands INDEXED BY commands_undone WHERE is_undone = 1')
  const size = db.prepare<[], number>('SELECT coalesce(sum(size_bytes), 0) FROM commands').pluck()
  const oldest = db.prepare<[], { id: number; sizeBytes: number }>(
    'SELECT id, size_bytes AS sizeBytes FROM commands ORDER BY id',
  )
  const forgetUpTo = db.prepare<[number]>(`DELETE FROM commands WHERE id <= ? AND is_undone <> ${underWay}`)
  // Found by a setting, since going through all commands for it would make each start wait.
  const begun = db
    .prepare<[], number>(`SELECT CAST(value AS INTEGER) FROM settings WHERE name = '${begunName}'`)
    .pluck()
  const setBegun = db.prepare<[string]>(`INSERT INTO settings (name, value) VALUES ('${begunName}', ?)`)
  const unsetBegun = db.prepare(`DELETE FROM settings WHERE name = '${begunName}'`)
  const begin = db.prepare<[string, string]>(
    `INSERT INTO commands (title, made_at, is_undone, is_filed, size_bytes) VALUES (?, ?, ${underWay}, 1, 0)`,
  )
  const grow = db.prepare<[number, number]>('UPDATE commands SET size_bytes = size_bytes + ? WHERE id = ?')
  const lastPieceOf = db.prepare<[number], { position: number; edits: string }>(
    'SELECT position, edits FROM command_edits WHERE command_id = ? ORDER BY position DESC LIMIT 1',
  )
  const dropPiece = db.prepare<[number, number]>('DELETE FROM command_edits WHERE command_id = ? AND position = ?')
  const nextPosition = db
    .prepare<[number], number>('SELECT coalesce(max(position), -1) + 1 FROM command_edits WHERE command_id = ?')
    .pluck()
  const name = db.prepare<[string, number]>('UPDATE commands SET title = ? WHERE id = ?')
  const forget = db.prepare<[number]>('DELETE FROM commands WHERE id = ?')
  let unlookedBytes = Number.POSITIVE_INFINITY

  const last = () => lastDone.get(firstUndone.get()?.id ?? Number.MAX_SAFE_INTEGER) ?? null

  function forgetOldest(): void {
    let tooManyBytes = size.get() as number
    if (tooManyBytes <= keptBytes) return
    tooManyBytes -= keptBytes * 0.95
    const lastId = last()?.id ?? 0
    let upTo = 0
    for (const { id, sizeBytes } of oldest.iterate()) {
      if (tooManyBytes <= 0 || id >= lastId) break
      tooManyBytes -= sizeBytes
      upTo = id
    }
    forgetUpTo.run(upTo)
  }

  /** Notes which pictures a command is about. @returns about what that takes. */
  function notePictures(id: number, edits: readonly Edit[]): number {
    const pictures = new Set(edits.map(mediaIdOf).filter(mediaId => mediaId !== null))
    addPictures.run(id, JSON.stringify([...pictures]))
    return pictures.size * sizeOfPictureBytes
  }

  return {
    /** The latest that is done: what undo takes back. */
    last,
    /** The one that redo does again. */
    next: () => firstUndone.get() ?? null,

    /** What was undone before it is forgotten. @returns its number. */
    keep(title: string, isFiled: boolean, edits: readonly Edit[]): number {
      forgetUndone.run()
      const pieces: string[] = []
      for (let i = 0; i < edits.length; i += editsInPiece) pieces.push(stored(edits.slice(i, i + editsInPiece)))
      const ofPieces = pieces.reduce((sum, piece) => sum + piece.length + sizeOfRowBytes, sizeOfRowBytes)
      const id = Number(add.run(title, new Date().toISOString(), Number(isFiled), ofPieces).lastInsertRowid)
      for (const [position, piece] of pieces.entries()) addPiece.run(id, position, piece)
      const ofPictures = notePictures(id, edits)
      grow.run(ofPictures, id)
      unlookedBytes += ofPieces + ofPictures
      if (unlookedBytes < looksEveryBytes) return id
      forgetOldest()
      unlookedBytes = 0
      return id
    },

    /** A command that is written in pieces, one at a time. @returns its number. */
    begin(title: string): number {
      const id = Number(begin.run(title, new Date().toISOString()).lastInsertRowid)
      setBegun.run(String(id))
      return id
    },

    addTo(id: number, edits: readonly Edit[]): void {
      const piece = stored(edits)
      addPiece.run(id, nextPosition.get(id) as number, piece)
      grow.run(piece.length + sizeOfRowBytes + notePictures(id, edits), id)
    },

    /** From now on it is in the history, as the last command unless another was made meanwhile. */
    end(id: number, title: string): void {
      forgetUndone.run()
      name.run(title, id)
      setUndone.run(done, id)
      unsetBegun.run()
      forgetOldest()
    },

    /** The command that was begun and has not ended. */
    begun: () => begun.get() ?? null,

    /** Of a command that has not ended; null: there is none any more. */
    takeLastPiece(id: number): Edit[] | null {
      const piece = lastPieceOf.get(id)
      if (!piece) return null
      dropPiece.run(id, piece.position)
      return read(piece.edits)
    },

    /** One that has not ended. */
    forget(id: number): void {
      unsetBegun.run()
      forget.run(id)
    },

    /** In the order in which they were made. */
    editsOf: (id: number): Edit[] => piecesOf.all(id).flatMap(read),

    setUndone(id: number, isUndone: boolean): void {
      setUndone.run(Number(isUndone), id)
    },
  }
}

function stored(edits: readonly Edit[]): string {
  return JSON.stringify(
    edits.map(({ table, before, after, ofBytes }): StoredEdit => {
      return ofBytes === undefined ? [table, before, after] : [table, before, after, ofBytes]
    }),
  )
}

function read(piece: string): Edit[] {
  return (JSON.parse(piece) as StoredEdit[])
    .map(
      ([table, before, after, ofBytes]): Edit => ({ table, before, after, ...(ofBytes !== undefined && { ofBytes }) }),
    )
    .filter(isEditable)
    .map(edit => ({ ...edit, before: widened(edit.before, edit.table), after: widened(edit.after, edit.table) }))
}
