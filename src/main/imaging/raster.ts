import sharp, { type Sharp } from 'sharp'
import { inOwnWords } from './own-words.ts'

/** Pixels in memory, row by row, 8 bits per channel: 3 channels are sRGB, 4 add alpha that is not premultiplied. */
export interface Raster {
  data: Buffer
  width: number
  height: number
  channels: 3 | 4
}

export async function toRaster(picture: Sharp): Promise<Raster> {
  const raw = picture.raw({ depth: 'uchar' })
  const { data, info } = await inOwnWords(() => raw.toBuffer({ resolveWithObject: true }))
  return { data, width: info.width, height: info.height, channels: info.channels as 3 | 4 }
}

export function fromRaster({ data, width, height, channels }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels } })
}

export const longSide = ({ width, height }: { width: number; height: number }) => Math.max(width, height)
