import type { Flag, Label } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { createSaid, saidText } from './said.ts'

/** What one picture is filed under. */
interface Filed {
  id: number
  filename: string
  source: string
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
  isArtwork: 0 | 1
  facets: string | null
}

/** The terms of the `facets` column. One place, so that writing and asking cannot drift apart. */
export const terms = {
  tag: (tagId: number) => `t${tagId}`,
  colour: (name: string) => `c${name}`,
  /** @param date `YYYY`, `YYYY-MM` or `YYYY-MM-DD` */
  date: (date: string) => `${['y', 'm', 'd'][date.split('-').length - 1]}${date.replaceAll('-', '')}`,
  status: (status: string) => `x${status}`,
  // The tokenizer splits at anything that is neither letter nor digit.
  source: (source: string) => `s${source.replaceAll(/[^a-z0-9]/g, '')}`,
  folder: (folderId: number) => `f${folderId}`,
  missing: 'zmissing',
  artwork: 'zartwork',
  rating: (rating: number) => `r${rating}`,
  flag: (flag: Flag) => `z${flag}`,
  label: (label: Label) => `l${label}`,
}

/**
 * Keeps `media_search`, `media.facets` and `facet_counts` in step with what `media`, `media_tags` and `words` say. Called within the
 * transaction that changed them; calling it again changes nothing.
 */
export function createFiling(db: Db) {
  const read = db.prepare<[number], Filed>(
    `SELECT m.id, m.filename, m.source, m.folder_id AS folderId,
       (SELECT f.path FROM files f WHERE f.folder_id = m.folder_id AND f.source_id = m.source_id) AS path,
       m.processing_status AS status, m.ai_analysis AS analysis, m.taken_on AS takenOn, m.missing_since AS missingSince,
       m.metadata, coalesce(p.rating, m.rating) AS rating, p.flag, p.label,
       EXISTS (SELECT 1 FROM artwork_media a WHERE a.media_id = m.id) AS isArtwork, m.facets
     FROM media m LEFT JOIN marks p ON p.media_id = m.id WHERE m.id = ?`,
  )
  const said = createSaid(db)
  const tagsOf = db.prepare<[number], { id: number; name: string }>(
    'SELECT DISTINCT t.id, t.name FROM media_tags mt JOIN tags t ON t.id = mt.tag_id WHERE mt.media_id = ?',
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
    const { title, caption, palette } = JSON.parse(media.metadata ?? '{}') as KnownMetadata
    const facets = facetTerms(media, tags, palette ?? []).join(' ')
    const description = [caption, ...saidText(said(mediaId, media.analysis))].filter(Boolean).join(' ')
    const tagText = tags.map(tag => tag.name).join(' ')
    if (media.facets !== null) removeDocument.run(mediaId)
    addDocument.run(mediaId, media.filename, title ?? '', description, tagText, media.path ?? '', facets)
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
  palette?: { name: string; share: number }[]
}

/** A picture is filed under a colour that covers this much of it; less is not what a person would look for. */
const filedShare = 0.1

function facetTerms(media: Filed, tags: { id: number }[], palette: { name: string; share: number }[]): string[] {
  const found = [terms.status(media.status), terms.source(media.source)]
  if (media.folderId !== null) found.push(terms.folder(media.folderId))
  if (media.missingSince !== null) found.push(terms.missing)
  if (media.isArtwork) found.push(terms.artwork)
  if (media.rating !== null) found.push(terms.rating(media.rating))
  if (media.flag !== null) found.push(terms.flag(media.flag))
  if (media.label !== null) found.push(terms.label(media.label))
  if (media.takenOn) for (const length of [4, 7, 10]) found.push(terms.date(media.takenOn.slice(0, length)))
  for (const { name, share } of palette) if (share >= filedShare) found.push(terms.colour(name))
  for (const { id } of tags) found.push(terms.tag(id))
  return found
}
