import type { Artwork } from '../../shared/artworks.ts'
import type { MediaId } from '../../shared/media.ts'

/** Works as they come, a page at a time, in the order that was chosen. */
export type PublishedWorks = AsyncIterable<readonly Artwork[]>

/**
 * A picture of a work, upright, without metadata, at most `longestEdge` pixels long and never larger than it is kept.
 * Null where no preview of it is there.
 */
export type WorkPicture = (
  id: MediaId,
  longestEdge: number,
) => Promise<{ jpeg: Uint8Array; width: number; height: number } | null>
