import type { ArtworkStatus } from './status.ts'

/** As people say it. */
export const statusTitles: Record<ArtworkStatus, string> = {
  available: 'Available',
  reserved: 'Reserved',
  sold: 'Sold',
  'on-loan': 'On loan',
  'not-for-sale': 'Not for sale',
}
