import type { MediaDetail } from '../../shared/media.ts'

/** A picture on its way out: every fact that the library tells of it. */
export interface PublishedMedia extends MediaDetail {
  /** Another picture beside it differs in its ending alone: `barn.jpg` and `barn.png`. */
  hasNamesake: boolean
}

/** As they come, a page at a time, so that half a million are never held together. */
export type PublishedPages = AsyncIterable<readonly PublishedMedia[]>
