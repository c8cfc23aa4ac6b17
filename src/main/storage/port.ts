import type { Readable } from 'node:stream'

/**
 * Where the library keeps originals. Keys are content-addressed and made by `originalKey`, so putting twice is harmless
 * and nothing is ever overwritten with something else.
 */
export interface ObjectStore {
  readonly kind: 'disk' | 's3'
  /**
   * Streams `body` to `key`: whole or not at all, on disk for good when it resolves.
   * What is there already is kept and `body` is destroyed unread.
   * @param sha256 hex; what was written is checked against it and removed if it differs.
   * @param sizeBytes of `body` where it is known: an object of another size is damaged and written anew.
   * @throws {StoreFailed} An error of `body` itself comes through as it is. `body` is destroyed in any case.
   */
  put(key: string, body: Readable, sha256: string, sizeBytes?: number): Promise<StoredObject>
  /** Null when there is none. */
  head(key: string): Promise<StoredObject | null>
  /** @param range inclusive bytes; an end past the last byte means the last. @throws {StoreFailed} `not-found` */
  get(key: string, range?: { start: number; end: number }): Promise<Readable>
  /** No error when there is none. */
  delete(key: string): Promise<void>
  /** Where the object can be read in place, or null. Not looked up. @throws {StoreFailed} `bad-key` */
  localPath(key: string): string | null
}

export interface StoredObject {
  key: string
  sizeBytes: number
}

export type StoreFailure = 'not-found' | 'full' | 'read-only' | 'denied' | 'hash-mismatch' | 'bad-key' | 'other'

export class StoreFailed extends Error {
  readonly code: StoreFailure
  constructor(code: StoreFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreFailed'
    this.code = code
  }
}
