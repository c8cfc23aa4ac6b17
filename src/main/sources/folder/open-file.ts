import { constants } from 'node:fs'
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises'
import { sep } from 'node:path'
import { Readable } from 'node:stream'
import { reasons } from '../../../shared/outcomes.ts'
import { FileRefused, type OpenedFile } from '../port.ts'
import { errorCode, isGone, isShortage } from './errors.ts'
import { type EntryStat, entryStat, type FolderFileSystem } from './file-system.ts'
import type { NativePath } from './names.ts'
import { assertNotEmpty, assertRootThere } from './root.ts'

/**
 * No link in the last place is followed, where the system can promise that (not on Windows: there `assertInside` finds
 * out), and a pipe put there meanwhile does not block.
 */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** @throws {FileRefused} @throws {SourceUnavailable} */
export async function openFile(
  fileSystem: FolderFileSystem,
  root: string,
  path: NativePath,
  fromByte: number,
): Promise<OpenedFile> {
  const refuse = (cause: unknown) =>
    refusal(cause, async () => {
      await assertRootThere(fileSystem, root)
      if (isGone(cause)) await assertNotEmpty(root)
    })
  const handle = await open(path, openFlags).catch(async cause => {
    throw await refuse(cause)
  })
  try {
    const stat = entryStat(await handle.stat({ bigint: true }))
    if (stat.kind !== 'file') throw new FileRefused('vanished', 'Something that is not a file is in its place now.')
    await assertInside(root, path, stat)
    if (stat.sizeBytes === 0) throw new FileRefused('empty', reasons.empty)
    return {
      stream: new StableFileStream(handle, stat, fromByte, refuse),
      sizeBytes: stat.sizeBytes,
      modifiedMs: stat.modifiedMs,
    }
  } catch (cause) {
    await handle.close()
    throw await refuse(cause)
  }
}

/**
 * A folder on the way may have been swapped for a link out of the root. So the way is resolved after opening, and what is
 * found at its end has to be the very file that was opened.
 */
async function assertInside(root: string, path: NativePath, opened: EntryStat): Promise<void> {
  const bytes = Buffer.from(path)
  const cut = bytes.lastIndexOf(sep)
  const [folder, realRoot] = await Promise.all([
    realpath(bytes.subarray(0, cut + 1), { encoding: 'buffer' }),
    realpath(root, { encoding: 'buffer' }),
  ])
  const isInside = withSeparator(folder).indexOf(withSeparator(realRoot)) === 0
  const found = entryStat(await lstat(Buffer.concat([folder, bytes.subarray(cut)]), { bigint: true }))
  if (!isInside || found.kind !== 'file' || found.identity !== opened.identity) {
    throw new FileRefused('vanished', 'A link is on the way to it now.')
  }
}

function withSeparator(folder: Buffer): Buffer {
  return folder.at(-1) === sep.charCodeAt(0) ? folder : Buffer.concat([folder, Buffer.from(sep)])
}

async function refusal(cause: unknown, assertRoot: () => Promise<unknown>): Promise<Error> {
  if (cause instanceof FileRefused || isShortage(cause)) return cause as Error
  try {
    await assertRoot()
  } catch (unavailable) {
    return unavailable as Error
  }
  // ELOOP: O_NOFOLLOW met a link.
  if (isGone(cause) || errorCode(cause) === 'ELOOP')
    return new FileRefused('vanished', 'It is not there any more.', { cause })
  // What macOS says when it will not, or cannot, fetch a dataless file.
  if (errorCode(cause) === 'EDEADLK') {
    return new FileRefused('not-downloaded', 'Only a placeholder is on this disk.', { cause })
  }
  return new FileRefused('unreadable', `It could not be read (${errorCode(cause) ?? 'unknown error'}).`, { cause })
}

const chunkBytes = 1024 * 1024

/** The bytes of a file that is the same at the end as it was at the beginning; otherwise it fails with `changing`. */
class StableFileStream extends Readable {
  readonly #handle: FileHandle
  readonly #before: EntryStat
  readonly #refuse: (cause: unknown) => Promise<Error>
  #position: number

  constructor(handle: FileHandle, before: EntryStat, fromByte: number, refuse: (cause: unknown) => Promise<Error>) {
    super({ highWaterMark: chunkBytes })
    this.#handle = handle
    this.#before = before
    this.#position = fromByte
    this.#refuse = refuse
  }

  override _read(): void {
    this.#readChunk().then(
      chunk => this.push(chunk),
      async cause => this.destroy(await this.#refuse(cause)),
    )
  }

  /** Null at the end, which is where the end was when the file was opened. */
  async #readChunk(): Promise<Buffer | null> {
    const left = this.#before.sizeBytes - this.#position
    if (left > 0) {
      const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, left))
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, this.#position)
      this.#position += bytesRead
      if (bytesRead > 0) return buffer.subarray(0, bytesRead)
    }
    const after = entryStat(await this.#handle.stat({ bigint: true }))
    const { sizeBytes, modifiedMs } = this.#before
    if (this.#position !== sizeBytes || after.sizeBytes !== sizeBytes || after.modifiedMs !== modifiedMs) {
      throw new FileRefused('changing', 'It changed while it was read.')
    }
    return null
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#handle.close().then(
      () => callback(error),
      cause => callback(error ?? cause),
    )
  }
}
