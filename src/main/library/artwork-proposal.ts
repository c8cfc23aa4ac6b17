import {
  type ArtworkFields,
  type Edition,
  type FieldSource,
  type FieldSources,
  type MediaRole,
  parseDimensions,
  parseEdition,
  parseYears,
} from '../../shared/artworks.ts'

/** What is known of one picture that a work could be described by. */
export interface KnownOfPicture {
  filename: string
  /** Folders from the root to the picture. */
  folders: readonly string[]
  title: string | null
  caption: string | null
  takenAt: string | null
  keywords: readonly string[]
  /** A person's own words. */
  words: Partial<Record<'title' | 'description' | 'medium' | 'series', string>>
  /** An analyser's, not rejected. */
  suggested: Partial<Record<'description' | 'medium' | 'series', string>>
}

/** The artist's own words, which are looked for in names and keywords. */
export interface KnownWords {
  media: readonly string[]
  series: readonly string[]
}

interface Candidate<T> extends FieldSource {
  value: T
  confidence: number
}

export interface Proposal {
  fields: Pick<ArtworkFields, 'year' | 'medium' | 'support' | 'dimensions' | 'edition' | 'series' | 'statement'> & {
    title: string
  }
  sources: FieldSources
  roles: MediaRole[]
}

/** What these pictures say of the work they show: of each field the surest word, and who says it. */
export function proposeArtwork(pictures: readonly KnownOfPicture[], known: KnownWords): Proposal {
  const best = <T>(of: (picture: KnownOfPicture) => (Candidate<T> | null)[]): Candidate<T> | null =>
    pictures
      .flatMap(of)
      .filter(candidate => candidate !== null)
      .reduce<Candidate<T> | null>((a, b) => (a && a.confidence >= b.confidence ? a : b), null)
  const medium = best(picture => mediumOf(picture, known.media))
  const [what, support] = medium ? splitMedium(medium.value) : [null, null]
  const found = {
    title: best(titleOf),
    year: best(yearOf),
    medium: medium && what ? { ...medium, value: what } : null,
    support: medium && support ? { ...medium, value: support } : null,
    dimensions: best(dimensionsOf),
    edition: best(editionOf),
    series: best(picture => seriesOf(picture, known.series)),
    statement: best(statementOf),
  }
  const sources = Object.fromEntries(
    Object.entries(found).flatMap(([field, candidate]) =>
      candidate ? [[field, { source: candidate.source, confidence: candidate.confidence }]] : [],
    ),
  )
  return {
    fields: {
      title: found.title?.value ?? '',
      year: found.year?.value ?? null,
      medium: found.medium?.value ?? null,
      support: found.support?.value ?? null,
      dimensions: found.dimensions?.value ?? null,
      edition: found.edition?.value ?? null,
      series: found.series?.value ?? null,
      statement: found.statement?.value ?? null,
    },
    sources,
    roles: rolesOf(pictures),
  }
}

const person = <T>(value: T | undefined): Candidate<T> | null =>
  value === undefined ? null : { value, source: 'person', confidence: 1 }
const analysis = <T>(value: T | undefined): Candidate<T> | null =>
  value === undefined ? null : { value, source: 'analysis', confidence: 0.5 }

/** What a camera or a scanner calls a file says nothing of the work. */
const machineName =
  /^(?:img|dsc|dscn|dscf|p|pict?|scan|image|photo|foto|screenshot|mvi|gopr|pxl|wa|untitled)?[\s._-]*[\d\s._-]*$/i

function titleOf({ title, words, filename }: KnownOfPicture): (Candidate<string> | null)[] {
  const name = readableName(filename)
  return [
    words.title ? { value: words.title.slice(0, 300), source: 'person', confidence: 1 } : null,
    title ? { value: title.slice(0, 300), source: 'file', confidence: 0.9 } : null,
    name ? { value: name, source: 'file', confidence: 0.4 } : null,
  ]
}

