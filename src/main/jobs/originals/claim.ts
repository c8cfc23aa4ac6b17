import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type RemoteStore, StoreFailed } from '../../storage/index.ts'
import { isNotFound } from './bytes.ts'

const markKey = 'library.txt'
const taken =
  'Another library keeps its originals there. Give this one a folder of its own in the bucket, or another bucket.'

/**
 * Marks the place in the store as that of this library. A move back to the disk removes what is there: two libraries in one
 * place would lose each other's originals.
 * @throws {StoreFailed} `taken`
 */
export async function claimPlace(remote: RemoteStore, libraryId: string): Promise<void> {
  if ((await ownerOf(remote)) === null) {
    const bytes = Buffer.from(libraryId)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await remote.put(markKey, Readable.from([bytes]), sha256, bytes.length)
  }
  // Read once more: another may have come first.
  if ((await ownerOf(remote)) !== libraryId) throw new StoreFailed('taken', taken)
}

/** What to do when the place is another library's; null when it is free, or this one's. @throws {StoreFailed} */
export async function whyTaken(remote: RemoteStore, libraryId: string): Promise<string | null> {
  const owner = await ownerOf(remote)
  return owner === null || owner === libraryId ? null : taken
}

async function ownerOf(remote: RemoteStore): Promise<string | null> {
  try {
    // Whatever is there, it is not read whole.
    return await text(await remote.get(markKey, { start: 0, end: 63 }))
  } catch (cause) {
    if (isNotFound(cause)) return null
    throw cause
  }
}
