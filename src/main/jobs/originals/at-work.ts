import { setMaxListeners } from 'node:events'
import type { RemoteStore } from '../../storage/index.ts'
import type { JobRooms } from '../rooms.ts'
import { createCarrying } from './bytes.ts'
import { createInUse } from './in-use.ts'
import { createPace } from './pace.ts'
import { unlessAborted } from './unless-aborted.ts'

export type OriginalsAtWork = ReturnType<typeof createOriginalsAtWork>

/** What this process knows of its work on originals, beside what the library knows. */
export function createOriginalsAtWork(rooms: JobRooms) {
  const ending = new AbortController()
  const { signal } = ending
  // Each stream of an original on its way listens to it.
  setMaxListeners(0, signal)
  const lookedThrough = new Set<string>()

  return {
    signal,
    inUse: createInUse(),
    attempts: new Map<string, number>(),
    sendingPace: createPace(),
    movingPace: createPace(),
    carrying: createCarrying(rooms, signal),

    /** What a killed program left of uploads in parts, once for each store. Where they cannot be listed, the store goes without. */
    async endStaleUploads(remote: RemoteStore): Promise<void> {
      if (lookedThrough.has(remote.place)) return
      lookedThrough.add(remote.place)
      const ended = remote.abortStaleUploads().catch(() => lookedThrough.delete(remote.place))
      await unlessAborted<unknown>(signal, ended, null)
    },

    /** What is under way is left as it is. */
    stop(): void {
      ending.abort()
    },
  }
}
