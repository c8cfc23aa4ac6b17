import { readFile } from 'node:fs/promises'
import sharp, { type Metadata, type SharpOptions } from 'sharp'
import type { Limits } from './limits.ts'
import { inOwnWords } from './own-words.ts'
import type { PictureFormat } from './port.ts'
import { readStart } from './read-start.ts'
import { megapixels, refuse, refuseDecoding, refuseUnreadable } from './refusals.ts'
import { headBytes, sniff } from './sniff.ts'

/** A picture whose header was read and found within the limits; nothing is decoded yet. */
export interface OpenedPicture {
  /** A path, or the bytes. Of an SVG always the bytes: without a path, nothing that it names can be found. */
  input: string | Buffer
  options: SharpOptions
  format: PictureFormat
  metadata: Metadata
  sizeBytes: number
}

/** @throws {PictureRefused} when the header already shows that the file is at fault. */
export async function openPicture(path: string, limits: Limits): Promise<OpenedPicture> {
  const { head, sizeBytes } = readHead(path)
  const found = sniff(head)
  if (!found) throw refuse('unsupported-format')
  if (!('format' in found)) throw refuse('unsupported-format', notRead('name' in found ? found.name : 'video'))
  const { format } = found
  const input = await chooseInput(path, format, sizeBytes, limits)
  const options: SharpOptions = { failOn: 'error', limitInputPixels: false }
  const metadata = await readHeader(input, options, limits)
  refuseTooManyPixels(format, metadata, limits)
  return { input, options, format, metadata, sizeBytes }
}

const notRead = (name: string) => `This is a ${name} file, a format Burg Ink cannot read yet.`

/** Its first bytes. @throws {PictureRefused} where it has none, or they cannot be read. */
export function readHead(path: string): { head: Buffer; sizeBytes: number } {
  try {
    const { start: head, sizeBytes } = readStart(path, headBytes)
    if (head.length === 0) throw refuse('empty')
    return { head, sizeBytes }
  } catch (cause) {
    throw refuseUnreadable(cause)
  }
}

/** libvips takes brackets at the end of a name for options of its own. */
async function chooseInput(path: string, format: PictureFormat, sizeBytes: number, limits: Limits) {
  if (format !== 'svg' && !path.endsWith(']')) return path
  if (format === 'svg' && sizeBytes > limits.svgBytes) {
    const [size, limit] = [sizeBytes, limits.svgBytes].map(bytes => Math.round(bytes / 2 ** 20))
    throw refuse(
      'too-much-memory',
      `The drawing is a file of ${size} MiB; Burg Ink draws SVG files up to ${limit} MiB.`,
    )
  }
  return readFile(path).catch(cause => {
    throw refuseUnreadable(cause)
  })
}

async function readHeader(input: string | Buffer, options: SharpOptions, limits: Limits): Promise<Metadata> {
  try {
    return await inOwnWords(() => sharp(input, options).metadata())
  } catch (cause) {
    throw refuseDecoding(cause, limits.timeoutMs)
  }
}

/** A drawing has no pixels of its own: it is rendered at the size of the preview, however large it says it is. */
function refuseTooManyPixels(format: PictureFormat, { width, height }: Metadata, limits: Limits): void {
  if (format === 'svg' || width * height <= limits.pixels) return
  throw refuse(
    'too-many-pixels',
    `The picture has ${megapixels(width * height)} megapixels; Burg Ink opens up to ${megapixels(limits.pixels)}.`,
  )
}
