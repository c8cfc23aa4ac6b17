import { type ArtworkId, type Copy, inCopyOrder } from '../../shared/artworks.ts'
import type { Db } from './database.ts'

/** In the order of `edits.ts`. */
interface CopyRow {
  artwork_id: number
  kind: Copy['kind']
  number: number
  status: Copy['status']
  status_on: string | null
  price_minor: number | null
  currency: string | null
  location: string | null
  buyer: string | null
  note: string | null
}

export const copyColumns = [
  'artwork_id',
  'kind',
  'number',
  'status',
  'status_on',
  'price_minor',
  'currency',
  'location',
  'buyer',
  'note',
] as const satisfies readonly (keyof CopyRow)[]

export function copyCells(artworkId: ArtworkId, copy: Copy): (string | number | null)[] {
  const { kind, number, status, statusOn, price, location, buyer, note } = copy
  return [
    artworkId,
    kind,
    number,
    status,
    statusOn,
    price?.minor ?? null,
    price?.currency ?? null,
    location,
    buyer,
    note,
  ]
}

function copyOf({ kind, number, status, status_on: statusOn, location, buyer, note, ...row }: CopyRow): Copy {
  const price = row.price_minor === null ? null : { minor: row.price_minor, currency: row.currency ?? 'EUR' }
  return { kind, number, status, statusOn, price, location, buyer, note }
}

/** The copies of a work that are listed, in their order. */
export function createCopiesOf(db: Db): (id: ArtworkId) => Copy[] {
  const rows = db.prepare<[number], CopyRow>(`SELECT ${copyColumns} FROM artwork_copies WHERE artwork_id = ?`)
  return id => inCopyOrder(rows.all(id).map(copyOf))
}
