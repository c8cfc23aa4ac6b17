import type { ArtworkDraft } from '../../shared/artworks.ts'
import type { MediaId } from '../../shared/media.ts'
import { type KnownOfPicture, type KnownWords, proposeArtwork } from './artwork-proposal.ts'
import type { Db } from './database.ts'
import type { createDetail } from './detail.ts'
import { createTilesById } from './tiles.ts'

/** A person's word, or a suggestion that was not rejected. */
const wordNames = ['description', 'medium', 'series'] as const

/** What pictures say of the work they show. Nothing is written. */
export function createArtworkDraft(
  db: Db,
  detail: ReturnType<typeof createDetail>,
  vocabulary: () => { media: string[]; series: string[] },
) {
  const tilesOf = createTilesById(db)
  const seriesNames = db.prepare<[], string>('SELECT name FROM series ORDER BY id').pluck()
  const usedMedia = db
    .prepare<[], string>('SELECT medium FROM artworks WHERE medium IS NOT NULL GROUP BY medium LIMIT 500')
    .pluck()

  function knownOf(mediaId: MediaId): KnownOfPicture | null {
    const media = detail(mediaId)
    if (!media) return null
    const folders = (media.path ?? '').split('/').slice(0, -1)
    const suggested = media.suggestions.flatMap(({ field, value }) =>
      wordNames.some(name => name === field) ? [[field, value]] : [],
    )
    return {
      filename: media.filename,
      folders: media.folder ? [media.folder.name, ...folders] : folders,
      title: media.title,
      caption: media.caption,
      takenAt: media.takenAt,
      keywords: media.keywords,
      words: media.words,
      suggested: Object.fromEntries(suggested),
    }
  }

  function knownWords(): KnownWords {
    const { media, series } = vocabulary()
    return {
      media: [...new Set([...media, ...usedMedia.all()])],
      series: [...new Set([...series, ...seriesNames.all()])],
    }
  }

  /** @returns null where none of these pictures is shown. */
  return function draft(mediaIds: readonly MediaId[]): ArtworkDraft | null {
    const tiles = tilesOf([...new Set(mediaIds)])
    const known = tiles.map(({ id }) => knownOf(id)).filter(picture => picture !== null)
    if (known.length === 0) return null
    const { fields, sources, roles } = proposeArtwork(known, knownWords())
    const unsaid = { price: null, location: null, provenance: null, inventoryNumber: null }
    return {
      fields: { ...fields, ...unsaid, status: 'available' },
      sources,
      media: tiles.map((media, place) => ({ media, role: roles[place] ?? 'detail' })),
    }
  }
}
