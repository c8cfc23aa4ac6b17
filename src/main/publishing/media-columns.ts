import type { WordField } from '../../shared/analysis.ts'
import { type Column, listSeparator } from './csv.ts'
import type { PublishedMedia } from './rows.ts'

const list = (values: readonly string[]): string => values.join(listSeparator)

/** The person's word, else what an analyser said and the person has not rejected. */
export function said(media: PublishedMedia, field: WordField): string | null {
  return media.words[field] ?? media.suggestions.find(each => each.field === field)?.value ?? null
}

const word = (field: WordField): Column<PublishedMedia> => ({ name: field, of: media => said(media, field) })

/** Tags of all sources, each once, a person's first. */
export function tagNames(media: PublishedMedia): string[] {
  return [...new Set(media.tags.map(({ name }) => name))]
}

/** Tags that a person gave or confirmed. */
export function ownTags(media: PublishedMedia): string[] {
  return media.tags.filter(({ source }) => source === 'person').map(({ name }) => name)
}

/** What a table tells of a picture, in the order in which people look for it. The names are a stored format. */
export const mediaColumns: readonly Column<PublishedMedia>[] = [
  { name: 'file', of: media => media.filename },
  { name: 'folder', of: media => media.folder?.path ?? null },
  { name: 'path', of: media => media.path },
  { name: 'title', of: media => media.title },
  word('description'),
  { name: 'tags', of: media => list(tagNames(media)) },
  { name: 'own_tags', of: media => list(ownTags(media)) },
  { name: 'rating', of: media => media.rating },
  { name: 'flag', of: media => media.flag },
  { name: 'label', of: media => media.label },
  word('content'),
  word('style'),
  word('mood'),
  word('medium'),
  word('series'),
  { name: 'taken', of: media => media.takenAt },
  { name: 'type', of: media => media.mimeType },
  { name: 'width', of: media => media.width },
  { name: 'height', of: media => media.height },
  { name: 'size_bytes', of: media => media.sizeBytes },
  { name: 'caption', of: media => media.caption },
  { name: 'keywords', of: media => list(media.keywords) },
  { name: 'artist', of: media => media.artist },
  { name: 'copyright', of: media => media.copyright },
  { name: 'camera', of: media => media.camera },
  { name: 'lens', of: media => media.lens },
  { name: 'colours', of: media => list(media.palette.map(({ name }) => name)) },
  { name: 'source', of: media => media.source },
  { name: 'source_id', of: media => media.sourceId },
  { name: 'same_bytes_at', of: media => list(media.otherPaths) },
  { name: 'modified', of: media => media.modifiedAt },
  { name: 'imported', of: media => media.createdAt },
  { name: 'missing_since', of: media => media.missingSince },
  { name: 'status', of: media => media.status },
  { name: 'failure', of: media => media.failure?.message ?? null },
  { name: 'described_by', of: media => media.analysis?.analyser ?? null },
  { name: 'analysis', of: media => (media.analysis?.result ? JSON.stringify(media.analysis.result) : null) },
  { name: 'sha256', of: media => media.sha256 },
  { name: 'id', of: media => media.id },
]
