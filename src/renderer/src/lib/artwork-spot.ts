import {
  type ArtworkFilter,
  type ArtworkId,
  type ArtworkSort,
  artworkFilterSchema,
  artworkSortSchema,
} from '../../../shared/artworks.ts'
import type { MediaId } from './contract.ts'

/** Where one is among works: a list of them, one of them, or one that is about to be made of pictures. */
export type ArtworkSpot =
  | { kind: 'list'; filter: ArtworkFilter; sort: ArtworkSort }
  | { kind: 'one'; id: ArtworkId }
  | { kind: 'new'; mediaIds: MediaId[] }

export const allArtworks: Extract<ArtworkSpot, { kind: 'list' }> = { kind: 'list', filter: {}, sort: 'newest' }

/** As many pictures as one work can have. */
export const mediaOfWorkMost = 500

const positive = (text: string | null | undefined): number | undefined =>
  /^[1-9]\d{0,15}$/.test(text ?? '') ? Number(text) : undefined

/** `id` and `params` of `#/artworks/<id>?<params>`. */
export function parseArtworkSpot(id: string | undefined, params: URLSearchParams): ArtworkSpot {
  if (id === 'new') {
    const mediaIds = (params.get('media') ?? '').split(',').flatMap(text => positive(text) ?? [])
    if (mediaIds.length > 0) return { kind: 'new', mediaIds: mediaIds.slice(0, mediaOfWorkMost) }
  }
  const one = positive(id)
  if (one !== undefined) return { kind: 'one', id: one }
  const filter = artworkFilterSchema.safeParse({
    status: params.get('status') ?? undefined,
    seriesId: positive(params.get('series')),
    text: params.get('q') ?? undefined,
  })
  const sort = artworkSortSchema.safeParse(params.get('sort'))
  return { kind: 'list', filter: filter.success ? present(filter.data) : {}, sort: sort.success ? sort.data : 'newest' }
}

const present = (filter: ArtworkFilter): ArtworkFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''))

/** What follows `#/artworks`. */
export function formatArtworkSpot(spot: ArtworkSpot): string {
  if (spot.kind === 'one') return `/${spot.id}`
  if (spot.kind === 'new') return `/new?media=${spot.mediaIds.join(',')}`
  const params = new URLSearchParams()
  const { status, seriesId, text } = spot.filter
  if (status) params.set('status', status)
  if (seriesId) params.set('series', String(seriesId))
  if (text) params.set('q', text)
  if (spot.sort !== 'newest') params.set('sort', spot.sort)
  const query = params.toString()
  return query ? `?${query}` : ''
}
