import type { PictureFormat, VideoFormat } from './port.ts'

/** What the first bytes of a file say it is: a picture or video that is read, or the name of a format that is not. */
export type Sniffed = { format: PictureFormat } | { video: VideoFormat } | { name: string } | undefined

/** Bytes needed: comments before the root of an SVG can be long. */
export const headBytes = 4096

const signatures: [at: number, bytes: string, found: Exclude<Sniffed, undefined>][] = [
  [0, '\xff\xd8\xff', { format: 'jpeg' }],
  [0, '\x89PNG\r\n\x1a\n', { format: 'png' }],
  [0, 'GIF87a', { format: 'gif' }],
  [0, 'GIF89a', { format: 'gif' }],
  [0, 'II*\0', { format: 'tiff' }],
  [0, 'MM\0*', { format: 'tiff' }],
  [0, 'II+\0', { format: 'tiff' }],
  [0, 'MM\0+', { format: 'tiff' }],
  [8, 'WEBP', { format: 'webp' }],
  [0, '8BPS', { name: 'Photoshop' }],
  [0, '%PDF', { name: 'PDF' }],
  [0, '%!PS', { name: 'PostScript' }],
  [8, 'AVI ', { video: 'avi' }],
  // QuickTime before it had a box that says what it is.
  [4, 'moov', { video: 'mov' }],
  [4, 'mdat', { video: 'mov' }],
  [4, 'wide', { video: 'mov' }],
  [0, 'BM', { name: 'BMP' }],
  [0, '\xff\x0a', { name: 'JPEG XL' }],
  [4, 'JXL ', { name: 'JPEG XL' }],
  [4, 'jP  ', { name: 'JPEG 2000' }],
  [0, 'gimp xcf', { name: 'GIMP' }],
  [0, 'v/1\x01', { name: 'OpenEXR' }],
  [0, 'PK\x03\x04', { name: 'ZIP' }],
]

/** Formats of the ISO base media family, by the brand that follows `ftyp`. */
function sniffBrand(brands: string): Sniffed {
  if (/avi[fs]/.test(brands)) return { format: 'avif' }
  if (/hei|hev|mif1|msf1/.test(brands)) return { name: 'HEIC' }
  if (brands.startsWith('crx')) return { name: 'Canon RAW' }
  if (/^M4[AB]/.test(brands)) return { name: 'sound' }
  return { video: brands.startsWith('qt') ? 'mov' : 'mp4' }
}

/** Matroska's own beginning; WebM is a part of it and says so. */
const ebml = '\x1aE\xdf\xa3'

/** Packets of a transport stream begin with 0x47: every 188 bytes, or every 192 with four of a clock before each, as cameras write. */
function isTransportStream(head: Buffer): boolean {
  const isAt = (first: number, step: number) => [0, 1, 2, 3].every(count => head[first + count * step] === 0x47)
  return isAt(0, 188) || isAt(4, 192)
}

export function sniff(head: Buffer): Sniffed {
  const latin = head.toString('latin1')
  if (latin.startsWith('ftyp', 4)) return sniffBrand(latin.slice(8, Math.min(64, head.readUInt32BE(0))))
  const signature = signatures.find(([at, bytes]) => latin.startsWith(bytes, at))
  if (signature) return signature[2]
  if (latin.startsWith(ebml)) return { video: latin.slice(0, 64).includes('webm') ? 'webm' : 'mkv' }
  if (isTransportStream(head)) return { video: 'mts' }
  return isSvg(head.toString('utf8')) ? { format: 'svg' } : undefined
}

/** The root element has to be `svg`, whatever prolog, comments and doctype come before it. */
function isSvg(text: string): boolean {
  const beforeRoot = /^\uFEFF?\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>\s*)*/i
  return /^<(?:[\w-]+:)?svg[\s>/]/.test(text.replace(beforeRoot, ''))
}
