import { transport } from '../../lib/api.ts'
import type { MediaTile } from '../../lib/contract.ts'
import type { Size } from './zoom.ts'

/** Of the longer side of a preview. */
const previewSide = 2048
/** Four bytes a pixel: what a browser can still hold beside all else. */
const mostPixels = 100_000_000

/** What a browser shows by itself. */
const shownTypes = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif', 'image/svg+xml'])

export const isDrawing = ({ mimeType }: MediaTile): boolean => mimeType === 'image/svg+xml'

/** Of what could not be read, and of a video that nothing could show, there is none. */
export const hasPreview = ({ status, video, version }: Pick<MediaTile, 'status' | 'video' | 'version'>): boolean =>
  status !== 'failed' && (video === null || version !== '')

export const previewOf = (tile: MediaTile): string => transport.mediaUrl(tile.id, 'preview', tile.version)
export const thumbnailOf = (tile: MediaTile): string => transport.mediaUrl(tile.id, 'thumbnail', tile.version)

/** A picture that has not told its size is taken for a square; what is shown in it keeps its own shape. */
export function sizeOf({ width, height }: MediaTile): Size {
  return width && height ? { width, height } : { width: previewSide, height: previewSide }
}

/** Where its own bytes are, for looking closely; else why there is only the preview. */
export function originalOf(tile: MediaTile): { address: string } | { reason: string } {
  const { width, height } = sizeOf(tile)
  if (!shownTypes.has(tile.mimeType)) return { reason: 'this kind of file cannot be shown in its own pixels' }
  if (width * height > mostPixels && !isDrawing(tile)) return { reason: 'too large to be shown in its own pixels' }
  return { address: transport.mediaUrl(tile.id, 'original', tile.version) }
}

/** Whether the preview would be seen to be one. @param devicePixels device pixels to a pixel of the picture. */
export function needsOriginal(tile: MediaTile, devicePixels: number): boolean {
  const { width, height } = sizeOf(tile)
  const previewed = Math.min(1, previewSide / Math.max(width, height))
  return devicePixels > previewed + 0.005 || devicePixels >= 0.995
}
