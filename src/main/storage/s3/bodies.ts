import { createHash } from 'node:crypto'
import { finished, PassThrough, type Readable } from 'node:stream'
import { StoreFailed } from '../port.ts'

/**
 * `body` of an answer, with failures of the connection as `StoreFailed`. Time counts only while a byte is waited for: a
 * reader may pause for as long as it likes.
 * @param sha256 of the whole body, where it is known: it ends with `hash-mismatch` if it is another.
 */
export function watched(
  body: Readable,
  { idleMs, sha256, failure }: { idleMs: number; sha256: string | undefined; failure(cause: unknown): StoreFailed },
): Readable {
  const out = new PassThrough()
  const hash = sha256 === undefined ? undefined : createHash('sha256')
  const timer = setTimeout(() => {
    if (out.writableNeedDrain) timer.refresh()
    else body.destroy(Object.assign(new Error('No byte came for too long.'), { name: 'TimeoutError' }))
  }, idleMs)
  timer.unref()
  body.on('data', chunk => {
    timer.refresh()
    hash?.update(chunk)
  })
  finished(body, cause => {
    clearTimeout(timer)
    if (cause) out.destroy(failure(cause))
    else if (hash && hash.digest('hex') !== sha256) out.destroy(new StoreFailed('hash-mismatch', damagedDown))
    else out.end()
  })
  out.on('close', () => body.destroy())
  // It may fail before anybody listens, which would end the process. Reading it tells.
  out.on('error', () => undefined)
  return body.pipe(out, { end: false })
}

const damagedDown = 'The bytes that came from the store are not those that it was given. Try it again.'

/** The bytes that come from a source, hashed on the way. */
export interface Incoming {
  sizeBytes(): number
  /** All of the body, or null when it is longer than `limitBytes`; then it is read no further yet. */
  whole(limitBytes: number): Promise<Buffer | null>
  /** All of it, from its beginning. @throws {StoreFailed} `hash-mismatch` at the end */
  all(): AsyncGenerator<Buffer>
  /** Whether the end has come, and the hash was right. */
  isWhole(): boolean
  /** Reads no further: whoever reads is told `cause`, also one who waits for a source that is silent. */
  stop(cause: unknown): void
  /** The first thing that ended the reading. */
  failure(): Ended | undefined
}

interface Ended {
  cause: unknown
  /** False: `stop` was called. */
  isOfBody: boolean
}

export function incoming(body: Readable, sha256: string): Incoming {
  const iterator = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const hash = createHash('sha256')
  const held: Buffer[] = []
  let sizeBytes = 0
  let isWhole = false
  let failed: Ended | undefined

  async function next(): Promise<Buffer | null> {
    if (failed) throw failed.cause
    try {
      const { value, done } = await iterator.next()
      if (done) {
        assertHash(hash.digest('hex'), sha256)
        isWhole = true
        return null
      }
      hash.update(value)
      sizeBytes += value.length
      return value
    } catch (cause) {
      failed ??= { cause, isOfBody: true }
      throw failed.cause
    }
  }

  return {
    async whole(limitBytes) {
      while (sizeBytes <= limitBytes) {
        const chunk = await next()
        if (!chunk) return held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held)
        held.push(chunk)
      }
      return null
    },
    async *all() {
      for (let chunk = held.shift(); chunk; chunk = held.shift()) yield chunk
      for (let chunk = await next(); chunk; chunk = await next()) yield chunk
    },
    sizeBytes: () => sizeBytes,
    isWhole: () => isWhole,
    stop(cause) {
      failed ??= { cause, isOfBody: false }
      body.destroy()
    },
    failure: () => failed,
  }
}

function assertHash(found: string, expected: string): void {
  if (found === expected) return
  throw new StoreFailed('hash-mismatch', `Expected ${expected}, but the bytes are ${found}.`)
}
