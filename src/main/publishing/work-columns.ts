import {
  type Artwork,
  type Copy,
  currencyDigits,
  formatCopyNumber,
  formatDimensions,
  formatEdition,
  type Price,
} from '../../shared/artworks.ts'
import { type Column, listSeparator } from './csv.ts'

/** "1200.50": a number that every spreadsheet in English reads, the currency beside it. */
function amountOf(price: Price): string {
  const digits = currencyDigits(price.currency)
  const text = String(price.minor).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** The main picture first. */
const pictureNames = ({ media }: Artwork): string =>
  media
    .toSorted((a, b) => Number(b.role === 'main') - Number(a.role === 'main'))
    .map(each => each.media.filename)
    .join(listSeparator)

/** "1/10: sold 2024-05-01, 800.00 EUR, to E. Nguyễn; 2/10: reserved": what is said of each that is listed. */
function copiesOf({ copies, edition }: Artwork): string {
  const said = ({ status, statusOn, price, location, buyer, note }: Copy): string =>
    [
      [status, statusOn].filter(part => part !== null).join(' '),
      price && `${amountOf(price)} ${price.currency}`,
      location,
      buyer && `to ${buyer}`,
      note,
    ]
      .filter(part => part !== null)
      .join(', ')
  return copies.map(copy => `${formatCopyNumber(copy, edition)}: ${said(copy)}`).join(listSeparator)
}

/** What a table tells of a work, in the order of a catalogue. The names are a stored format. */
export const workColumns: readonly Column<Artwork>[] = [
  { name: 'inventory_number', of: work => work.inventoryNumber },
  { name: 'title', of: work => work.title },
  { name: 'year', of: work => work.year },
  { name: 'medium', of: work => work.medium },
  { name: 'support', of: work => work.support },
  { name: 'dimensions', of: work => work.dimensions && formatDimensions(work.dimensions) },
  { name: 'height_mm', of: work => work.dimensions?.heightMm ?? null },
  { name: 'width_mm', of: work => work.dimensions?.widthMm ?? null },
  { name: 'depth_mm', of: work => work.dimensions?.depthMm ?? null },
  { name: 'edition', of: work => work.edition && formatEdition(work.edition) },
  { name: 'series', of: work => work.series },
  { name: 'status', of: work => work.status },
  { name: 'price', of: ({ price }) => price && amountOf(price) },
  { name: 'currency', of: work => work.price?.currency ?? null },
  { name: 'copies', of: copiesOf },
  { name: 'location', of: work => work.location },
  { name: 'provenance', of: work => work.provenance },
  { name: 'statement', of: work => work.statement },
  { name: 'pictures', of: pictureNames },
  { name: 'created', of: work => work.createdAt },
  { name: 'updated', of: work => work.updatedAt },
  { name: 'id', of: work => work.id },
]
