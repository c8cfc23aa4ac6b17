import { statusTitles } from '../../shared/artworks/status-titles.ts'
import { type Artwork, formatPrice } from '../../shared/artworks.ts'

/** "Oil on linen"; null where neither is known. A support that the medium names already is not said again. */
export function mediumLine({ medium, support }: Pick<Artwork, 'medium' | 'support'>): string | null {
  if (medium === null || support === null) return medium ?? support
  if (medium.toLowerCase().endsWith(support.toLowerCase())) return medium
  return /^on\b/i.test(support) ? `${medium} ${support}` : `${medium} on ${support}`
}

/** "Available, 1,200 EUR". A price is asked for what can be had: not for what is sold, lent or kept. */
export function saleLine(
  { status, price }: Pick<Artwork, 'status' | 'price'>,
  shows: { status: boolean; prices: boolean },
): string | null {
  const isAsked = shows.prices && price && (status === 'available' || status === 'reserved')
  const parts = [shows.status && statusTitles[status], isAsked && formatPrice(price)].filter(part => part)
  return parts.length > 0 ? parts.join(', ') : null
}
