import type { Raster } from './raster.ts'

/** The picture is squeezed to this many points a side before the transform. */
const side = 32
/** Frequencies kept in each direction; the lowest (the mean) is left out, so that lighter or darker copies stay alike. */
const kept = 8

/** DCT-II basis, `kept` rows of `side` values, for the frequencies 1 to `kept`. */
const basis = Float64Array.from({ length: kept * side }, (_, index) => {
  const frequency = Math.floor(index / side) + 1
  return Math.cos((Math.PI * frequency * (2 * (index % side) + 1)) / (2 * side))
})

/**
 * Weaker waves count as absent, so that rounding and compression of a plain or soft picture do not become its
 * fingerprint: a wave that swings by half a step of brightness sums to a quarter of the points times that.
 */
const leastStrength = (side * side * 0.5) / 4

/**
 * The 64-bit pHash of a small RGBA raster: signs of the low frequencies of a cosine transform, against their median.
 * Christoph Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), section 3.2.1,
 * https://www.phash.org/docs/pubs/thesis_zauner.pdf.
 */
export function fingerprint(raster: Raster): string {
  const coefficients = transform(squeeze(raster))
  const sorted = Float64Array.from(coefficients).sort()
  const median = ((sorted[31] as number) + (sorted[32] as number)) / 2
  let bits = 0n
  for (const coefficient of coefficients) bits = (bits << 1n) | (coefficient > median ? 1n : 0n)
  return bits.toString(16).padStart(16, '0')
}

/** Mean brightness (Rec. 601 luma over white) of `side` x `side` cells, whatever the proportions. */
function squeeze({ data, width, height }: Raster): Float64Array {
  const grid = new Float64Array(side * side)
  for (let row = 0; row < side; row += 1) {
    const top = Math.floor((row * height) / side)
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / side))
    for (let column = 0; column < side; column += 1) {
      const left = Math.floor((column * width) / side)
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / side))
      let sum = 0
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) sum += lumaOverWhite(data, (y * width + x) * 4)
      }
      grid[row * side + column] = sum / ((bottom - top) * (right - left))
    }
  }
  return grid
}

function lumaOverWhite(data: Buffer, at: number): number {
  const luma = 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number)
  const alpha = (data[at + 3] as number) / 255
  return luma * alpha + 255 * (1 - alpha)
}

function transform(grid: Float64Array): Float64Array {
  const rows = new Float64Array(side * kept)
  for (let y = 0; y < side; y += 1) {
    for (let u = 0; u < kept; u += 1) {
      let sum = 0
      for (let x = 0; x < side; x += 1) sum += (grid[y * side + x] as number) * (basis[u * side + x] as number)
      rows[y * kept + u] = sum
    }
  }
  const coefficients = new Float64Array(kept * kept)
  for (let v = 0; v < kept; v += 1) {
    for (let u = 0; u < kept; u += 1) {
      let sum = 0
      for (let y = 0; y < side; y += 1) sum += (rows[y * kept + u] as number) * (basis[v * side + y] as number)
      coefficients[v * kept + u] = Math.abs(sum) < leastStrength ? 0 : sum
    }
  }
  return coefficients
}
