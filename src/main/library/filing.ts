import type { AnalysisResult } from '../../shared/analysis.ts'
import type { Flag, Label } from '../../shared/media.ts'
import { colourCell } from './colour-cells.ts'
import type { Db } from './database.ts'
import { type FiledField, type SaidField, saidFields, terms, typeTerms } from './filing-terms.ts'
import { createSaid, type Said, saidText } from './said.ts'
import { sizeTerm } from './size-terms.ts'
import { tagName } from './tags.ts'

/** What one picture is filed under. */
interface Filed {
  id: number
  filename: string
  source: string
  mimeType: string
  sizeBytes: number | null
  addedAt: string | null
  folderId: number | null
  path: string | null
  status: string
  /** `media.ai_analysis` */
  analysis: string | null
  takenOn: string | null
  missingSince: string | null
  metadata: string | null
  rating: number | null
  flag: Flag | null
  label: Label | null
  facets: string | null
}

/**
 * Keeps `media_search`, `media.facets` and `facet_counts` in step with what `media`, `media_tags`, `words` and its works say. Called within the
 * transaction that changed them; calling it again changes nothing.
 */
export function createFiling(db: Db) {
  const read = db.prepare<[number], Filed>(
    `SELECT m.id, m.filename, m.source, m.mime_type AS mimeType, m.size AS sizeBytes, m.created_at AS addedAt,
       m.folder_id AS folderId,
       (SELECT f.path FROM files f WHERE f.folder_id = m.folder_id AND f.source_id = m.source_id) AS path,
       m.processing_status AS status, m.ai_analysis AS analysis, m.taken_on AS takenOn, m.missing_since AS missingSince,
       m.metadata, coalesce(p.rating, m.rating) AS rating, p.flag, p.label,
       m.facets
     FROM media m LEFT JOIN marks p ON p.media_id = m.id WHERE m.id = ?`,
  )
  const said = createSaid(db)
  const valueIds = createValueIds(db)
  const tagsOf = db.prepare<[number], { id: number; name: string }>(
    'SELECT DISTINCT t.id, t.name FROM media_tags mt JOIN tags t ON t.id = mt.tag_id WHERE mt.media_id = ?',
  )
  const collectionsOf = db
    .prepare<[number], number>('SELECT collection_id FROM collection_items WHERE media_id = ?')
    .pluck()
  const worksOf = db.prepare<[number], Work>(
    `SELECT a.title, a.inventory_number AS number, s.name AS series FROM artwork_media am
       JOIN artworks a ON a.id = am.artwork_id LEFT JOIN series s ON s.id = a.series_id
     WHERE am.media_id = ? ORDER BY a.id`,
  )
  const removeDocument = db.prepare<[number]>('DELETE FROM media_search WHERE rowid = ?')
  const addDocument = db.prepare(
    'INSERT INTO media_search (rowid, filename, title, description, tags, path, facets) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  // What is said of it may be new, and has to be compared anew.
  const embedAgain = db.prepare<[number]>('INSERT OR IGNORE INTO embeddings_due (media_id) VALUES (?)')
  const setFacets = db.prepare<[string | null, number]>('UPDATE media SET facets = ? WHERE id = ?')
  const addCount = db.prepare<[string, number]>(
    'INSERT INTO facet_counts (term, count) VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET count = count + excluded.count',
  )

  function recount(before: string | null, after: string | null): void {
    const old = new Set(before?.split(' '))
    const now = new Set(after?.split(' '))
    for (const term of old) if (!now.has(term)) addCount.run(term, -1)
    for (const term of now) if (!old.has(term)) addCount.run(term, 1)
  }

  function file(mediaId: number): void {
    const media = read.get(mediaId)
    if (!media) return
    const tags = tagsOf.all(mediaId)
    const { title: titleInFile, caption, palette } = JSON.parse(media.metadata ?? '{}') as KnownMetadata
    const spoken = said(mediaId, media.analysis)
    const title = spoken.words.title ?? titleInFile
    const works = worksOf.all(mediaId)
    const series = works.flatMap(work => work.series ?? [])
    const description = [caption, ...saidText(spoken), ...series].filter(Boolean).join(' ')
    const titles = [title, ...works.flatMap(work => [work.title, work.number])].filter(Boolean).join(' ')
    const isDescribed = caption || spoken.words.description || spoken.suggested.description
    const known = [
      title && terms.has('title'),
      isDescribed && terms.has('description'),
      tags.length && terms.has('tags'),
    ]
    const facets = [
      ...facetTerms(media, tags, palette ?? []),
      ...valueIds([...saidValues(spoken, media.analysis), ...workValues(works)]).map(({ field, id }) =>
        terms.filed(field, id),
      ),
      ...(works.length > 0 ? [terms.artwork] : []),
      ...collectionsOf.all(mediaId).map(terms.collection),
      ...known.filter(Boolean),
    ].join(' ')
    const tagText = tags.map(tag => tag.name).join(' ')
    if (media.facets !== null) removeDocument.run(mediaId)
    addDocument.run(mediaId, media.filename, titles, description, tagText, media.path ?? '', facets)
    setFacets.run(facets, mediaId)
    embedAgain.run(mediaId)
    recount(media.facets, facets)
  }

  return {
    /** Shows the picture in lists and search under what is known of it now. */
    file,

    /** Takes it out of lists and search. */
    remove(mediaId: number): void {
      const facets = read.get(mediaId)?.facets
      if (facets == null) return
      removeDocument.run(mediaId)
      setFacets.run(null, mediaId)
      recount(facets, null)
    },

    /** The same for a picture that is shown already; one that is not stays out. */
    refile(mediaId: number): void {
      if (read.get(mediaId)?.facets != null) file(mediaId)
    },
  }
}

interface KnownMetadata {
  title?: string
  caption?: string
  palette?: PaletteEntry[]
}

interface PaletteEntry {
  name: string
  hex: string
  share: number
}

/** A work that the picture shows. */
interface Work {
  title: string
  number: string
  series: string | null
}

interface FiledValue {
  field: FiledField
  value: string
}

/** More is a sentence, which the columns of words are for. */
const longestValue = 80
const mostSubjects = 20

/** What is said of it that is a name and no sentence. */
function saidValues({ words, suggested }: Said, analysis: string | null): FiledValue[] {
  const { subjects = [] } = analysis === null ? {} : (JSON.parse(analysis) as Partial<AnalysisResult>)
  const valuesOf = (field: SaidField): (string | undefined)[] =>
    field === 'subject' ? subjects.slice(0, mostSubjects) : [words[field] ?? suggested[field]]
  return saidFields.flatMap(field => {
    const values = valuesOf(field).map(value => tagName(value ?? ''))
    return [...new Set(values)]
      .filter(value => value !== '' && value.length <= longestValue)
      .map(value => ({ field, value }))
  })
}

/** A person finds a work by its title, by its number, and by its series as by one that is said of the picture itself. */
function workValues(works: readonly Work[]): FiledValue[] {
  return works
    .flatMap(({ title, number, series }): FiledValue[] => [
      { field: 'artwork', value: title },
      { field: 'artwork', value: number },
      ...(series === null ? [] : [{ field: 'series' as const, value: series }]),
    ])
    .map(({ field, value }) => ({ field, value: tagName(value) }))
}

/** The ids of values, which are made where they are new. */
function createValueIds(db: Db) {
  const add = db.prepare<[string, string]>(
    'INSERT INTO filed_values (field, value) VALUES (?, ?) ON CONFLICT (field, value) DO NOTHING',
  )
  const idOf = db.prepare<[string, string], number>('SELECT id FROM filed_values WHERE field = ? AND value = ?').pluck()
  return function valueIds(values: readonly FiledValue[]): { field: FiledField; id: number }[] {
    const found = values.map(({ field, value }) => {
      add.run(field, value)
      return { field, id: idOf.get(field, value) as number }
    })
    // A work's series may be said of its picture as well.
    return found.filter(({ id }, i) => found.findIndex(other => other.id === id) === i)
  }
}

/** A picture is filed under a colour that covers this much of it; less is not what a person would look for. */
const filedShare = 0.1

function facetTerms(media: Filed, tags: { id: number }[], palette: PaletteEntry[]): string[] {
  const found = [terms.status(media.status), terms.source(media.source), ...typeTerms(media.mimeType)]
  if (media.sizeBytes !== null) found.push(sizeTerm(media.sizeBytes))
  if (media.addedAt !== null) found.push(terms.added(media.addedAt.slice(0, 10)))
  if (media.folderId !== null) found.push(terms.folder(media.folderId))
  if (media.missingSince !== null) found.push(terms.missing)
  if (isUnmarked(media)) found.push(terms.unmarked)
  if (media.rating !== null) found.push(terms.rating(media.rating))
  if (media.flag !== null) found.push(terms.flag(media.flag))
  if (media.label !== null) found.push(terms.label(media.label))
  if (media.takenOn) for (const length of [4, 7, 10]) found.push(terms.date(media.takenOn.slice(0, length)))
  const colours = palette.filter(({ share }) => share >= filedShare)
  for (const { name } of colours) found.push(terms.colour(name))
  for (const cell of new Set(colours.map(({ hex }) => colourCell(hex)))) found.push(cell)
  for (const { id } of tags) found.push(terms.tag(id))
  return found
}

function isUnmarked({ status, flag, rating }: Filed): boolean {
  return status === 'completed' && flag === null && !rating
}
