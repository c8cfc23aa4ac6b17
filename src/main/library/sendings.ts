import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'

export type SendingState = 'idle' | 'running' | 'waiting' | 'paused'

export interface SendingRow {
  state: SendingState
  /** Why it waits or is paused, where it was not a person who paused it. */
  message: string | null
  generation: number
}

/** The work of sending originals to a store in the cloud, by the store's place. What is left to send follows from `copies`. */
export function createSendings(db: Db, changes: ChangeFeed) {
  const byPlace = db.prepare<[string], SendingRow>('SELECT state, message, generation FROM sendings WHERE place = ?')
  const open = db.prepare(`INSERT INTO sendings (place, state) VALUES (?, 'idle') ON CONFLICT DO NOTHING`)
  const setState = db.prepare('UPDATE sendings SET state = ?, message = ? WHERE place = ?')
  const nextGeneration = db.prepare<[string], { generation: number }>(
    'UPDATE sendings SET generation = (SELECT max(generation) FROM sendings) + 1 WHERE place = ? RETURNING generation',
  )

  return {
    /** Null: nothing was ever sent there. */
    get(place: string): SendingRow | null {
      return byPlace.get(place) ?? null
    },

    /** From now on it is known what of the disk is not there. */
    open(place: string): void {
      open.run(place)
    },

    setState(place: string, state: SendingState, message: string | null = null): void {
      setState.run(state, message, place)
      changes.emit('storage')
    },

    /** What runs under an earlier one has nothing to do any more. Of two places no generation is the same. */
    nextGeneration(place: string): number {
      return (nextGeneration.get(place) as { generation: number }).generation
    },
  }
}
