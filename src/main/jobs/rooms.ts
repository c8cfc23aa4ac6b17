import type { Analyser } from '../analysis/index.ts'
import type { Imaging } from '../imaging/index.ts'
import type { Library } from '../library/index.ts'
import type { MediaSource } from '../sources/index.ts'
import type { ObjectStore } from '../storage/index.ts'

/** The rooms the jobs work with. */
export interface JobRooms {
  library: Library
  /** By `MediaSource.kind`. */
  sources: ReadonlyMap<string, MediaSource>
  store: ObjectStore
  imaging: Imaging
  analyser: Analyser
}
