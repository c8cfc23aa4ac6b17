import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { errorCode, rethrow } from './failures.ts'

/**
 * Writes all of `body` to a new file and flushes it to the disk, hashing on the way.
 * @throws {StoreFailed} when writing fails; an error of `body` comes through as it is.
 */
export async function writeStream(path: string, body: Readable): Promise<{ sizeBytes: number; sha256: string }> {
  const handle = await open(path, 'wx').catch(rethrow)
  try {
    const hash = createHash('sha256')
    let sizeBytes = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      hash.update(chunk)
      await writeWhole(handle, chunk).catch(rethrow)
      sizeBytes += chunk.length
    }
    await handle.sync().catch(rethrow)
    // Some network file systems say only here that the disk is full.
    await handle.close().catch(rethrow)
    return { sizeBytes, sha256: hash.digest('hex') }
  } catch (cause) {
    await handle.close().catch(() => undefined)
    throw cause
  }
}

async function writeWhole(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let offset = 0; offset < chunk.length; ) {
    offset += (await handle.write(chunk, offset)).bytesWritten
  }
}

/**
 * Makes the names in a folder survive a power cut. Windows cannot open a folder for this and NTFS keeps a journal of
 * names instead; some network file systems refuse it too. There a put is as safe as the system makes it.
 */
export async function syncFolder(path: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    await handle.sync()
  } catch (cause) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EBADF', 'ENOSYS'].includes(errorCode(cause) ?? '')) throw cause
  } finally {
    await handle?.close()
  }
}