const sizeInName = /\d+(?:[.,]\d+)?\s*[x×]\s*\d+(?:[.,]\d+)?(?:\s*[x×]\s*\d+(?:[.,]\d+)?)?\s*(?:mm|cm|in|m)\b/i
const yearInName = /(?<!\d)(?:19|20)\d{2}(?!\d)/
/** "edition of 10 + 2 AP", "ed. 3/10", "open edition"; "edition 2019" is a year. */
const editionWritten = /\b(?:open edition|ed(?:ition)?\.? ?(?:of \d+|\d+ ?\/ ?\d+)(?: ?(?:\+|plus) ?\d+ ?ap)?)\b/i
const roleInName = /\b(detail|close ?up|installation|install view|in progress|wip|scan|print|proof)\b/i

/** "harbour-at-dusk_2019 (detail).jpg" → "Harbour at dusk"; empty where nothing is left that a person wrote. */
function readableName(filename: string): string {
  const plain = spaced(filename)
  const name = plain
    .replace(sizeInName, ' ')
    .replace(editionWritten, ' ')
    .replaceAll(new RegExp(yearInName, 'g'), ' ')
    .replaceAll(new RegExp(roleInName, 'gi'), ' ')
    .replaceAll(/\(\s*\d*\s*\)|\[\s*\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s,.-]+|[\s,.-]+$/g, '')
  if (name === '' || machineName.test(name) || /^[0-9a-f]{16,}$/i.test(name)) return ''
  return name.charAt(0).toUpperCase() + name.slice(1, 300)
}

const spaced = (name: string): string => name.replace(/\.[a-z0-9]{2,5}$/i, '').replaceAll(/[_-]+/g, ' ')

function yearOf({ filename, folders, caption, takenAt }: KnownOfPicture): (Candidate<string> | null)[] {
  const written = (text: string | null | undefined) => text && yearInName.exec(text)?.[0]
  const inName = written(spaced(filename))
  const inFolder = folders.toReversed().map(written).find(Boolean)
  const inCaption = written(caption)
  const taken = takenAt?.slice(0, 4)
  return [
    inName ? { value: inName, source: 'file' as const, confidence: 0.7 } : null,
    inCaption ? { value: inCaption, source: 'file' as const, confidence: 0.65 } : null,
    inFolder ? { value: inFolder, source: 'folder' as const, confidence: 0.6 } : null,
    // When a picture was taken says when the work was there, not when it was made.
    taken ? { value: taken, source: 'file' as const, confidence: 0.4 } : null,
  ].filter(candidate => candidate !== null && parseYears(candidate.value).ok)
}

/** A word of the person's own, whole, somewhere in the text. */
function isNamed(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text)
}

/** The longest word that the texts name: "oil on canvas" before "oil". */
function named(texts: readonly string[], words: readonly string[]): string | undefined {
  return words.toSorted((a, b) => b.length - a.length).find(word => texts.some(text => isNamed(text, word)))
}

function ownWord(
  { filename, folders, title, caption, keywords }: KnownOfPicture,
  words: readonly string[],
): (Candidate<string> | null)[] {
  const inFile = named([spaced(filename), title ?? '', caption ?? '', ...keywords], words)
  const inFolder = named(folders.map(spaced), words)
  return [
    inFile ? { value: inFile, source: 'file', confidence: 0.7 } : null,
    inFolder ? { value: inFolder, source: 'folder', confidence: 0.6 } : null,
  ]
}

function mediumOf(picture: KnownOfPicture, media: readonly string[]): (Candidate<string> | null)[] {
  const written = [picture.caption, picture.title, spaced(picture.filename)].map(text => writtenMedium(text ?? ''))
  const inFile = written.find(Boolean)
  return [
    person(picture.words.medium),
    inFile ? { value: inFile, source: 'file', confidence: 0.8 } : null,
    ...ownWord(picture, [...media, ...commonMedia]),
    analysis(picture.suggested.medium),
  ]
}

