/** What is written into the sample files: EXIF, XMP and IPTC, as cameras and editors do. */
import type { Sharp } from 'sharp'

export interface Facts {
  title?: string
  caption?: string
  keywords?: string[]
  /** `YYYY-MM-DDTHH:MM:SS` */
  date?: string
  rating?: number
  camera?: { make: string; model: string; lens: string }
  orientation?: number
  /** Also as IPTC, in this encoding; JPEG only. */
  iptc?: 'utf8' | 'latin1'
  artist?: string
}

const artist = 'Ada Lindqvist'
const copyright = 'Burg Ink contributors, MIT licence'

/** Adds EXIF and XMP. A picture without a title keeps only what a camera would write. */
export function withFacts(picture: Sharp, facts: Facts): Sharp {
  const { date, camera, orientation } = facts
  const taken = date?.replaceAll('-', ':').replace('T', ' ')
  const described = picture.withExif({
    IFD0: {
      Copyright: copyright,
      ...(camera && { Make: camera.make, Model: camera.model }),
      ...(facts.title && { Artist: facts.artist ?? artist }),
    },
    IFD2: { ...(taken && { DateTimeOriginal: taken }), ...(camera && { LensModel: camera.lens }) },
  })
  if (facts.title) described.withXmp(toXmp(facts))
  return orientation ? described.withMetadata({ orientation }) : described
}

function toXmp({ title, caption, keywords = [], date, rating, artist: by = artist }: Facts): string {
  const inDefault = (name: string, text: string | undefined) =>
    text ? `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt></dc:${name}>` : ''
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">${inDefault('title', title)}${inDefault('description', caption)}${inDefault('rights', copyright)}<dc:creator><rdf:Seq><rdf:li>${escapeXml(by)}</rdf:li></rdf:Seq></dc:creator><dc:subject><rdf:Bag>${keywords.map(word => `<rdf:li>${escapeXml(word)}</rdf:li>`).join('')}</rdf:Bag></dc:subject>${date ? `<xmp:CreateDate>${date}</xmp:CreateDate>` : ''}${rating === undefined ? '' : `<xmp:Rating>${rating}</xmp:Rating>`}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** An APP13 segment after the start of a JPEG (IPTC-IIM 4.2): title, keywords, caption and by-line. */
export function withIptc(jpeg: Buffer, facts: Facts, encoding: 'utf8' | 'latin1'): Buffer {
  const record = (dataset: number, text: string | undefined, section = 2) => {
    if (!text) return Buffer.alloc(0)
    const value = Buffer.from(text, encoding)
    const head = Buffer.from([0x1c, section, dataset, 0, 0])
    head.writeUInt16BE(value.length, 3)
    return Buffer.concat([head, value])
  }
  const records = Buffer.concat([
    record(90, encoding === 'utf8' ? '\u001b%G' : undefined, 1),
    record(5, facts.title),
    ...(facts.keywords ?? []).map(keyword => record(25, keyword)),
    record(80, artist),
    record(120, facts.caption),
  ])
  const resource = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0', 'latin1')
  resource.writeUInt32BE(records.length, resource.length - 4)
  const content = Buffer.concat([resource, records, Buffer.alloc(records.length % 2)])
  const segment = Buffer.from([0xff, 0xed, 0, 0])
  segment.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), segment, content, jpeg.subarray(2)])
}
