import type { Move } from '../../../shared/storage.ts'
import { endsOf, type MoveRow } from '../../library/index.ts'
import { moveRequested } from '../events.ts'
import type { Outbox } from '../outbox.ts'
import type { JobRooms } from '../rooms.ts'
import { troubleOf } from './trouble.ts'

/** What a person can do with a move of all originals from one place to the other. */
export function createMoves({ library }: Pick<JobRooms, 'library'>, outbox: Outbox) {
  const { copies, moves, sendings } = library

  async function setGoing({ id }: Pick<MoveRow, 'id'>): Promise<void> {
    moves.setState(id, 'running')
    const generation = moves.nextGeneration(id)
    try {
      const eventId = `move-originals-${id}-${generation}-0`
      await outbox.send(moveRequested.create({ moveId: id, generation, part: 0 }, { id: eventId }))
    } catch (cause) {
      moves.setState(id, 'paused', troubleOf(cause).message)
    }
  }

  return {
    /** There must be no other under way. @returns its id. */
    async start(direction: Move['direction'], place: string): Promise<number> {
      sendings.open(place)
      const id = moves.begin(direction, place)
      copies.forgiveAll(endsOf({ direction, place }).to)
      await setGoing({ id })
      return id
    },

    pause(): void {
      const move = moves.active()
      if (move) moves.setState(move.id, 'paused')
    },

    /** Also what could not be moved is tried again. */
    async resume(): Promise<void> {
      const move = moves.active()
      if (!move) return
      copies.forgiveAll(endsOf(move).to)
      await setGoing(move)
    },

    /** What has been moved stays where it is now. */
    cancel(): void {
      const move = moves.active()
      if (move) moves.finish(move.id, 'cancelled')
    },

    /** Ends after what is on its way, until `goOn`. */
    letGo(): void {
      const move = moves.active()
      if (move) moves.nextGeneration(move.id)
    },

    /** At the start of the program or of another engine, or when what it stood still for may be over. */
    async goOn(): Promise<void> {
      const move = moves.active()
      if (move && move.state !== 'paused') await setGoing(move)
    },

    /** After the settings were saved: what they may have been at fault for goes on; what a person paused does not. */
    async startAnew(): Promise<void> {
      const move = moves.active()
      if (move && !(move.state === 'paused' && move.message === null)) await setGoing(move)
    },
  }
}
