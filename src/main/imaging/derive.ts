import { decode } from './decode.ts'
import { readEmbedded } from './embedded.ts'
import { encodePreviews } from './encode.ts'
import type { Limits } from './limits.ts'
import { measure } from './measure.ts'
import { openPicture } from './open-picture.ts'
import type { DerivedPicture, PictureFormat, PreviewTargets } from './port.ts'
import { writeWhole } from './write-whole.ts'

/** Runs `work` when a picture of this many pixels may be decoded. */
export type TakeTurn = <T>(pixels: number, work: () => Promise<T>) => Promise<T>

/** The whole work on one picture, in the process that calls it. */
export async function derivePicture(
  originalPath: string,
  targets: PreviewTargets,
  limits: Limits,
  takeTurn: TakeTurn,
): Promise<DerivedPicture> {
  const opened = await openPicture(originalPath, limits)
  const { format, metadata } = opened
  const { width, height } = metadata
  const raster = await takeTurn(format === 'svg' ? 0 : width * height, () => decode(opened, limits))
  const { preview, thumbnail, small } = await encodePreviews(raster)
  const measures = measure(small)
  writeWhole(targets.preview, preview)
  writeWhole(targets.thumbnail, thumbnail)
  return {
    format,
    mimeType: mimeTypes[format],
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    hasAlpha: metadata.hasAlpha,
    frameCount: metadata.pages ?? 1,
    previewBytes: preview.length,
    thumbnailBytes: thumbnail.length,
    ...measures,
    embedded: readEmbedded(originalPath, opened),
  }
}

const mimeTypes: Record<PictureFormat, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
}
