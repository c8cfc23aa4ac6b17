import { type CopyRow, diskPlace } from '../../library/index.ts'
import type { RemoteStore } from '../../storage/index.ts'
import type { JobRooms } from '../rooms.ts'
import type { InUse } from './in-use.ts'

const batchSize = 50

/**
 * Takes what was used least off the disk until originals fit into the room that they are given. Only what the store answers
 * for goes, and previews never do.
 */
export async function evict(
  { library, store, cloud }: Pick<JobRooms, 'library' | 'store' | 'cloud'>,
  remote: RemoteStore,
  inUse: InUse,
  mayGoOn: () => boolean,
): Promise<void> {
  const { copies } = library
  const isOver = () => {
    const budgetBytes = cloud.localBudgetBytes()
    return budgetBytes !== null && copies.total(diskPlace).bytes > budgetBytes && mayGoOn()
  }

  /** @returns whether it made room, or is known to be only here. */
  async function takeOff({ sha256, key, sizeBytes }: CopyRow): Promise<boolean> {
    const found = await remote.head(key)
    if (found?.sizeBytes !== sizeBytes) {
      // Somebody removed it there: it is sent again.
      copies.drop(remote.place, sha256)
      return true
    }
    if (inUse.isRead(sha256)) return false
    await store.delete(key)
    copies.drop(diskPlace, sha256)
    return true
  }

  while (isOver()) {
    let wentOn = false
    for (const copy of copies.leastUsed(remote.place, batchSize)) {
      if (!isOver()) return
      if (inUse.isRead(copy.sha256) || !inUse.tryHold(copy.sha256)) continue
      const isSettled = await takeOff(copy).finally(() => inUse.release(copy.sha256))
      wentOn ||= isSettled
    }
    if (!wentOn) return
  }
}
