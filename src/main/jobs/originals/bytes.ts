import { createHash } from 'node:crypto'
import { addAbortSignal, type Readable } from 'node:stream'
import { type CopyRow, diskPlace } from '../../library/index.ts'
import { type RemoteStore, StoreFailed } from '../../storage/index.ts'
import type { JobRooms } from '../rooms.ts'
import { OriginalFault } from './trouble.ts'

const gone =
  "Its original is not in the library's folder any more. Put it back there from a backup of the library, then go on."
const damaged =
  "Its original in the library's folder is damaged. Put it back there from a backup of the library, then go on."

/** Brings single originals from the disk to a store in the cloud. */
export function createCarrying({ library, store }: Pick<JobRooms, 'library' | 'store'>, signal: AbortSignal) {
  const { copies } = library

  async function hashOf(stream: Readable): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of addAbortSignal(signal, stream)) hash.update(chunk as Buffer)
    return hash.digest('hex')
  }

  /** Null when it is not there. */
  async function openOnDisk(key: string): Promise<Readable | null> {
    try {
      return addAbortSignal(signal, await store.get(key))
    } catch (cause) {
      if (isNotFound(cause)) return null
      throw cause
    }
  }

  async function isSoundOnDisk({ key, sha256 }: CopyRow): Promise<boolean> {
    const stream = await openOnDisk(key)
    return stream !== null && (await hashOf(stream)) === sha256
  }

  async function put(copy: CopyRow, body: Readable, remote: RemoteStore): Promise<void> {
    try {
      await remote.put(copy.key, body, copy.sha256, copy.sizeBytes)
    } catch (cause) {
      if (isMismatch(cause) && !(await isSoundOnDisk(copy))) throw new OriginalFault(damaged, { cause })
      throw cause
    }
  }

  return {
    hashOf,
    isSoundOnDisk,

    /**
     * Has it in the store, and says so in the library.
     * @throws {OriginalFault} when there is no sound file to send.
     */
    async send(copy: CopyRow, remote: RemoteStore, isPublic: boolean): Promise<void> {
      const { key, sha256, sizeBytes } = copy
      const body = await openOnDisk(key)
      if (body) await put(copy, body, remote)
      else if ((await remote.head(key))?.sizeBytes !== sizeBytes) throw new OriginalFault(gone)
      if (signal.aborted) return
      copies.note(remote.place, { sha256, key, sizeBytes, isPublic }, remote.publicUrl(key))
      // Its file went, and a power cut took the note that the store has it.
      if (!body) copies.drop(diskPlace, sha256)
    },
  }
}

/** Other bytes came than those that were put there: they are damaged there, or were on their way. */
export function isMismatch(cause: unknown): boolean {
  return cause instanceof StoreFailed && cause.code === 'hash-mismatch'
}

export function isNotFound(cause: unknown): boolean {
  return cause instanceof StoreFailed && cause.code === 'not-found'
}
