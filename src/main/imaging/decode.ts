import { readFile } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'
import { type Limits, previewSide } from './limits.ts'
import type { OpenedPicture } from './open-picture.ts'
import { orient } from './orient.ts'
import { type Raster, toRaster } from './raster.ts'
import { refuseDecoding } from './refusals.ts'

/**
 * The one decode: to sRGB, 8 bits, at most the size of the preview, upright. Decoders that can shrink while they read do.
 *
 * A picture of which a part is missing is refused, not shown with a grey half: its preview would pass for the whole.
 */
export async function decode(opened: OpenedPicture, limits: Limits): Promise<Raster> {
  const raster = await read(opened, limits).catch(cause => {
    throw refuseDecoding(cause, limits.timeoutMs)
  })
  return orient(raster, opened.metadata.orientation ?? 1)
}

function read(opened: OpenedPicture, limits: Limits): Promise<Raster> {
  const { input, format } = opened
  if (format !== 'jpeg') return readOnce(input, 'error', opened, limits)
  // libjpeg calls missing data a warning, and also what does no harm: then a second look decides.
  return readOnce(input, 'warning', opened, limits).catch(cause => readDoubtfulJpeg(cause, opened, limits))
}

const missingData =
  /premature end of data segment|bad huffman|bad arithmetic|extraneous bytes before marker 0x(d\d|c4|da)/i
const endMarker = Buffer.from([0xff, 0xd9])

async function readDoubtfulJpeg(cause: Error, opened: OpenedPicture, limits: Limits): Promise<Raster> {
  const { input } = opened
  if (/premature end of JPEG/.test(cause.message)) {
    // It may lack nothing but its end marker. With one added, missing pixels still are a warning.
    const bytes = typeof input === 'string' ? await readFile(input) : input
    return readOnce(Buffer.concat([bytes, endMarker]), 'warning', opened, limits).catch(() => {
      throw cause
    })
  }
  if (missingData.test(cause.message) || /timeout/i.test(cause.message)) throw cause
  return readOnce(input, 'error', opened, limits)
}

function readOnce(
  input: string | Buffer,
  failOn: 'warning' | 'error',
  { options, format, metadata }: OpenedPicture,
  limits: Limits,
): Promise<Raster> {
  const picture = sharp(input, { ...options, failOn })
    .timeout({ seconds: Math.ceil(limits.timeoutMs / 1000) })
    .resize({ width: previewSide, height: previewSide, fit: 'inside', withoutEnlargement: format !== 'svg' })
  // sharp works on 16 bits with a profile in P3, and would hand out the numbers of P3.
  if (isDeepWithProfile(metadata)) picture.withIccProfile('srgb', { attach: false })
  return toRaster(picture.toColourspace('srgb'))
}

function isDeepWithProfile({ space, hasProfile }: Metadata): boolean {
  return space === 'rgb16' && hasProfile
}
