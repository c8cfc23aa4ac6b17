import { decode } from './decode.ts'
import type { TakeTurn } from './derive.ts'
import type { Limits } from './limits.ts'
import { openPicture } from './open-picture.ts'
import { inOwnWords } from './own-words.ts'
import { fromRaster } from './raster.ts'

/** Small writing in the picture can be read, and it takes half of the bytes of a preview. */
const jpeg = { quality: 80 } as const

/** From bare pixels, so that nothing but pixels can be in it. */
export async function reducePicture(
  path: string,
  longSide: number,
  limits: Limits,
  takeTurn: TakeTurn,
): Promise<Uint8Array> {
  const opened = await openPicture(path, limits)
  const { width, height } = opened.metadata
  const raster = await takeTurn(opened.format === 'svg' ? 0 : width * height, () => decode(opened, limits))
  const size = { width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true } as const
  return inOwnWords(() => fromRaster(raster).resize(size).flatten({ background: 'white' }).jpeg(jpeg).toBuffer())
}
