import { type ColourName, colourNames } from '../../shared/colours.ts'
import { oklabToHex, toOklab } from '../../shared/oklab.ts'
import { nameColour } from './colour-names.ts'
import type { DerivedPicture } from './port.ts'
import type { Raster } from './raster.ts'

type Colours = Pick<DerivedPicture, 'meanColour' | 'palette' | 'light'>

const leastShare = 0.02
/** Pixels that are more transparent than this have no colour of their own. */
const leastAlpha = 128

/** Measures a small RGBA raster: the named colours of what is opaque, and mean and light of the whole over white. */
export function measureColours({ data, width, height }: Raster): Colours {
  const count = width * height
  const byName = colourNames.map(() => new Float64Array(4))
  const lab = new Float64Array(3)
  let [sumL, sumA, sumB, sumSquares, sumChroma, opaque] = [0, 0, 0, 0, 0, 0]
  for (let at = 0; at < count * 4; at += 4) {
    const alpha = data[at + 3] as number
    overWhite(data, at, alpha, lab)
    const lightness = lab[0] as number
    sumL += lightness
    sumA += lab[1] as number
    sumB += lab[2] as number
    sumSquares += lightness * lightness
    sumChroma += Math.hypot(lab[1] as number, lab[2] as number)
    if (alpha < leastAlpha) continue
    opaque += 1
    if (alpha < 255) toOklab(data[at] as number, data[at + 1] as number, data[at + 2] as number, lab)
    addTo(byName, lab)
  }
  const brightness = sumL / count
  return {
    meanColour: oklabToHex(brightness, sumA / count, sumB / count),
    palette: toPalette(byName, opaque),
    light: {
      brightness: round(Math.min(1, brightness)),
      contrast: round(Math.sqrt(Math.max(0, sumSquares / count - brightness * brightness))),
      colourfulness: round(sumChroma / count),
    },
  }
}

function overWhite(data: Buffer, at: number, alpha: number, lab: Float64Array): void {
  const white = 255 - alpha
  toOklab(
    Math.round(((data[at] as number) * alpha) / 255 + white),
    Math.round(((data[at + 1] as number) * alpha) / 255 + white),
    Math.round(((data[at + 2] as number) * alpha) / 255 + white),
    lab,
  )
}

const indexOfName = new Map<ColourName, number>(colourNames.map((name, index) => [name, index]))

function addTo(byName: Float64Array[], lab: Float64Array): void {
  const [lightness, a, b] = lab as unknown as [number, number, number]
  const sums = byName[indexOfName.get(nameColour(lightness, a, b)) as number] as Float64Array
  sums[0] = (sums[0] as number) + lightness
  sums[1] = (sums[1] as number) + a
  sums[2] = (sums[2] as number) + b
  sums[3] = (sums[3] as number) + 1
}

function toPalette(byName: Float64Array[], opaque: number): Colours['palette'] {
  const palette: Colours['palette'] = []
  for (const [index, name] of colourNames.entries()) {
    const [l, a, b, count] = byName[index] as unknown as [number, number, number, number]
    const share = count / Math.max(1, opaque)
    if (share >= leastShare)
      palette.push({ name, hex: oklabToHex(l / count, a / count, b / count), share: round(share) })
  }
  return palette.sort((one, other) => other.share - one.share)
}

const round = (value: number) => Math.round(value * 10_000) / 10_000
