import { type CopyRow, diskPlace } from '../../library/index.ts'
import type { RemoteStore } from '../../storage/index.ts'
import type { JobRooms } from '../rooms.ts'
import type { OriginalsAtWork } from './at-work.ts'
import { isOverBudget } from './budget.ts'

const atOnce = 8
const roundMs = 20_000

/**
 * Takes what was used least off the disk until originals fit into the room that they are given. Only what the store answers
 * for goes, and previews never do.
 * @returns false when there was no time for all of it.
 */
export async function evict(
  rooms: Pick<JobRooms, 'library' | 'store' | 'cloud'>,
  { inUse, signal }: OriginalsAtWork,
  remote: RemoteStore,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const { library, store, cloud } = rooms
  const { copies } = library
  const endMs = performance.now() + roundMs
  /** Those at the front that have to stay for now. */
  let staying = 0

  /** Of what was used least as many as have to go, and a few at most. */
  function next(): CopyRow[] {
    let excessBytes = copies.total(diskPlace).bytes - (cloud.localBudgetBytes() ?? Number.POSITIVE_INFINITY)
    return copies.leastUsed(remote.place, atOnce, staying).filter(({ sizeBytes }) => {
      const isNeeded = excessBytes > 0
      excessBytes -= sizeBytes
      return isNeeded
    })
  }

  /** @returns false when it stays for now. */
  async function takeOff({ sha256, key, sizeBytes }: CopyRow): Promise<boolean> {
    const found = await remote.head(key)
    if (signal.aborted || inUse.isRead(sha256)) return false
    if (found?.sizeBytes !== sizeBytes) {
      // Somebody removed it there: it is sent again.
      copies.drop(remote.place, sha256)
      return true
    }
    await store.delete(key)
    if (!signal.aborted) copies.drop(diskPlace, sha256)
    return true
  }

  async function tryTakeOff(copy: CopyRow): Promise<boolean> {
    if (!inUse.tryHold(copy.sha256)) return false
    return takeOff(copy).finally(() => inUse.release(copy.sha256))
  }

  while (!signal.aborted && mayGoOn() && isOverBudget(rooms)) {
    if (performance.now() > endMs) return false
    const going = next()
    if (going.length === 0) return true
    const gone = await Promise.all(going.map(tryTakeOff))
    staying += gone.filter(hasGone => !hasGone).length
  }
  return true
}
