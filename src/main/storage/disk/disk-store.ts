import { type FileHandle, mkdir, open, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { assertKey, assertSha256 } from '../keys.ts'
import { type ObjectStore, type StoredObject, StoreFailed } from '../port.ts'
import { errorCode, rethrow, storeFailure } from './failures.ts'
import { claimPartial, partialFolder, sweepPartials } from './partial-files.ts'
import { syncFolder, writeStream } from './writing.ts'

/**
 * What is small is read at once and the rest in these pieces: in Node's usual 64 KiB, sending an original takes a fifth more of
 * the processor.
 */
const wholeBytes = 8 * 1024 * 1024
const pieceBytes = 1024 * 1024

/**
 * Originals as plain files below `rootFolder`, which is made when it is not there. Opening it removes what a killed
 * process left half written; a store that cannot be written opens all the same and can be read.
 */
export async function createDiskStore(rootFolder: string): Promise<ObjectStore> {
  const root = resolve(rootFolder)
  // Whatever is wrong here is said by the first `put`, to whom it matters.
  await mkdir(partialFolder(root), { recursive: true })
    .then(() => sweepPartials(root))
    .catch(() => undefined)

  const pathOf = (key: string): string => {
    assertKey(key)
    return join(root, ...key.split('/'))
  }

  async function head(key: string): Promise<StoredObject | null> {
    try {
      const found = await stat(pathOf(key))
      return found.isFile() ? { key, sizeBytes: found.size } : null
    } catch (cause) {
      if (isMissing(cause)) return null
      throw storeFailure(cause)
    }
  }

  async function write(key: string, body: Readable, sha256: string): Promise<StoredObject> {
    const path = pathOf(key)
    const partial = claimPartial(root)
    try {
      await mkdir(partialFolder(root), { recursive: true }).catch(rethrow)
      const written = await writeStream(partial.path, body)
      if (written.sha256 !== sha256) {
        throw new StoreFailed('hash-mismatch', `Expected ${sha256}, but the bytes are ${written.sha256}.`)
      }
      await moveIntoPlace(partial.path, path).catch(rethrow)
      return { key, sizeBytes: written.sizeBytes }
    } finally {
      await rm(partial.path, { force: true }).catch(() => undefined)
      partial.release()
    }
  }

  /** Folders that are known to be on the disk for good, as are all above them. */
  const durableFolders = new Set([root])

  async function moveIntoPlace(from: string, to: string): Promise<void> {
    const folder = dirname(to)
    await mkdir(folder, { recursive: true })
    await rename(from, to)
    await syncFolder(folder)
    await makeDurable(folder)
  }

  /** A folder is a name in the one above: from the top down, so that none is taken for durable before those above it. */
  async function makeDurable(folder: string): Promise<void> {
    if (durableFolders.has(folder)) return
    await makeDurable(dirname(folder))
    await syncFolder(dirname(folder))
    durableFolders.add(folder)
  }

  return {
    kind: 'disk',
    head,
    async put(key, body, sha256, sizeBytes) {
      // A body may fail before it is read; without a listener that would end the process. Reading it tells.
      body.on('error', () => undefined)
      try {
        assertKey(key)
        assertSha256(sha256)
        const existing = await head(key)
        if (existing && (sizeBytes === undefined ? existing.sizeBytes > 0 : existing.sizeBytes === sizeBytes)) {
          return existing
        }
        return await write(key, body, sha256)
      } finally {
        body.destroy()
      }
    },
    async get(key, range) {
      const handle = await open(pathOf(key)).catch(cause => {
        throw isMissing(cause) ? notFound(cause) : storeFailure(cause)
      })
      try {
        const found = await handle.stat()
        if (!found.isFile()) throw notFound()
        if (range && !(range.start >= 0 && range.start <= range.end && range.start < found.size)) {
          throw new StoreFailed('other', `The file has no bytes ${range.start} to ${range.end}.`)
        }
        return readFrom(handle, { start: 0, ...range }, found.size)
      } catch (cause) {
        await handle.close()
        throw storeFailure(cause)
      }
    },
    async delete(key) {
      await unlink(pathOf(key)).catch(cause => {
        if (!isMissing(cause)) throw storeFailure(cause)
      })
    },
    localPath: pathOf,
  }
}

function readFrom(handle: FileHandle, range: { start: number; end?: number }, sizeBytes: number): Readable {
  // Without an end a file of no bytes would have one before its start.
  if (sizeBytes === 0) return handle.createReadStream()
  const { start } = range
  const end = Math.min(range.end ?? sizeBytes, sizeBytes - 1)
  const length = end - start + 1
  return handle.createReadStream({ start, end, highWaterMark: length <= wholeBytes ? length : pieceBytes })
}

function isMissing(cause: unknown): boolean {
  return errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR'
}

function notFound(cause?: unknown): StoreFailed {
  return new StoreFailed('not-found', 'The file is not in the library.', { cause })
}
