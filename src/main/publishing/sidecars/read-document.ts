import { type Flag, type Label, labels } from '../../../shared/media.ts'
import type { SidecarWords } from '../../../shared/sidecars.ts'
import { cleanLine, cleanText, uniqueKeywords } from '../../../shared/written-text.ts'
import { labelNames, namespaces, pickLabels, rejectedRating } from './namespaces.ts'
import { type XmpProperties, type XmpValue, xmpProperties } from './xmp-properties.ts'

const { dc, xmp, lr, photoshop, digiKam, burgInk } = namespaces
const dynamicMedia = 'http://ns.adobe.com/xmp/1.0/DynamicMedia/'
const darktable = 'http://darktable.sf.net/'

/** As far as the library keeps them. */
const longest = { line: 300, description: 4000, tag: 60, tags: 200 }

export interface ReadDocument {
  words: SidecarWords
  /** Of the picture it is beside, where it says that: `CR2`. */
  forExtension: string | null
}

/** What an XMP document says of its picture, whichever program wrote it. @throws {SidecarUnreadable} */
export function readSidecarDocument(text: string): ReadDocument {
  const of = xmpProperties(text)
  const one = (namespace: string, name: string) => of(namespace, name)[0]?.text.trim() ?? ''
  const { rating, isRejected } = ratingOf(one(xmp, 'Rating'), one(burgInk, 'Rating'))
  const words = {
    title: cleanLine(inDefault(of(dc, 'title')), longest.line),
    description: cleanText(inDefault(of(dc, 'description')), longest.description),
    rating,
    flag: isRejected ? 'rejected' : flagOf(one(digiKam, 'PickLabel'), one(dynamicMedia, 'pick')),
    label: labelOf(of, one(xmp, 'Label')),
    creator: cleanLine(textsOf(of(dc, 'creator')).join(', '), longest.line),
    rights: cleanLine(inDefault(of(dc, 'rights')), longest.line),
  } satisfies { [Field in keyof SidecarWords]?: SidecarWords[Field] | undefined }
  return {
    words: { tags: tagsOf(of), ...withoutAbsent(words) },
    forExtension: cleanLine(one(photoshop, 'SidecarForExtension'), longest.line) ?? null,
  }
}

/** Of a language alternative the default, else English, else the first. */
function inDefault(values: readonly XmpValue[]): string | undefined {
  const inLanguage = (language: string) => values.find(value => value.language.toLowerCase().startsWith(language))
  return (inLanguage('x-default') ?? inLanguage('en') ?? values[0])?.text
}

const textsOf = (values: readonly XmpValue[]): string[] => values.map(({ text }) => text.trim()).filter(Boolean)

/**
 * Of a hierarchy, such as `Places|France|Lyon` or `Places/France/Lyon`, what it ends with is the tag. A tag that is in the plain
 * list as well, whole, is no branch: ours may have a separator in it.
 */
function tagsOf(of: XmpProperties): string[] {
  const plain = textsOf(of(dc, 'subject'))
  const leaves = (values: readonly XmpValue[], separator: string) =>
    textsOf(values).flatMap(text => {
      const levels = text.split(separator).map(level => level.trim())
      return plain.includes(text) || internalBranches.includes(levels[0]?.toLowerCase() ?? '') ? [] : [levels.at(-1)]
    })
  const all = [...plain, ...leaves(of(lr, 'hierarchicalSubject'), '|'), ...leaves(of(digiKam, 'TagsList'), '/')]
  const inShape = all.filter(tag => {
    const branch = tag?.split(/[|/]/)[0]?.toLowerCase() ?? ''
    // Longer ones are sentences.
    return tag !== undefined && [...tag].length <= longest.tag && !internalBranches.includes(branch)
  })
  return uniqueKeywords(inShape, longest.tags, longest.tag)
}

/** Notes of digiKam and darktable to themselves. */
const internalBranches = ['_digikam_internal_tags_', 'darktable']

/** Where a picture is rejected, its stars are in a field of ours. */
function ratingOf(text: string, ownText: string): { rating: number | undefined; isRejected: boolean } {
  const isRejected = starsOf(text) === rejectedRating
  const stars = starsOf(isRejected ? ownText : text)
  return { rating: stars !== null && stars >= 0 ? stars : undefined, isRejected }
}

function starsOf(text: string): number | null {
  const stars = text === '' ? Number.NaN : Math.round(Number(text))
  return stars >= rejectedRating && stars <= 5 ? stars : null
}

function flagOf(digiKamPick: string, adobePick: string): Flag | undefined {
  const byDigiKam = (Object.keys(pickLabels) as Flag[]).find(flag => String(pickLabels[flag]) === digiKamPick)
  return byDigiKam ?? ({ '1': 'picked', '-1': 'rejected' } as const)[adobePick]
}

function labelOf(of: XmpProperties, name: string): Label | undefined {
  const number = of(digiKam, 'ColorLabel')[0]?.text.trim()
  const [ofDarktable] = textsOf(of(darktable, 'colorlabels'))
  return (
    namedLabels.get(name.toLowerCase()) ??
    labels.find(label => String(labelNames[label].digiKam) === number) ??
    labels[ofDarktable === undefined ? -1 : Number(ofDarktable)]
  )
}

/** Names that Lightroom gives labels in its languages, and Bridge in English. */
const namedLabels = new Map<string, Label>(
  Object.entries({
    red: ['red', 'select', 'rot', 'rouge', 'rojo', 'rosso', 'rood', 'vermelho'],
    yellow: ['yellow', 'second', 'gelb', 'jaune', 'amarillo', 'giallo', 'geel', 'amarelo'],
    green: ['green', 'approved', 'grün', 'vert', 'verde', 'groen'],
    blue: ['blue', 'review', 'blau', 'bleu', 'azul', 'blu', 'blauw'],
    purple: [
      'purple',
      'to do',
      'magenta',
      'lila',
      'violett',
      'pourpre',
      'violet',
      'púrpura',
      'morado',
      'viola',
      'paars',
      'roxo',
    ],
  } satisfies Record<Label, string[]>).flatMap(([label, names]) => names.map(name => [name, label as Label])),
)

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function withoutAbsent<T extends object>(given: T): Present<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>
}
