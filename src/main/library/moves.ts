import type { Move } from '../../shared/storage.ts'
import type { ChangeFeed } from './changes.ts'
import { type Amount, type createCopies, diskPlace } from './copies.ts'
import type { Db } from './database.ts'

export type MoveState = Move['state']

export interface MoveRow {
  id: number
  direction: Move['direction']
  /** Of the store in the cloud. */
  place: string
  state: MoveState
  message: string | null
  generation: number
  done: Amount
  left: Amount
  startedAt: string
  finishedAt: string | null
}

const columns = `id, direction, place, state, message, generation, done_count AS doneCount, done_size AS doneBytes,
  left_count AS leftCount, left_size AS leftBytes, started_at AS startedAt, finished_at AS finishedAt`

interface Raw extends Omit<MoveRow, 'done' | 'left'> {
  doneCount: number
  doneBytes: number
  leftCount: number
  leftBytes: number
}

/** All originals on their way from one place to the other. Which are left follows from `copies`. */
export function createMoves(db: Db, copies: ReturnType<typeof createCopies>, changes: ChangeFeed) {
  const byId = db.prepare<[number], Raw>(`SELECT ${columns} FROM moves WHERE id = ?`)
  const latest = db.prepare<[], Raw>(`SELECT ${columns} FROM moves ORDER BY id DESC LIMIT 1`)
  const insert = db.prepare<[string, string, string], { id: number }>(
    `INSERT INTO moves (direction, place, state, started_at) VALUES (?, ?, 'running', ?) RETURNING id`,
  )
  const setState = db.prepare('UPDATE moves SET state = ?, message = ? WHERE id = ?')
  const finish = db.prepare(
    'UPDATE moves SET state = ?, message = ?, left_count = ?, left_size = ?, finished_at = ? WHERE id = ?',
  )
  // What was under way when it was cancelled comes after its end.
  const addDone = db.prepare(
    `UPDATE moves SET done_count = done_count + 1, done_size = done_size + @size,
       left_count = left_count - (finished_at IS NOT NULL), left_size = left_size - @size * (finished_at IS NOT NULL)
     WHERE id = @id`,
  )
  const nextGeneration = db.prepare<[number], { generation: number }>(
    'UPDATE moves SET generation = generation + 1 WHERE id = ? RETURNING generation',
  )

  function parse({ doneCount, doneBytes, leftCount, leftBytes, ...row }: Raw): MoveRow {
    const { from, to } = endsOf(row)
    const left = row.finishedAt === null ? copies.leftToMove(from, to) : { count: leftCount, bytes: leftBytes }
    return { ...row, done: { count: doneCount, bytes: doneBytes }, left }
  }

  function get(id: number): MoveRow | null {
    const row = byId.get(id)
    return row ? parse(row) : null
  }

  return {
    get,

    latest(): MoveRow | null {
      const row = latest.get()
      return row ? parse(row) : null
    },

    /** The one that has not ended; there is at most one. */
    active(): MoveRow | null {
      const row = latest.get()
      return row && row.finishedAt === null ? parse(row) : null
    },

    begin(direction: MoveRow['direction'], place: string): number {
      const { id } = insert.get(direction, place, new Date().toISOString()) as { id: number }
      changes.emit('storage')
      return id
    },

    setState(id: number, state: 'running' | 'waiting' | 'paused', message: string | null = null): void {
      setState.run(state, message, id)
      changes.emit('storage')
    },

    finish(id: number, state: 'completed' | 'cancelled', message: string | null = null): void {
      const left = get(id)?.left ?? { count: 0, bytes: 0 }
      finish.run(state, message, left.count, left.bytes, new Date().toISOString(), id)
      changes.emit('storage')
    },

    /** One more is where it should be, and only there. */
    addDone(id: number, sizeBytes: number): void {
      addDone.run({ size: sizeBytes, id })
      changes.emit('storage')
    },

    /** What runs under an earlier one has nothing to do any more. */
    nextGeneration(id: number): number {
      return (nextGeneration.get(id) as { generation: number }).generation
    },
  }
}

/** Between which places a move goes. */
export function endsOf({ direction, place }: Pick<MoveRow, 'direction' | 'place'>): { from: string; to: string } {
  return direction === 'to-cloud' ? { from: diskPlace, to: place } : { from: place, to: diskPlace }
}
