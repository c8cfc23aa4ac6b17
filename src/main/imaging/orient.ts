import { fromRaster, type Raster, toRaster } from './raster.ts'

/**
 * Turns and mirrors a decoded picture as its EXIF orientation says (1..8, TIFF 6.0 "Orientation").
 *
 * It comes after the picture was made small: turning an original by 90° would need all of it in memory at once.
 */
export async function orient(raster: Raster, orientation: number): Promise<Raster> {
  const turned = await turn(raster, clockwise[orientation] ?? 0)
  return mirrored.has(orientation) ? toRaster(fromRaster(turned).flop()) : turned
}

const clockwise: Record<number, number> = { 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 }
/** Those are mirrored left to right after the turn. */
const mirrored = new Set([2, 4, 5, 7])

async function turn(raster: Raster, degrees: number): Promise<Raster> {
  return degrees === 0 ? raster : toRaster(fromRaster(raster).rotate(degrees))
}
