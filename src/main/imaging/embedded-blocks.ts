import { onErrorStopParsing, DOMParser as XmlParser } from '@xmldom/xmldom'
import ExifReader from 'exifreader'

/** Larger blocks are edit histories, thumbnails in base64 or attacks; the facts wanted here are a few hundred bytes. */
const largestBlock = 2 * 2 ** 20

/** Only these are read. Where a picture was taken is not: it can tell where an artist lives. */
const wantedExif = [
  'DateTimeOriginal',
  'DateTimeDigitized',
  'ImageDescription',
  'Artist',
  'Copyright',
  'Make',
  'Model',
  'LensModel',
  'Rating',
  'XPTitle',
  'XPComment',
  'XPAuthor',
  'XPKeywords',
] as const
const wantedIptc = [
  'Object Name',
  'Caption/Abstract',
  'Keywords',
  'By-line',
  'Copyright Notice',
  'Date Created',
  'Time Created',
  // Decides how the others are read.
  'Coded Character Set',
] as const

export type ExifBlock = Partial<Record<(typeof wantedExif)[number], { value: unknown; description: string }>>
export type IptcBlock = Partial<Record<(typeof wantedIptc)[number], IptcTag | IptcTag[]>>
export type XmpBlock = Record<string, XmpTag | undefined>
interface IptcTag {
  description: string
}
export interface XmpTag {
  value: string | XmpTag[] | Record<string, XmpTag>
  attributes?: Record<string, string>
}

/** Each block for itself: a damaged one does not take the others with it. */
export function readExif(block: Buffer | undefined, mostBytes = largestBlock): ExifBlock {
  return attempt(block, mostBytes, bytes => {
    const tiff = bytes.toString('latin1', 0, 6) === 'Exif\0\0' ? bytes.subarray(6) : bytes
    return ExifReader.load(tiff, { expanded: true, includeTags: { exif: [...wantedExif] } }).exif as ExifBlock
  })
}

export function readIptc(block: Buffer | undefined): IptcBlock {
  return attempt(block, largestBlock, bytes => {
    const jpeg = wrapInJpeg(bytes)
    return ExifReader.load(jpeg, { expanded: true, includeTags: { iptc: [...wantedIptc] } }).iptc as IptcBlock
  })
}

export function readXmp(block: Buffer | undefined): XmpBlock {
  return attempt(block, largestBlock, bytes => {
    const domParser = new XmlParser({ onError: onErrorStopParsing })
    const options = { expanded: true, domParser, includeTags: { xmp: true } } as const
    return ExifReader.load(wrapInTiff(bytes), options).xmp as unknown as XmpBlock
  })
}

function attempt<T extends object>(
  block: Buffer | undefined,
  mostBytes: number,
  read: (block: Buffer) => T | undefined,
): T | Partial<T> {
  if (!block || block.length > mostBytes) return {}
  try {
    return read(block) ?? {}
  } catch {
    return {}
  }
}

/** ExifReader reads whole files. sharp already found the blocks, in every format, so each gets the smallest file around it. */
function wrapInJpeg(iptc: Buffer): Buffer {
  const start = iptc.indexOf('8BIM')
  const resources =
    start >= 0 ? iptc.subarray(start) : Buffer.concat([Buffer.from('8BIM\x04\x04\0\0'), size32(iptc), iptc])
  const segment = Buffer.concat([Buffer.from('Photoshop 3.0\0'), resources.subarray(0, 65_000)])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(segment.length + 2)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xed]),
    length,
    segment,
    Buffer.from([0xff, 0xd9, 0, 0, 0, 0, 0]),
  ])
}

/** A TIFF of one directory with one entry, since its XMP may be longer than a segment of a JPEG. */
function wrapInTiff(xmp: Buffer): Buffer {
  const head = Buffer.alloc(26)
  head.write('MM\0*', 'latin1')
  head.writeUInt32BE(8, 4)
  head.writeUInt16BE(1, 8)
  head.writeUInt16BE(700, 10)
  head.writeUInt16BE(1, 12)
  head.writeUInt32BE(xmp.length, 14)
  head.writeUInt32BE(head.length, 18)
  return Buffer.concat([head, xmp])
}

function size32(bytes: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(bytes.length)
  return size
}
