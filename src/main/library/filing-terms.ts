import { type Flag, type Label, processingStatuses } from '../../shared/media.ts'

/** Fields of free words that pictures are filed under, each value by its id in `filed_values`. */
export const saidFields = ['style', 'mood', 'subject', 'medium', 'series'] as const
export type SaidField = (typeof saidFields)[number]

/** What a picture is filed under by its names: what is said of it, and the works that it shows, by title and by number. */
export type FiledField = SaidField | 'artwork'

export const filedLetters: Record<FiledField, string> = {
  style: 'u',
  mood: 'v',
  subject: 'j',
  medium: 'w',
  series: 'q',
  artwork: 'n',
}

/** What is known of a picture, apart from what else it is filed under. */
type Known = 'title' | 'description' | 'tags'

/**
 * The terms of the `facets` column. One place, so that writing and asking cannot drift apart. The first letter says what a
 * term is about: a day added, b bytes, c colour, d day taken, e type, f folder, g collection, h has, j subject, k kind, l label, m month,
 * n artwork by its title or number, p place among colours, q series, r rating, s source, t tag, u style, v mood, w medium, x status, y year, z flag, unmarked, artwork or missing.
 */
export const terms = {
  tag: (tagId: number) => `t${tagId}`,
  filed: (field: FiledField, valueId: number) => `${filedLetters[field]}${valueId}`,
  colour: (name: string) => `c${name}`,
  /** @param date `YYYY`, `YYYY-MM` or `YYYY-MM-DD` */
  date: (date: string) => `${['y', 'm', 'd'][date.split('-').length - 1]}${date.replaceAll('-', '')}`,
  added: (day: string) => `a${day.replaceAll('-', '')}`,
  status: (status: string) => `x${status}`,
  source: (source: string) => `s${lettersOf(source)}`,
  folder: (folderId: number) => `f${folderId}`,
  collection: (collectionId: number) => `g${collectionId}`,
  missing: 'zmissing',
  artwork: 'zartwork',
  /** Complete, with no flag and no stars. */
  unmarked: 'zunmarked',
  rating: (rating: number) => `r${rating}`,
  flag: (flag: Flag) => `z${flag}`,
  label: (label: Label) => `l${label}`,
  kind: (kind: string) => `k${kind}`,
  type: (type: string) => `e${type}`,
  has: (what: Known) => `h${what}`,
}

/** The tokenizer splits at anything that is neither letter nor digit. */
function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** What every picture is filed under one of. */
export const everything = `(${processingStatuses.map(terms.status).join(' OR ')})`

const otherTypes: Record<string, string> = {
  svgxml: 'svg',
  quicktime: 'mov',
  heif: 'heic',
  matroska: 'mkv',
  msvideo: 'avi',
  vndadobephotoshop: 'psd',
}

/** `image/svg+xml` is of the kind `image` and the type `svg`. */
export function typeTerms(mimeType: string): string[] {
  const [kind = '', subtype = ''] = mimeType.split('/')
  const type = lettersOf(subtype.replace(/^x-/, ''))
  return [terms.kind(lettersOf(kind)), terms.type(otherTypes[type] ?? type)].filter(term => term.length > 1)
}
