import {
  type ArtworkFields,
  formatDimensions,
  formatEdition,
  formatPrice,
  parseDimensions,
  parseEdition,
  parsePrice,
  parseYears,
  type Reading,
} from '../../../../shared/artworks.ts'
import type { Settings } from '../../lib/contract.ts'

/** How a person measures and sells, where they write neither unit nor currency. */
export type Usual = Pick<Settings, 'sizeUnit' | 'currency'>

export type TextFieldName = Exclude<keyof ArtworkFields, 'status'>

export interface FieldKind {
  name: TextFieldName
  label: string
  example: string
  /** Several lines. */
  isLong?: boolean
  read: (text: string, usual: Usual) => Reading<Partial<ArtworkFields>>
  write: (fields: ArtworkFields) => string
}

/** Text of one line or of many, as it is. */
function plain(name: 'medium' | 'support' | 'series' | 'location' | 'provenance' | 'statement', most: number) {
  return {
    name,
    read: (text: string): Reading<Partial<ArtworkFields>> =>
      text.length > most
        ? { ok: false, error: `This is too long by ${text.length - most} characters.` }
        : { ok: true, value: { [name]: text } },
    write: (fields: ArtworkFields) => fields[name] ?? '',
  }
}

const lineMost = 300
const textMost = 20_000

function named<T>(reading: Reading<T>, give: (value: T) => Partial<ArtworkFields>): Reading<Partial<ArtworkFields>> {
  return reading.ok ? { ok: true, value: give(reading.value) } : reading
}

/** Everything that is written about a work, in the order of a catalogue. */
export const fieldKinds: readonly FieldKind[] = [
  {
    name: 'title',
    label: 'Title',
    example: 'Untitled',
    read: text =>
      text.length > lineMost
        ? { ok: false, error: `This is too long by ${text.length - lineMost} characters.` }
        : { ok: true, value: { title: text } },
    write: fields => fields.title,
  },
  {
    name: 'year',
    label: 'Year',
    example: '2019, c. 2019, 2019–21',
    read: text => named(parseYears(text), years => ({ year: years.text })),
    write: fields => fields.year ?? '',
  },
  { ...plain('medium', lineMost), label: 'Medium', example: 'Oil' },
  { ...plain('support', lineMost), label: 'Support', example: 'Canvas' },
  {
    name: 'dimensions',
    label: 'Dimensions',
    example: 'Height × width × depth: 30 × 40 cm, 12 1/2 × 9 in',
    read: (text, usual) => named(parseDimensions(text, usual.sizeUnit), dimensions => ({ dimensions })),
    write: ({ dimensions }) => (dimensions ? formatDimensions(dimensions) : ''),
  },
  {
    name: 'edition',
    label: 'Edition',
    example: 'Unique, 10 + 2 AP, 3 of 10, open edition',
    read: text => named(parseEdition(text), edition => ({ edition })),
    write: ({ edition }) => (edition ? formatEdition(edition) : ''),
  },
  { ...plain('series', lineMost), label: 'Series', example: 'None' },
  {
    name: 'price',
    label: 'Price',
    example: '1,200 EUR',
    read: (text, usual) => named(parsePrice(text, usual.currency), price => ({ price })),
    write: ({ price }) => (price ? formatPrice(price) : ''),
  },
  { ...plain('location', lineMost), label: 'Location', example: 'Where it is now' },
  {
    name: 'inventoryNumber',
    label: 'Inventory no.',
    example: 'The next one, when it is made',
    read: text =>
      text.length > 60
        ? { ok: false, error: 'An inventory number has at most 60 characters.' }
        : { ok: true, value: { inventoryNumber: text } },
    write: fields => fields.inventoryNumber ?? '',
  },
  { ...plain('provenance', textMost), label: 'Provenance', example: 'Who had it before', isLong: true },
  { ...plain('statement', textMost), label: 'Statement', example: 'What you say of it', isLong: true },
]

/** What a person typed in one field. Nothing typed is nothing said, but for a title. */
export function readField(kind: FieldKind, text: string, usual: Usual): Reading<Partial<ArtworkFields>> {
  const typed = text.trim()
  if (typed !== '') return kind.read(typed, usual)
  if (kind.name === 'title') return { ok: false, error: 'A work needs a title, if only “Untitled”.' }
  return { ok: true, value: { [kind.name]: null } }
}
