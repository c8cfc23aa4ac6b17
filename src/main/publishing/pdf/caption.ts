import { type Artwork, formatDimensions, formatEdition } from '../../../shared/artworks.ts'
import { mediumLine } from '../caption.ts'
import type { Line } from './lines.ts'

/** "Barn, 2019", the title in italics as everywhere where works are listed. */
export const titleLine = ({ title, year }: Pick<Artwork, 'title' | 'year'>): Line => [
  { text: title, style: 'italic' },
  ...(year === null ? [] : [{ text: `, ${year}`, style: 'regular' as const }]),
]

/** "30 × 40 cm": height first. A size is read in one piece, so it stays in one line. */
const sizeOf = ({ dimensions }: Pick<Artwork, 'dimensions'>): string | null =>
  dimensions && formatDimensions(dimensions).replaceAll(' ', '\u00a0')

/** "Edition 3 of 10 + 2 AP". */
function editionOf({ edition }: Pick<Artwork, 'edition'>): string | null {
  if (!edition) return null
  return edition.copy === null ? formatEdition(edition) : `Edition ${formatEdition(edition)}`
}

/** What stands below the title, a line each. */
export const factsOf = (work: Artwork): string[] =>
  [mediumLine(work), sizeOf(work), editionOf(work)].filter(fact => fact !== null)
