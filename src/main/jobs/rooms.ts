import type { Analyser } from '../analysis/index.ts'
import type { Imaging } from '../imaging/index.ts'
import type { Library } from '../library/index.ts'
import type { SidecarReader } from '../publishing/index.ts'
import type { MediaSource } from '../sources/index.ts'
import type { ObjectStore, RemoteStore } from '../storage/index.ts'
import type { EmbedderRoom } from './comparing/embedder.ts'
import type { Models } from './describing/models.ts'

/** The rooms the jobs work with. */
export interface JobRooms {
  library: Library
  /** By `MediaSource.kind`. */
  sources: ReadonlyMap<string, MediaSource>
  /** On the disk of the library. */
  store: ObjectStore
  cloud: Cloud
  imaging: Imaging
  /** Reads what other programs wrote beside originals. */
  sidecars: Pick<SidecarReader, 'read'>
  /** Looks at every picture as it comes in. */
  analyser: Analyser
  /** Describe pictures afterwards, in runs. */
  models: Models
  /** Compares what is said of pictures. */
  embedder: EmbedderRoom
  lending: Lending
}

/** The store in the cloud, where one is set up. What the settings say of it may change at any time. */
export interface Cloud {
  /** Null: there is none. */
  place(): string | null
  /** What is kept on the disk is to be sent there as well. */
  keepsOriginals(): boolean
  /** How much room originals may take on the disk once they are there; null: all stay. */
  localBudgetBytes(): number | null
  isPublic(): boolean
  /** Address of an object in the store, whether it is there or not. */
  urlOf(key: string): string | null
  /** @throws {StoreFailed} */
  open(): Promise<RemoteStore>
}

/** For a request that brings its own access to Drive. */
export interface Lending {
  /**
   * Lets a request work on a folder by `accessToken`, until it takes it back or the program ends.
   * @returns the folder's root.
   * @throws {SourceUnavailable}
   */
  lend(requestId: string, accessToken: string, folderId: string): Promise<string>
  takeBack(requestId: string): void
}
