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

/** A store that is reached over a network, by Amazon's S3 protocol. */
export interface RemoteStore extends ObjectStore {
  readonly kind: 's3'
  /** Address, bucket and prefix: two stores with the same one hold the same objects. */
  readonly place: string
  /** Where everybody can read an object that is public, through the CDN where there is one. Not looked up. */
  publicUrl(key: string): string
  /** An address by which anyone can read the object for that long, at most a week (the limit of S3's signatures). */
  presignedUrl(key: string, seconds: number): Promise<string>
  /** Ends uploads in parts that no living process goes on with: their parts are stored, and cost. @returns how many. */
  abortStaleUploads(): Promise<number>
  close(): void
}

/** Where a remote store is and how objects are kept there. */
export interface RemoteStoreConfig {
  preset: 'spaces' | 'aws' | 'r2' | 'custom'
  /** For `custom`: the address of the server. For `r2`: empty, the account says it. */
  endpoint: string
  /** `nyc3`, `eu-central-1`, …; for `r2` the id of the account. */
  region: string
  bucket: string
  /** Goes before every key; empty or `some/folder`. */
  prefix: string
  /** Of a CDN or a domain of one's own; empty: none, and for `spaces` with `usesCdn` the one that Spaces has. */
  cdnUrl: string
  usesCdn: boolean
  /** The bucket in the path and not in the host name: MinIO, Ceph, rclone. Only `custom` asks. */
  isPathStyle: boolean
  /** Objects can be read by everyone who knows their address (`public-read`); false: `private`. */
  isPublic: boolean
  accessKeyId: string
  secretAccessKey: string
}

/**
 * What went wrong. Of the store as a whole, so that every object would meet it: `full`, `read-only`, `denied`, `clock` (this
 * computer's is wrong), `no-bucket`, `wrong-region`, `bad-key-id`, `bad-secret`, `tls`, `bad-endpoint`, `taken` (by another library). Passing: `unreachable`,
 * `slow-down`. Of one object: the rest.
 */
export type StoreFailure =
  | 'not-found'
  | 'full'
  | 'read-only'
  | 'denied'
  | 'hash-mismatch'
  | 'bad-key'
  | 'clock'
  | 'no-bucket'
  | 'wrong-region'
  | 'bad-key-id'
  | 'bad-secret'
  | 'tls'
  | 'bad-endpoint'
  | 'taken'
  | 'unreachable'
  | 'slow-down'
  | 'other'

export class StoreFailed extends Error {
  readonly code: StoreFailure
  constructor(code: StoreFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreFailed'
    this.code = code
  }
}
