import { rgbaToThumbHash } from 'thumbhash'
import { measureColours } from './colours.ts'
import { fingerprint } from './fingerprint.ts'
import type { DerivedPicture } from './port.ts'
import type { Raster } from './raster.ts'
import { sampleMeans, samplePoints } from './sample.ts'

export type Measures = Pick<DerivedPicture, 'placeholder' | 'meanColour' | 'palette' | 'light' | 'fingerprint'>

/** Under the 100 that ThumbHash takes, and twice what the fingerprint needs. */
const meansSide = 64
/** So many points measure a share within one hundredth. */
const pointCount = 4_096

export function measure(picture: Raster): Measures {
  const means = sampleMeans(picture, meansSide)
  return {
    placeholder: Buffer.from(rgbaToThumbHash(means.width, means.height, means.data)).toString('base64'),
    ...measureColours(samplePoints(picture, pointCount)),
    fingerprint: fingerprint(means),
  }
}
