import type { Flag, Label } from '../../shared/media.ts'
import type { SidecarDifference, SidecarOfMedia, SidecarWords } from '../../shared/sidecars.ts'
import { cleanLine, cleanText } from '../../shared/written-text.ts'
import type { Db } from './database.ts'
import { createSaid, type Said } from './said.ts'
import { tagName } from './tags.ts'

interface Known {
  metadata: string | null
  analysis: string | null
  ratingInFile: number | null
  rating: number | null
  flag: Flag | null
  label: Label | null
}

interface InFile {
  title?: string
  caption?: string
  keywords?: string[]
}

interface KnownTag {
  name: string
  whose: 'person' | 'analyser' | 'rejected'
}

const lineMax = 300
const textMax = 4000

/** What a sidecar says of a picture that the library does not say already. Only reads. */
export function createSidecarComparison(db: Db) {
  const read = db.prepare<[number], Known>(
    `SELECT m.metadata, m.ai_analysis AS analysis, m.rating AS ratingInFile, p.rating, p.flag, p.label
     FROM media m LEFT JOIN marks p ON p.media_id = m.id WHERE m.id = ?`,
  )
  const tagsOf = db.prepare<[number, number], KnownTag>(
    `SELECT t.name, iif(mt.source = 'person', 'person', 'analyser') AS whose
     FROM media_tags mt JOIN tags t ON t.id = mt.tag_id WHERE mt.media_id = ?
     UNION ALL SELECT value, 'rejected' FROM rejections WHERE media_id = ? AND field = 'tag'`,
  )
  const said = createSaid(db)

  return function differencesOf({ mediaId, words, isOwn }: SidecarOfMedia): SidecarDifference[] {
    const known = read.get(mediaId)
    if (!known) return []
    const inFile = JSON.parse(known.metadata ?? '{}') as InFile
    const spoken = said(mediaId, known.analysis)
    return [
      ...titleDifference(words, spoken, inFile),
      ...descriptionDifference(words, spoken, inFile, isOwn),
      ...tagDifferences(words, tagsOf.all(mediaId, mediaId), inFile, isOwn),
      ...ratingDifference(words, known),
      ...markDifference('flag', words.flag, known.flag),
      ...markDifference('label', words.label, known.label),
    ]
  }
}

function titleDifference({ title }: SidecarWords, { words }: Said, inFile: InFile): SidecarDifference[] {
  if (title === undefined || title === cleanLine(words.title ?? inFile.title, lineMax)) return []
  return [{ field: 'title', mine: words.title ?? null, theirs: title }]
}

function descriptionDifference(
  { description }: SidecarWords,
  { words, suggested }: Said,
  { caption }: InFile,
  isOwn: boolean,
): SidecarDifference[] {
  const mine = words.description
  const shown = mine === undefined ? [caption, isOwn && suggested.description] : [mine]
  if (description === undefined || shown.some(text => cleanText(text, textMax) === description)) return []
  return [{ field: 'description', mine: mine ?? null, theirs: description }]
}

/** Those that are new, and those that the person has rejected. */
function tagDifferences(
  words: SidecarWords,
  known: readonly KnownTag[],
  inFile: InFile,
  isOwn: boolean,
): SidecarDifference[] {
  const names = (whose: KnownTag['whose']) => known.filter(tag => tag.whose === whose).map(({ name }) => name)
  const rejected = new Set(names('rejected'))
  const keywords = (inFile.keywords ?? []).map(tagName)
  const said = new Set([...names('person'), ...keywords, ...(isOwn ? names('analyser') : [])])
  const theirs = [...new Set(words.tags.map(tagName))].filter(name => name !== '')
  const added = theirs.filter(name => !said.has(name) && !rejected.has(name))
  const refused = theirs.filter(name => rejected.has(name))
  return [
    ...(added.length > 0 ? [{ field: 'tags' as const, mine: null, theirs: added.join(', '), tags: added }] : []),
    ...(refused.length > 0
      ? [{ field: 'tags' as const, mine: refused.join(', '), theirs: refused.join(', '), tags: refused }]
      : []),
  ]
}

/** No stars are what programs write as long as nobody gave any: that is no word against the person's. */
function ratingDifference({ rating }: SidecarWords, known: Known): SidecarDifference[] {
  const isSaid = rating !== undefined && !(rating === 0 && known.rating !== null)
  if (!isSaid || rating === (known.rating ?? known.ratingInFile ?? 0)) return []
  return [{ field: 'rating', mine: known.rating === null ? null : String(known.rating), theirs: String(rating) }]
}

function markDifference(field: 'flag' | 'label', theirs: string | undefined, mine: string | null): SidecarDifference[] {
  return theirs === undefined || theirs === mine ? [] : [{ field, mine, theirs }]
}