/** What works are made with, as captions have it. */
const commonMedia =
  'Oil,Öl,Huile,Acrylic,Acryl,Watercolour,Watercolor,Aquarell,Gouache,Tempera,Egg tempera,Ink,Tusche,Tinte,Charcoal,Kohle,Graphite,Pencil,Bleistift,Pastel,Pastell,Mixed media,Mischtechnik,Collage,Woodcut,Holzschnitt,Linocut,Linolschnitt,Etching,Radierung,Lithograph,Lithografie,Screenprint,Siebdruck,Monotype,Monotypie,Aquatint,Bronze,Stoneware,Marble,Marmor'.split(
    ',',
  )

/** "Oil and charcoal on linen, 2019" → "Oil and charcoal on linen": a medium, and what it is on up to the next mark. */
function writtenMedium(text: string): string | undefined {
  const match = /(?:^|[,;.(] ?)([\p{L} ]{2,60}? (?:on|auf|sur) [\p{L} ]{2,40}?)(?= ?(?:[,;.()\d]|$))/iu.exec(text)
  const [, written] = match ?? []
  return written && named([written], commonMedia) ? written.charAt(0).toUpperCase() + written.slice(1) : undefined
}

function seriesOf(picture: KnownOfPicture, series: readonly string[]): (Candidate<string> | null)[] {
  return [person(picture.words.series), ...ownWord(picture, series), analysis(picture.suggested.series)]
}

/** "Oil on canvas" is oil, on canvas. */
function splitMedium(text: string): [string, string | null] {
  const match = /^(.+?)\s+(?:on|auf|sur)\s+(.+)$/i.exec(text)
  return match ? [match[1] as string, match[2] as string] : [text, null]
}

/** Only where a unit stands beside it: else it could be pixels. */
function dimensionsOf({ filename, title, caption }: KnownOfPicture): (Candidate<ArtworkFields['dimensions']> | null)[] {
  return [spaced(filename), title, caption].map(text => {
    const written = text && sizeInName.exec(text)?.[0]
    const read = written ? parseDimensions(written, 'cm') : null
    return read?.ok ? { value: read.value, source: 'file', confidence: 0.7 } : null
  })
}

/** A fraction alone is a copy's number only where prints are spoken of: else it could be inches, a day or an exposure. */
const speaksOfPrints =
  /\b(?:edition|prints?|proofs?|etching|engraving|drypoint|aquatint|linocut|woodcut|lithograph|screen ?print|serigraph|numbered)\b/i
const copyOfEdition =
  /(?<![\d/.,]|\d )\d{1,4}\/\d{1,4}(?: ?\+ ?\d+ ?ap\b)?(?![\d/.,]| ?(?:[x×"″]|(?:in|inch|inches|cm|mm|s|sec)\b))/i

function editionOf({ filename, title, caption, keywords }: KnownOfPicture): (Candidate<Edition> | null)[] {
  return [spaced(filename), title, caption, ...keywords].map(text => {
    if (!text) return null
    const written = editionWritten.exec(text) ?? (speaksOfPrints.test(text) ? copyOfEdition.exec(text) : null)
    const read = written ? parseEdition(written[0]) : null
    return read?.ok && read.value ? { value: read.value, source: 'file', confidence: 0.6 } : null
  })
}

/** An analyser's description says what a picture shows, which is no word of the artist's. */
function statementOf({ words, caption }: KnownOfPicture): (Candidate<string> | null)[] {
  return [person(words.description), caption ? { value: caption, source: 'file', confidence: 0.5 } : null]
}

const roleWords: readonly [RegExp, MediaRole][] = [
  [/\b(detail|close ?up)\b/i, 'detail'],
  [/\binstall(ation| view)?\b/i, 'installation'],
  [/\b(in progress|wip)\b/i, 'in-progress'],
  [/\bscan\b/i, 'scan'],
  [/\b(print|proof)\b/i, 'print'],
]

/** By their names; the first whose name says nothing is the main picture. */
function rolesOf(pictures: readonly KnownOfPicture[]): MediaRole[] {
  const said = pictures.map(({ filename }) => roleWords.find(([word]) => word.test(spaced(filename)))?.[1] ?? null)
  const main = Math.max(said.indexOf(null), 0)
  return said.map((role, place) => (place === main ? 'main' : (role ?? 'detail')))
}
