import { rgbaToThumbHash } from 'thumbhash'
import { measureColours } from './colours.ts'
import { fingerprint } from './fingerprint.ts'
import type { DerivedPicture } from './port.ts'
import { fromRaster, type Raster, toRaster } from './raster.ts'

export type Measures = Pick<DerivedPicture, 'placeholder' | 'meanColour' | 'palette' | 'light' | 'fingerprint'>

/** Long side of the raster everything is measured on: enough for shares of 2 %, and under the 100 ThumbHash accepts. */
const measuredSide = 80

export async function measure(picture: Raster): Promise<Measures> {
  const box = { width: measuredSide, height: measuredSide, fit: 'inside', withoutEnlargement: true } as const
  // Lanczos overshoots at hard edges, which would invent colours.
  const tiny = await toRaster(
    fromRaster(picture)
      .resize({ ...box, kernel: 'linear' })
      .ensureAlpha(),
  )
  return {
    placeholder: Buffer.from(rgbaToThumbHash(tiny.width, tiny.height, tiny.data)).toString('base64'),
    ...measureColours(tiny),
    fingerprint: fingerprint(tiny),
  }
}
