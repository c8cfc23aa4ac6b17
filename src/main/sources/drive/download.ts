import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { FileRefused, SourceUnavailable } from '../port.ts'
import type { DriveClient, FileKey, MediaAnswer } from './client.ts'
import { isFault } from './faults.ts'
import type { DriveRoot } from './ids.ts'

/** What of a file says which bytes it has. */
export interface Version {
  key: FileKey
  sizeBytes: number
  /** Every file has one, but those of Google itself. */
  md5: string | null
  revisionId: string | null
}

/** Connections that may break, or bodies that may end, one after the other without bringing a byte. */
const fruitlessMax = 5
/** A connection that brings nothing for so long is as good as broken. */
const idleMs = 60_000

export interface Download {
  client: DriveClient
  root: DriveRoot
  version: Version
  fromByte: number
  /** Bytes from `fromByte` on that were asked for already. */
  first: Promise<MediaAnswer> | null
  lookAgain(): Promise<Version>
  signal: AbortSignal
}

/**
 * The bytes of one version of a file, from `fromByte` on. A connection that breaks is made again from where it was, after
 * a look whether the file is still the same. A whole file is checked against its MD5 at the end.
 * @throws {FileRefused} `changing`, `corrupt-download`
 * @throws {SourceUnavailable} when connections do nothing but break.
 */
export async function* download({ client, root, lookAgain, signal, ...from }: Download): AsyncGenerator<Buffer> {
  const { version, fromByte } = from
  let { first } = from
  const hash = createHash('md5')
  let position = fromByte
  let fruitless = 0
  while (position < version.sizeBytes) {
    const before = position
    const media = first ?? client.media(root, version.key, position, signal)
    let hasBroken = false
    first = null
    try {
      for await (const chunk of chunksOf(media, position)) {
        position += chunk.length
        if (position > version.sizeBytes) break
        hash.update(chunk)
        yield chunk
      }
    } catch (cause) {
      signal.throwIfAborted()
      // Nothing is there from here on: the file is shorter now.
      if (!isFault(cause, 'range') && !(cause instanceof ConnectionBroke)) throw cause
      hasBroken = cause instanceof ConnectionBroke
    }
    if (position >= version.sizeBytes) break
    fruitless = position > before ? 0 : fruitless + 1
    if (fruitless > fruitlessMax) throw nothingMore(hasBroken)
    if (fruitless > 0) await client.pacing.wait(1000 * 2 ** (fruitless - 1), signal)
    assertSame(version, await lookAgain())
  }
  const isWhole =
    position === version.sizeBytes && (fromByte > 0 || version.md5 === null || hash.digest('hex') === version.md5)
  if (isWhole) return
  assertSame(version, await lookAgain())
  throw new FileRefused('corrupt-download', 'What arrived is not what Google Drive has.')
}

/** A connection breaks under every file; a body that ends too early as if that were all is the fault of this one. */
function nothingMore(hasBroken: boolean): Error {
  return hasBroken
    ? new SourceUnavailable('The connection to Google Drive keeps breaking. Check it, then go on; nothing is lost.')
    : new FileRefused('corrupt-download', 'Google Drive sends less of it than there is.')
}

function assertSame(before: Version, now: Version): void {
  const isSame = before.md5 === now.md5 && before.sizeBytes === now.sizeBytes && before.revisionId === now.revisionId
  if (!isSame) throw new FileRefused('changing', 'It changed while it was downloaded.')
}

class ConnectionBroke extends Error {}

/** @throws {ConnectionBroke} when the body does; other errors are the request's. */
async function* chunksOf(asked: Promise<MediaAnswer>, position: number): AsyncGenerator<Buffer> {
  const media = await asked
  let toSkip = position - media.fromByte
  try {
    for await (const chunk of unlessIdle(media.stream)) {
      const wanted = chunk.subarray(toSkip)
      toSkip -= chunk.length - wanted.length
      if (wanted.length > 0) yield wanted
    }
  } catch (cause) {
    throw new ConnectionBroke((cause as { code?: string }).code ?? 'broken')
  } finally {
    media.stream.destroy()
  }
}

async function* unlessIdle(stream: Readable): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]()
  let isWaiting = false
  const timer = setTimeout(() => isWaiting && stream.destroy(new ConnectionBroke('idle')), idleMs)
  try {
    for (;;) {
      isWaiting = true
      timer.refresh()
      const { value, done } = await chunks.next()
      isWaiting = false
      if (done) return
      yield value
    }
  } finally {
    clearTimeout(timer)
  }
}
