import {
  type ArtworkFields,
  type Edition,
  type FieldSource,
  type FieldSources,
  parseYears,
  type SizeUnit,
} from '../../shared/artworks.ts'

/** In the order of `edits.ts`. */
export interface ArtworkRow {
  id: number
  inventory_number: string
  title: string
  year: string | null
  first_year: number | null
  medium: string | null
  support: string | null
  height_mm: number | null
  width_mm: number | null
  depth_mm: number | null
  unit: string | null
  edition_copy: number | null
  edition_size: number | null
  edition_proofs: number | null
  series_id: number | null
  status: ArtworkFields['status']
  price_minor: number | null
  currency: string | null
  location: string | null
  provenance: string | null
  statement: string | null
  created_at: string
  updated_at: string
  is_open_edition: 1 | null
  series_position: number | null
}

export const artworkColumns = [
  'id',
  'inventory_number',
  'title',
  'year',
  'first_year',
  'medium',
  'support',
  'height_mm',
  'width_mm',
  'depth_mm',
  'unit',
  'edition_copy',
  'edition_size',
  'edition_proofs',
  'series_id',
  'status',
  'price_minor',
  'currency',
  'location',
  'provenance',
  'statement',
  'created_at',
  'updated_at',
  'is_open_edition',
  'series_position',
] as const satisfies readonly (keyof ArtworkRow)[]

export type NumberedFields = ArtworkFields & { inventoryNumber: string }

/** What a row says; the name of its series is in another table. */
export function fieldsOf(row: ArtworkRow, series: string | null): NumberedFields {
  const { title, year, medium, support, status, location, provenance, statement } = row
  return {
    title,
    year,
    medium,
    support,
    dimensions:
      row.height_mm === null
        ? null
        : {
            heightMm: row.height_mm,
            widthMm: row.width_mm,
            depthMm: row.depth_mm,
            unit: (row.unit ?? 'cm') as SizeUnit,
          },
    edition: editionOf(row),
    series,
    status,
    price: row.price_minor === null ? null : { minor: row.price_minor, currency: row.currency ?? 'EUR' },
    location,
    provenance,
    statement,
    inventoryNumber: row.inventory_number,
  }
}

/** Null: there is one. */
export function editionOf(row: ArtworkRow): Edition | null {
  if (row.is_open_edition) return { copy: null, size: null, proofs: row.edition_proofs }
  if (row.edition_size === null) return null
  return { copy: row.edition_copy, size: row.edition_size, proofs: row.edition_proofs }
}

interface RowOf {
  id: number
  seriesId: number | null
  seriesPosition: number | null
  createdAt: string
  updatedAt: string
}

export function rowOf(fields: NumberedFields, of: RowOf): ArtworkRow {
  const { dimensions, edition, price } = fields
  const years = fields.year === null ? null : parseYears(fields.year)
  return {
    id: of.id,
    inventory_number: fields.inventoryNumber,
    title: fields.title,
    year: years?.ok ? years.value.text : null,
    first_year: years?.ok ? years.value.first : null,
    medium: fields.medium,
    support: fields.support,
    height_mm: dimensions?.heightMm ?? null,
    width_mm: dimensions?.widthMm ?? null,
    depth_mm: dimensions?.depthMm ?? null,
    unit: dimensions?.unit ?? null,
    edition_copy: edition?.copy ?? null,
    edition_size: edition?.size ?? null,
    edition_proofs: edition?.proofs ?? null,
    series_id: of.seriesId,
    status: fields.status,
    price_minor: price?.minor ?? null,
    currency: price?.currency ?? null,
    location: fields.location,
    provenance: fields.provenance,
    statement: fields.statement,
    created_at: of.createdAt,
    updated_at: of.updatedAt,
    is_open_edition: edition && edition.size === null ? 1 : null,
    series_position: of.seriesPosition,
  }
}

export const cellsOf = (row: ArtworkRow): (string | number | null)[] => artworkColumns.map(column => row[column])

export interface SourceRow {
  field: string
  source: FieldSource['source']
  confidence: number | null
}

export const sourcesOf = (rows: readonly SourceRow[]): FieldSources =>
  Object.fromEntries(rows.map(({ field, source, confidence }) => [field, { source, confidence }]))
