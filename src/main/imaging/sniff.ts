import type { PictureFormat } from './port.ts'

/** What the first bytes of a file say it is: a format that is read, or the name of one that is not. */
export type Sniffed = { format: PictureFormat } | { name: string } | undefined

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
  return { name: brands.startsWith('crx') ? 'Canon RAW' : 'video' }
}

export function sniff(head: Buffer): Sniffed {
  const latin = head.toString('latin1')
  if (latin.startsWith('ftyp', 4)) return sniffBrand(latin.slice(8, Math.min(64, head.readUInt32BE(0))))
  const signature = signatures.find(([at, bytes]) => latin.startsWith(bytes, at))
  if (signature) return signature[2]
  return isSvg(head.toString('utf8')) ? { format: 'svg' } : undefined
}

/** The root element has to be `svg`, whatever prolog, comments and doctype come before it. */
function isSvg(text: string): boolean {
  const beforeRoot = /^\uFEFF?\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>\s*)*/i
  return /^<(?:[\w-]+:)?svg[\s>/]/.test(text.replace(beforeRoot, ''))
}
