import { sendRequested } from '../events.ts'
import type { Outbox } from '../outbox.ts'
import type { JobRooms } from '../rooms.ts'
import { isOverBudget } from './budget.ts'
import { troubleOf } from './trouble.ts'

export type Sending = ReturnType<typeof createSending>

/**
 * What can be asked of the lane that sends originals to the store in the cloud. Copies in the library are the truth; events
 * only set the engine to work on what they lack.
 */
export function createSending(rooms: Pick<JobRooms, 'library' | 'cloud'>, outbox: Outbox) {
  const { library, cloud } = rooms
  const { copies, sendings } = library

  /** The store that is sent to; null when originals are kept on the disk only. */
  function target(): string | null {
    if (!cloud.keepsOriginals()) return null
    const place = cloud.place()
    if (place !== null) sendings.open(place)
    return place
  }

  async function start(): Promise<void> {
    const place = target()
    if (place === null) return
    const generation = sendings.nextGeneration(place)
    sendings.setState(place, 'running')
    try {
      const id = `send-originals-${generation}-0`
      await outbox.send(sendRequested.create({ generation, part: 0 }, { id }))
    } catch (cause) {
      // No import fails for it.
      sendings.setState(place, 'paused', troubleOf(cause).message)
    }
  }

  return {
    /** Something new is kept, or may leave the disk now. Called for each, and no more than one lane runs. */
    async wake(): Promise<void> {
      const place = target()
      if (place === null || sendings.get(place)?.state !== 'idle') return
      if (copies.left(place).count > 0 || isOverBudget(rooms)) await start()
    },

    pause(): void {
      const place = target()
      if (place !== null) sendings.setState(place, 'paused')
    },

    /** Also what could not be sent, by the originals' own fault, is tried again. */
    async resume(): Promise<void> {
      const place = target()
      if (place === null) return
      copies.forgiveAll(place)
      await start()
    },

    /** After the settings were saved: what they may have been at fault for goes on; what a person paused does not. */
    async startAnew(): Promise<void> {
      const place = target()
      const row = place === null ? null : sendings.get(place)
      if (row && !(row.state === 'paused' && row.message === null)) await start()
    },

    /** Ends after what is on its way, until `goOn`. */
    letGo(): void {
      const place = target()
      if (place !== null) sendings.nextGeneration(place)
    },

    /** At the start of the program or of another engine: what was not sent yet. */
    async goOn(): Promise<void> {
      const place = target()
      const row = place === null ? null : sendings.get(place)
      if (place === null || !row || row.state === 'paused') return
      if (row.state === 'idle') await this.wake()
      else await start()
    },
  }
}
