import { Readable } from 'node:stream'

/** The chunks of a download. Whoever gives up the stream ends the request, also one that waits for its turn. */
export class DriveStream extends Readable {
  readonly #aborting = new AbortController()
  readonly #chunks: AsyncGenerator<Buffer>

  constructor(download: (signal: AbortSignal) => AsyncGenerator<Buffer>) {
    super({ highWaterMark: 1024 * 1024 })
    this.#chunks = download(this.#aborting.signal)
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
