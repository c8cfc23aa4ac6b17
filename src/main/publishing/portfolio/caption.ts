import {
  type Artwork,
  type ArtworkStatus,
  formatDimensions,
  formatEdition,
  formatPrice,
  type MediaRole,
} from '../../../shared/artworks.ts'

const statusWords: Record<ArtworkStatus, string> = {
  available: 'Available',
  reserved: 'Reserved',
  sold: 'Sold',
  'on-loan': 'On loan',
  'not-for-sale': 'Not for sale',
}

/** What a further picture shows, before "of" a work and by itself. */
const roleWords: Record<MediaRole, string> = {
  main: 'View',
  detail: 'Detail',
  'in-progress': 'In progress',
  installation: 'Installation view',
  scan: 'Scan',
  print: 'Print',
}

/** "Oil on linen"; null where neither is known. */
export function mediumLine({ medium, support }: Pick<Artwork, 'medium' | 'support'>): string | null {
  if (medium === null || support === null) return medium ?? support
  return `${medium} on ${support}`
}

/** What there is to measure and to count of it, a fact a line. */
export function sizeLines({ dimensions, edition }: Pick<Artwork, 'dimensions' | 'edition'>): string[] {
  const copies = edition && `${edition.copy === null ? '' : 'Edition: '}${formatEdition(edition)}`
  return [dimensions && formatDimensions(dimensions), copies].filter(line => line !== null)
}

/** A price is asked for what can be had: not for what is sold, lent or kept. */
export function saleLine({ status, price }: Artwork, shows: { status: boolean; prices: boolean }): string | null {
  const isAsked = shows.prices && price && (status === 'available' || status === 'reserved')
  const parts = [shows.status && statusWords[status], isAsked && formatPrice(price)].filter(part => part)
  return parts.length > 0 ? parts.join(', ') : null
}

/** "Red barn, 2019, Oil on linen": what a picture shows, for those who do not see it. */
export function inWords(work: Artwork): string {
  return [work.title, work.year, mediumLine(work)].filter(part => part).join(', ')
}

/** What each of some pictures shows; those of one kind are counted. */
export function roleNames(roles: readonly MediaRole[]): string[] {
  return roles.map((role, at) => {
    const isAlone = roles.filter(other => other === role).length === 1
    const number = roles.slice(0, at + 1).filter(other => other === role).length
    return isAlone ? roleWords[role] : `${roleWords[role]} ${number}`
  })
}
