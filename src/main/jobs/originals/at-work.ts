import { setMaxListeners } from 'node:events'
import type { RemoteStore } from '../../storage/index.ts'
import type { JobRooms } from '../rooms.ts'
import { createCarrying } from './bytes.ts'
import { claimPlace } from './claim.ts'
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
  const prepared = new Set<string>()

  return {
    signal,
    inUse: createInUse(),
    attempts: new Map<string, number>(),
    sendingPace: createPace(),
    movingPace: createPace(),
    carrying: createCarrying(rooms, signal),

    /**
     * Before the first work on a store: it is this library's own, and what a killed program left of uploads in parts is ended.
     * Where those cannot be listed, the store goes without.
     * @throws {StoreFailed}
     */
    async prepare(remote: RemoteStore): Promise<void> {
      if (prepared.has(remote.place)) return
      await unlessAborted(signal, claimPlace(remote, rooms.library.settings.libraryId()), undefined)
      prepared.add(remote.place)
      const ended = remote.abortStaleUploads().catch(() => prepared.delete(remote.place))
      await unlessAborted<unknown>(signal, ended, null)
    },

    /** What is under way is left as it is. */
    stop(): void {
      ending.abort()
    },
  }
}
