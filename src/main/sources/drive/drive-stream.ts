import { Readable } from 'node:stream'

/** The chunks of a download. Whoever gives up the stream ends the request, also one that waits for its turn. */
export class DriveStream extends Readable {
  readonly #chunks: AsyncGenerator<Buffer>
  readonly #aborting: AbortController

  constructor(chunks: AsyncGenerator<Buffer>, aborting: AbortController) {
    super({ highWaterMark: 1024 * 1024 })
    this.#chunks = chunks
    this.#aborting = aborting
  }

  override _read(): void {
    this.#chunks.next().then(
      ({ value, done }) => this.push(done ? null : value),
      cause => this.destroy(cause),
    )
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#aborting.abort()
    callback(error)
  }
}
