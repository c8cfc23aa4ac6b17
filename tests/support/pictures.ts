import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, onTestFinished } from 'vitest'
import {
  createImaging,
  type DerivedPicture,
  type Imaging,
  type ImagingOptions,
  type PreviewTargets,
} from '../../src/main/imaging/index.ts'

/** A fresh folder that is gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Imaging that is closed after the test. */
export function openImaging(options?: ImagingOptions): Imaging {
  const imaging = createImaging(options)
  onTestFinished(() => imaging.close())
  return imaging
}

export function targetsIn(folder: string, name = 'picture'): PreviewTargets {
  return { preview: join(folder, `${name}-preview.webp`), thumbnail: join(folder, `${name}-thumbnail.webp`) }
}

let shared: Imaging | undefined
afterAll(() => shared?.close())

/** Writes `bytes` to a file of its own and derives it. Tests that ask for nothing special share one imaging. */
export async function deriveBytes(
  bytes: Buffer | string,
  options?: ImagingOptions,
): Promise<DerivedPicture & { targets: PreviewTargets }> {
  const folder = await makeFolder()
  const original = join(folder, 'original')
  await writeFile(original, bytes)
  const targets = targetsIn(folder)
  if (!options) shared ??= createImaging()
  const imaging = options ? openImaging(options) : (shared as Imaging)
  return { ...(await imaging.derive(original, targets)), targets }
}

export type Rgb = [red: number, green: number, blue: number]

/** One colour everywhere. */
export function plain(width: number, height: number, [r, g, b]: Rgb): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
}

/** Four plain quarters, row by row: whatever turns or mirrors the picture shows in them. */
export function quarters(width: number, height: number, colours: [Rgb, Rgb, Rgb, Rgb]): Sharp {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] as Rgb
      data.set(colour, (y * width + x) * 3)
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** Soft hills of light whose places depend on `seed`: pictures that look different for different seeds. */
export function hills(width: number, height: number, seed: number): Sharp {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const across = Math.sin((x / width) * (3 + seed) + channel * seed + seed * 1.7)
        const down = Math.cos((y / height) * (5 + ((seed * 3) % 7)) + channel + seed * 0.9)
        data[(y * width + x) * 3 + channel] = Math.round(127 + 60 * across + 60 * down)
      }
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** Discs of many sizes and greys whose places depend on `seed`: as different from one another as photographs are. */
export function discs(width: number, height: number, seed: number): Sharp {
  const random = randomNumbers(seed)
  const one = () => {
    const grey = Math.round(random() * 255)
    const [x, y, r] = [random() * width, random() * height, (0.03 + random() * 0.25) * Math.max(width, height)]
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="rgb(${grey},${255 - grey},${Math.round(random() * 255)})"/>`
  }
  const circles = Array.from({ length: 40 }, one).join('')
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${circles}</svg>`),
  )
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The pixel in the middle of a quarter of a written preview. */
export async function pixelsOfQuarters(path: string): Promise<Rgb[]> {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return [0.25, 0.75].flatMap(down =>
    [0.25, 0.75].map(across => {
      const at = (Math.floor(info.height * down) * info.width + Math.floor(info.width * across)) * 3
      return [...data.subarray(at, at + 3)] as Rgb
    }),
  )
}

/** Puts an application segment after the start of a JPEG. */
export function withSegment(jpeg: Buffer, marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)])
}

/** An APP13 segment with IPTC records of application record 2, and UTF-8 declared where asked for. */
export function withIptc(jpeg: Buffer, records: [dataset: number, value: Buffer][], isUtf8 = false): Buffer {
  const charset = Buffer.from([0x1c, 1, 90, 0, 3, 0x1b, 0x25, 0x47])
  const iim = Buffer.concat([
    ...(isUtf8 ? [charset] : []),
    ...records.map(([dataset, value]) => Buffer.concat([Buffer.from([0x1c, 2, dataset, 0, value.length]), value])),
  ])
  const head = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0', 'latin1')
  head.writeUInt32BE(iim.length, head.length - 4)
  const padding = Buffer.alloc(iim.length % 2)
  return withSegment(jpeg, 0xed, Buffer.concat([head, iim, padding]))
}

/** An XMP packet with these properties, as XML, of one description. */
export function xmpPacket(properties: string): string {
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:aux="http://ns.adobe.com/exif/1.0/aux/">${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

/** An uncompressed grey TIFF, little-endian, with these texts in its first directory and in its EXIF directory. */
export function tiffWithTexts(side: number, texts: Record<number, string>, exifTexts: Record<number, string>): Buffer {
  const pixelsAt = 8
  const ifdAt = pixelsAt + side * side
  const exifCount = Object.keys(exifTexts).length
  const entryCount = 9 + Object.keys(texts).length + 1
  const exifAt = ifdAt + 2 + entryCount * 12 + 4
  let textAt = exifAt + 2 + exifCount * 12 + 4
  const parts: Buffer[] = []
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(count, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  /** Texts have to be longer than three bytes, since shorter ones would stand in the entry itself. */
  const textEntries = (some: Record<number, string>) =>
    Object.entries(some).map(([tag, text]) => {
      const bytes = Buffer.from(`${text}\0`)
      parts.push(bytes)
      textAt += bytes.length
      return entry(Number(tag), 2, bytes.length, textAt - bytes.length)
    })
  const directory = (entries: Buffer[]) => {
    const sorted = entries.sort((one, other) => one.readUInt16LE(0) - other.readUInt16LE(0))
    return Buffer.concat([Buffer.from([sorted.length, 0]), ...sorted, Buffer.alloc(4)])
  }
  const picture = [
    [256, side],
    [257, side],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, pixelsAt],
    [277, 1],
    [278, side],
    [279, side * side],
  ].map(([tag, value]) => entry(tag as number, 4, 1, value as number))
  const first = directory([...picture, ...textEntries(texts), entry(0x8769, 4, 1, exifAt)])
  const second = directory(textEntries(exifTexts))
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(ifdAt, 4)
  return Buffer.concat([head, Buffer.alloc(side * side, 128), first, second, ...parts])
}
