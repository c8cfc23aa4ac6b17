import { createHash } from 'node:crypto'
import type { Flag, Label } from '../../../shared/media.ts'
import { labelNames, namespaces, pickLabels, rejectedRating } from './namespaces.ts'

/** What a sidecar says of a picture. */
export interface SidecarFacts {
  title: string | null
  description: string | null
  tags: readonly string[]
  rating: number | null
  flag: Flag | null
  label: Label | null
  creator: string | null
  rights: string | null
  /** Of the picture's name, without the dot. */
  ending: string
  source: string
  sourceId: string | null
  sha256: string | null
}

const toolkit = 'Burg Ink'
const mark = /x:xmptk="Burg Ink ([0-9a-f]{16})"/

/**
 * One XMP packet in the fields that digiKam and Adobe's programs read, the same text for the same facts. It is marked with a
 * hash of itself, by which it is known again as one that nobody has changed since.
 */
export function sidecarDocument(facts: SidecarFacts): string {
  const { title, description, tags, rating, flag, label, creator, rights } = facts
  const isRejected = flag === 'rejected'
  // Both programs take a separator for a level of a hierarchy. Such a tag is in dc:subject alone, which they read as well.
  const flatTags = (separator: string) => tags.filter(tag => !tag.includes(separator))
  const properties = [
    inDefaultLanguage('dc:title', title),
    inDefaultLanguage('dc:description', description),
    list('dc:subject', 'Bag', tags),
    list('lr:hierarchicalSubject', 'Bag', flatTags('|')),
    list('digiKam:TagsList', 'Seq', flatTags('/')),
    list('dc:creator', 'Seq', creator === null ? [] : [creator]),
    inDefaultLanguage('dc:rights', rights),
    plain('xmp:Rating', isRejected ? rejectedRating : rating),
    plain('xmp:Label', label && labelNames[label].adobe),
    plain('digiKam:ColorLabel', label && labelNames[label].digiKam),
    plain('digiKam:PickLabel', flag && pickLabels[flag]),
    plain('photoshop:SidecarForExtension', facts.ending === '' ? null : facts.ending.toUpperCase()),
    // The stars of a rejected picture have no other place.
    plain('burgInk:Rating', isRejected ? rating : null),
    plain('burgInk:Source', facts.source),
    plain('burgInk:SourceId', facts.sourceId),
    plain('burgInk:Sha256', facts.sha256),
  ]
  const { rdf, ...others } = namespaces
  const declared = Object.entries(others).map(([prefix, address]) => `\n    xmlns:${prefix}="${address}"`)
  return sealed(`<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="${toolkit}">
 <rdf:RDF xmlns:rdf="${rdf}">
  <rdf:Description rdf:about=""${declared.join('')}>
${properties.join('')}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`)
}

/** Written by Burg Ink, and not changed by anybody since. */
export function isOwnSidecar(text: string): boolean {
  const hash = mark.exec(text)?.[1]
  return hash !== undefined && hash === hashOf(text.replace(mark, `x:xmptk="${toolkit}"`))
}

/** Where the picture of a sidecar of ours comes from: two pictures that differ in it are not the same. */
export function sourceLines(document: string): string {
  return /<burgInk:Source>.*<\/burgInk:SourceId>/s.exec(document)?.[0] ?? ''
}

const sealed = (document: string): string =>
  document.replace(`x:xmptk="${toolkit}"`, `x:xmptk="${toolkit} ${hashOf(document)}"`)

const hashOf = (document: string): string => createHash('sha256').update(document).digest('hex').slice(0, 16)

function plain(name: string, value: string | number | null): string {
  return value === null ? '' : `   <${name}>${escaped(String(value))}</${name}>\n`
}

function inDefaultLanguage(name: string, text: string | null): string {
  if (text === null) return ''
  return `   <${name}><rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt></${name}>\n`
}

function list(name: string, kind: 'Bag' | 'Seq', values: readonly string[]): string {
  if (values.length === 0) return ''
  const items = values.map(value => `\n     <rdf:li>${escaped(value)}</rdf:li>`).join('')
  return `   <${name}>\n    <rdf:${kind}>${items}\n    </rdf:${kind}>\n   </${name}>\n`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

/** XML has no way to write most control characters, nor half of a surrogate pair. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"\r]/g, found => entities[found] as string)
}
