import type { Raster } from './raster.ts'

/** Points looked at in each direction of a cell. */
const pointsPerCell = 4

/**
 * A much smaller RGBA raster, each pixel the mean of at most 16 points spread evenly over its cell, weighted by alpha.
 * For measuring, where it is as good as a resize of every pixel and takes a tenth of the time.
 */
export function sample(picture: Raster, longestSide: number): Raster {
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const data = Buffer.alloc(width * height * 4)
  const columns = pointsAlong(picture.width, width)
  const rows = pointsAlong(picture.height, height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) meanOfCell(picture, columns, x, rows, y, data, (y * width + x) * 4)
  }
  return { data, width, height, channels: 4 }
}

/** For each of `cells`, `pointsPerCell` positions along a side of `length` pixels; the same one several times in small cells. */
function pointsAlong(length: number, cells: number): Uint32Array {
  const cell = length / cells
  return Uint32Array.from({ length: cells * pointsPerCell }, (_, index) =>
    Math.min(length - 1, Math.floor(((index + 0.5) * cell) / pointsPerCell)),
  )
}

function meanOfCell(
  { data, width, channels }: Raster,
  columns: Uint32Array,
  cellX: number,
  rows: Uint32Array,
  cellY: number,
  out: Buffer,
  outAt: number,
): void {
  let [red, green, blue, alphas] = [0, 0, 0, 0]
  for (let i = 0; i < pointsPerCell; i += 1) {
    const row = (rows[cellY * pointsPerCell + i] as number) * width
    for (let j = 0; j < pointsPerCell; j += 1) {
      const at = (row + (columns[cellX * pointsPerCell + j] as number)) * channels
      const alpha = channels === 4 ? (data[at + 3] as number) : 255
      red += (data[at] as number) * alpha
      green += (data[at + 1] as number) * alpha
      blue += (data[at + 2] as number) * alpha
      alphas += alpha
    }
  }
  const divisor = Math.max(1, alphas)
  out[outAt] = Math.round(red / divisor)
  out[outAt + 1] = Math.round(green / divisor)
  out[outAt + 2] = Math.round(blue / divisor)
  out[outAt + 3] = Math.round(alphas / pointsPerCell ** 2)
}
