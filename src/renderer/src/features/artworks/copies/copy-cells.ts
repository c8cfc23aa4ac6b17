import {
  type Copy,
  type CopyFields,
  formatPrice,
  parsePrice,
  priceSchema,
  type Reading,
} from '../../../../../shared/artworks.ts'
import type { Usual } from '../fields.ts'

export type CellName = Exclude<keyof CopyFields, 'status'>

export interface CellKind {
  name: CellName
  title: string
  isDay?: boolean
  most: number
  read: (text: string, usual: Usual) => Reading<Partial<CopyFields>>
  write: (copy: Copy) => string
}

function plain(name: 'location' | 'buyer' | 'note', most: number): Pick<CellKind, 'name' | 'most' | 'read' | 'write'> {
  return {
    name,
    most,
    read: text => ({ ok: true, value: { [name]: text } }),
    write: copy => copy[name] ?? '',
  }
}

/** What is written of a copy beside its status, in the order of the table. */
export const cellKinds: readonly CellKind[] = [
  {
    name: 'statusOn',
    title: 'Since',
    isDay: true,
    most: 10,
    read: text =>
      /^(1[5-9]|2[01])\d\d-/.test(text)
        ? { ok: true, value: { statusOn: text } }
        : { ok: false, error: 'A day is between the years 1500 and 2199.' },
    write: ({ statusOn }) => statusOn ?? '',
  },
  {
    name: 'price',
    title: 'Price',
    most: 40,
    read: (text, { currency }) => {
      const reading = parsePrice(text, currency)
      return reading.ok ? { ok: true, value: { price: priceSchema.parse(reading.value) } } : reading
    },
    write: ({ price }) => (price ? formatPrice(price) : ''),
  },
  { ...plain('location', 300), title: 'Location' },
  { ...plain('buyer', 300), title: 'Buyer' },
  { ...plain('note', 2_000), title: 'Note' },
]

/** What a person typed in a cell. Nothing typed is nothing said. */
export function readCell(kind: CellKind, text: string, usual: Usual): Reading<Partial<CopyFields>> {
  const typed = text.trim()
  return typed === '' ? { ok: true, value: { [kind.name]: null } } : kind.read(typed, usual)
}
