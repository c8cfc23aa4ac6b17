import type { Raster } from './raster.ts'

/** Points averaged in each direction of a cell. */
const pointsPerCell = 4

/**
 * A much smaller RGBA raster, each pixel the mean of at most 16 points spread evenly over its cell, weighted by alpha:
 * what the picture looks like from afar. As good for measuring as a resize, in a tenth of the time.
 */
export function sampleMeans(picture: Raster, longestSide: number): Raster {
  const small = emptyCells(picture, longestSide / Math.max(picture.width, picture.height))
  const columns = pointsAlong(picture.width, small.width)
  const rows = pointsAlong(picture.height, small.height)
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      meanOfCell(picture, columns, x, rows, y, small.data, (y * small.width + x) * 4)
    }
  }
  return small
}

/**
 * An RGBA raster of about `count` pixels, each one that is in the picture: fine lines and dots keep their colours, which a mean
 * would mix with the paper's. The place within a cell is scattered, so that a regular pattern is not met in step.
 */
export function samplePoints(picture: Raster, count: number): Raster {
  const small = emptyCells(picture, Math.sqrt(count / (picture.width * picture.height)))
  const [stepX, stepY] = [picture.width / small.width, picture.height / small.height]
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      const index = y * small.width + x
      // The R2 sequence of Martin Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences" (2018).
      const left = Math.min(picture.width - 1, Math.floor((x + ((index * 0.7548776662) % 1)) * stepX))
      const top = Math.min(picture.height - 1, Math.floor((y + ((index * 0.5698402909) % 1)) * stepY))
      copyPixel(picture, (top * picture.width + left) * picture.channels, small.data, index * 4)
    }
  }
  return small
}

function copyPixel({ data, channels }: Raster, from: number, out: Buffer, to: number): void {
  out[to] = data[from] as number
  out[to + 1] = data[from + 1] as number
  out[to + 2] = data[from + 2] as number
  out[to + 3] = channels === 4 ? (data[from + 3] as number) : 255
}

function emptyCells(picture: Raster, scale: number): Raster {
  const width = Math.max(1, Math.round(picture.width * Math.min(1, scale)))
  const height = Math.max(1, Math.round(picture.height * Math.min(1, scale)))
  return { data: Buffer.alloc(width * height * 4), width, height, channels: 4 }
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
