import type { Metadata } from 'sharp'
import { cleanLine, cleanText, uniqueKeywords } from '../../shared/written-text.ts'
import {
  type ExifBlock,
  type IptcBlock,
  readExif,
  readIptc,
  readXmp,
  type XmpBlock,
  type XmpTag,
} from './embedded-blocks.ts'
import { nameCamera, parseTakenAt } from './embedded-text.ts'
import { profileName } from './icc.ts'
import type { OpenedPicture } from './open-picture.ts'
import type { EmbeddedFacts } from './port.ts'
import { readStart } from './read-start.ts'

const longest = { line: 300, caption: 5_000, keyword: 100, keywords: 200 }
/** libvips hands out no EXIF of a TIFF, so its directories are read from the file, as far as they are in here. */
const tiffHeadBytes = 64 * 2 ** 20

const svgHeadBytes = 65_536

/** Never fails a picture: what cannot be read is left out. */
export function readEmbedded(path: string, { input, format, metadata }: OpenedPicture): EmbeddedFacts {
  if (typeof input !== 'string' && format === 'svg') return readSvgTexts(input)
  const exif = format === 'tiff' ? readTiffExif(path) : readExif(metadata.exif)
  const iptc = readIptc(metadata.iptc ?? metadata.tifftagPhotoshop)
  const facts = mergeFacts(exif, iptc, readXmp(metadata.xmp), pngTexts(metadata))
  const { orientation, icc } = metadata
  const technical = {
    orientation: orientation && orientation >= 1 && orientation <= 8 ? orientation : undefined,
    colourProfile: cleanLine(icc && profileName(icc), longest.line),
    bitsPerSample: metadata.bitsPerSample ?? bitsOfDepth[metadata.depth],
  }
  return { keywords: facts.keywords, ...withoutAbsent(facts), ...withoutAbsent(technical) }
}

/** `title` and `desc` of the root stand near the start. Read by pattern: nothing here is worth parsing a hostile document. */
function readSvgTexts(svg: Buffer): EmbeddedFacts {
  const start = svg.toString('utf8', 0, svgHeadBytes)
  const text = (element: string) =>
    new RegExp(`<${element}(?: [^>]{0,200})?>([^<]{1,20000})</${element}>`)
      .exec(start)?.[1]
      ?.replace(xmlEntity, readEntity)
  const title = cleanLine(text('title'), longest.line)
  const caption = cleanText(text('desc'), longest.caption)
  return { keywords: [], ...withoutAbsent({ title, caption }) }
}

const xmlEntity = /&(?:amp|lt|gt|quot|apos);/g
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }
const readEntity = (entity: string) => entities[entity] ?? entity

function readTiffExif(path: string): ExifBlock {
  try {
    return readExif(readStart(path, tiffHeadBytes).start, tiffHeadBytes)
  } catch {
    return {}
  }
}

/** XMP first, since editors keep it up to date and it has no doubt of encoding; then IPTC, EXIF and the texts of a PNG. */
function mergeFacts(exif: ExifBlock, iptc: IptcBlock, xmp: XmpBlock, png: Map<string, string>) {
  const first = (clean: typeof cleanLine, most: number, ...values: unknown[]) =>
    values.map(value => clean(value, most)).find(text => text !== undefined)
  const line = (...values: unknown[]) => first(cleanLine, longest.line, ...values)
  return {
    takenAt: firstDate(exif, iptc, xmp, png),
    title: line(xmpText(xmp.title), iptcTexts(iptc['Object Name'])[0], exif.XPTitle?.description, png.get('title')),
    caption: first(
      cleanText,
      longest.caption,
      xmpText(xmp.description),
      iptcTexts(iptc['Caption/Abstract'])[0],
      exif.ImageDescription?.description,
      exif.XPComment?.description,
      png.get('description'),
    ),
    keywords: uniqueKeywords(
      [...xmpList(xmp.subject), ...iptcTexts(iptc.Keywords), ...(exif.XPKeywords?.description.split(';') ?? [])],
      longest.keywords,
      longest.keyword,
    ),
    artist: line(
      xmpList(xmp.creator).join(', '),
      iptcTexts(iptc['By-line']).join(', '),
      exif.Artist?.description,
      exif.XPAuthor?.description,
      png.get('author'),
    ),
    copyright: line(
      xmpText(xmp.rights),
      iptcTexts(iptc['Copyright Notice'])[0],
      exif.Copyright?.description,
      png.get('copyright'),
    ),
    rating: toRating(xmpText(xmp.Rating)) ?? toRating(exif.Rating?.value),
    camera: nameCamera(
      line(exif.Make?.description, xmpText(xmp.Make)),
      line(exif.Model?.description, xmpText(xmp.Model)),
    ),
    lens: line(exif.LensModel?.description, xmpText(xmp.LensModel), xmpText(xmp.Lens)),
  }
}

/** What the camera wrote comes first: that is when the picture was taken, not when it was edited. */
function firstDate(exif: ExifBlock, iptc: IptcBlock, xmp: XmpBlock, png: Map<string, string>): string | undefined {
  const [iptcDate] = iptcTexts(iptc['Date Created'])
  const [iptcTime = ''] = iptcTexts(iptc['Time Created'])
  return [
    exif.DateTimeOriginal?.description,
    exif.DateTimeDigitized?.description,
    xmpText(xmp.DateTimeOriginal),
    xmpText(xmp.DateCreated),
    xmpText(xmp.CreateDate),
    iptcDate && `${iptcDate} ${iptcTime}`,
    png.get('creation time'),
  ]
    .map(parseTakenAt)
    .find(date => date !== undefined)
}

function xmpText(tag: XmpTag | undefined): unknown {
  if (!Array.isArray(tag?.value)) return tag?.value
  const inDefault = tag.value.find(entry => entry.attributes?.lang === 'x-default')
  return (inDefault ?? tag.value[0])?.value
}

function xmpList(tag: XmpTag | undefined): unknown[] {
  if (!Array.isArray(tag?.value)) return tag ? [tag.value] : []
  return tag.value.map(entry => entry.value).filter(value => typeof value === 'string')
}

function iptcTexts(tag: IptcBlock[keyof IptcBlock]): string[] {
  return [tag].flat().flatMap(entry => (entry ? [entry.description] : []))
}

function toRating(value: unknown): number | undefined {
  const rating = Math.round(Number(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN))
  return rating >= 0 && rating <= 5 ? rating : undefined
}

/** The `tEXt`, `zTXt` and `iTXt` chunks by lower-case keyword, https://www.w3.org/TR/png-3/#11keywords. */
function pngTexts({ comments = [] }: Metadata): Map<string, string> {
  return new Map(comments.map(({ keyword, text }) => [keyword.toLowerCase(), text]))
}

const bitsOfDepth: Record<string, number> = {
  uchar: 8,
  char: 8,
  ushort: 16,
  short: 16,
  uint: 32,
  int: 32,
  float: 32,
  double: 64,
}

type Present<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

function withoutAbsent<T extends object>(facts: T): Partial<Present<T>> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<Present<T>>
}
