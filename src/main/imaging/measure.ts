import { rgbaToThumbHash } from 'thumbhash'
import { measureColours } from './colours.ts'
import { fingerprint } from './fingerprint.ts'
import type { DerivedPicture } from './port.ts'
import type { Raster } from './raster.ts'
import { sample } from './sample.ts'

export type Measures = Pick<DerivedPicture, 'placeholder' | 'meanColour' | 'palette' | 'light' | 'fingerprint'>

/** Long side of the raster everything is measured on: enough for shares of 2 %, and under the 100 that ThumbHash takes. */
const measuredSide = 64

export function measure(picture: Raster): Measures {
  const tiny = sample(picture, measuredSide)
  return {
    placeholder: Buffer.from(rgbaToThumbHash(tiny.width, tiny.height, tiny.data)).toString('base64'),
    ...measureColours(tiny),
    fingerprint: fingerprint(tiny),
  }
}
