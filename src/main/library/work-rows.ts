import {
  type ArtworkFields,
  type ArtworkId,
  formatDimensions,
  formatEdition,
  formatPrice,
} from '../../shared/artworks.ts'
import type { MediaId } from '../../shared/media.ts'
import { targetName, type WorkRow } from '../../shared/tables.ts'
import { faultOfCopies } from './artwork-copies.ts'
import { type ArtworkRow, artworkColumns, fieldsOf, type NumberedFields } from './artwork-rows.ts'
import { createCopiesOf } from './copy-rows.ts'
import type { Db } from './database.ts'
import { createPictureNames } from './picture-names.ts'
import { comparable, manySentence, type RowPlan } from './row-plans.ts'

type FieldName = keyof WorkRow['fields']

/** A work that is made, or what changes of one. */
export type WorkAct =
  | { kind: 'make'; number: string | null; fields: Omit<ArtworkFields, 'inventoryNumber'>; mediaIds: MediaId[] }
  | { kind: 'change'; id: ArtworkId; fields: WorkRow['fields']; mediaIds: MediaId[] }

const nothingSaid: Omit<ArtworkFields, 'inventoryNumber' | 'title'> = {
  year: null,
  medium: null,
  support: null,
  dimensions: null,
  edition: null,
  series: null,
  status: 'available',
  price: null,
  location: null,
  provenance: null,
  statement: null,
}

/** What a row of a table makes of works. Only reads. */
export function createWorkRows(db: Db) {
  const names = createPictureNames(db)
  const copiesOf = createCopiesOf(db)
  const byNumber = db.prepare<[string], ArtworkRow>(`SELECT ${artworkColumns} FROM artworks WHERE inventory_number = ?`)
  const byId = db.prepare<[number], ArtworkRow>(`SELECT ${artworkColumns} FROM artworks WHERE id = ?`)
  const seriesName = db.prepare<[number | null], string>('SELECT name FROM series WHERE id = ?').pluck()
  const ownerOf = db.prepare<[string], number>('SELECT artwork_id FROM inventory_numbers WHERE number = ?').pluck()
  const shownBy = db.prepare<[number], number>('SELECT media_id FROM artwork_media WHERE artwork_id = ?').pluck()

  function plan({ number, fields, pictures }: WorkRow): RowPlan<WorkAct> {
    const row = number === null ? undefined : byNumber.get(number)
    const label = [row?.inventory_number ?? number, fields.title ?? row?.title].filter(Boolean).join(' · ')
    const key = number === null ? null : (row?.inventory_number ?? number).toLowerCase()
    const there = new Set(row && shownBy.all(row.id))
    const found = picturesOf(pictures, there)
    const said = { key, label, notes: found.notes, changes: [], act: null }
    if (found.ambiguous.length > 0) return { ...said, kind: 'ambiguous', notes: found.ambiguous }
    if (row) {
      const before = fieldsOf(row, seriesName.get(row.series_id) ?? null)
      return { ...said, ...changed(row.id, before, fields, found.ids) }
    }
    const fault = newFault(number, fields.title)
    if (fault) return { ...said, kind: 'refused', notes: [fault] }
    return { ...said, ...made(number, fields, found.ids) }
  }

  function newFault(number: string | null, title: string | null | undefined): string | null {
    if (!title) {
      return number === null
        ? 'There is neither a title nor an inventory number.'
        : `There is no work ${number}, and a new one needs a title.`
    }
    const owner = number === null ? undefined : ownerOf.get(number)
    const other = owner === undefined ? undefined : byId.get(owner)
    return other
      ? `The number ${number} was given to “${other.title}” before, which is ${other.inventory_number} now. No number is given twice.`
      : null
  }

  function made(number: string | null, given: WorkRow['fields'], mediaIds: MediaId[]) {
    const fields = { ...nothingSaid, ...withoutNull(given) } as Omit<ArtworkFields, 'inventoryNumber'>
    const changes = namesIn(given)
      .filter(name => given[name] !== null && name !== 'title' && given[name] !== 'available')
      .map(name => ({ field: targetName(name), before: null, after: textOf(name, fields[name]) }))
    return {
      kind: 'new' as const,
      changes: [...changes, ...picturesAdded(mediaIds.length)],
      act: { kind: 'make' as const, number, fields, mediaIds },
    }
  }

  function changed(id: ArtworkId, before: NumberedFields, given: WorkRow['fields'], added: MediaId[]) {
    const names = namesIn(given).filter(name => !isSame(before[name], given[name]))
    if (names.length === 0 && added.length === 0) return { kind: 'unchanged' as const }
    const fields = Object.fromEntries(names.map(name => [name, given[name]])) as WorkRow['fields']
    const fault = faultOfCopies(before, { ...before, ...fields }, copiesOf(id))
    if (fault) return { kind: 'refused' as const, notes: [copyFaults[fault]] }
    const changes = names.map(name => ({
      field: targetName(name),
      before: textOf(name, before[name]),
      after: textOf(name, given[name]),
    }))
    return {
      kind: 'changed' as const,
      changes: [...changes, ...picturesAdded(added.length)],
      act: { kind: 'change' as const, id, fields, mediaIds: added },
    }
  }

  /** @param there Pictures of the work: of several that are called alike, it is the one that it has. */
  function picturesOf(given: readonly string[], there: ReadonlySet<MediaId>) {
    const ids = new Set<MediaId>()
    const notes: string[] = []
    const ambiguous: string[] = []
    for (const name of given) {
      const hashed = /^[0-9a-f]{64}$/i.test(name) ? names.byHash(name) : null
      const found = hashed ? [hashed] : names.byPath(name)
      if (found.some(({ id }) => there.has(id))) continue
      if (found.length > 1) ambiguous.push(manySentence(name, found.length))
      else if (found[0]) ids.add(found[0].id)
      else notes.push(`There is no picture ${name} in the library: the work comes without it.`)
    }
    return { ids: [...ids], notes, ambiguous }
  }

  return { plan }
}

const copyFaults = {
  'copies-listed': 'Copies of this work are listed, and this edition has no room for them.',
  'status-of-copies': 'The status of this work follows its copies. Change that of the copies, on its page.',
}

const namesIn = (fields: WorkRow['fields']): FieldName[] => Object.keys(fields) as FieldName[]

const withoutNull = (fields: WorkRow['fields']) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

const picturesAdded = (count: number) =>
  count === 0 ? [] : [{ field: 'Pictures', before: null, after: count === 1 ? '1 picture' : `${count} pictures` }]

function isSame(before: unknown, given: unknown): boolean {
  if (typeof before === 'string' && typeof given === 'string') return comparable(before) === comparable(given)
  return JSON.stringify(before) === JSON.stringify(given)
}

function textOf(name: FieldName, value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (name === 'dimensions') return formatDimensions(value as Parameters<typeof formatDimensions>[0])
  if (name === 'edition') return formatEdition(value as Parameters<typeof formatEdition>[0])
  if (name === 'price') return formatPrice(value as Parameters<typeof formatPrice>[0])
  return String(value)
}
