import {
  type ArtworkFields,
  type ArtworkId,
  artworkFieldNames,
  type FieldSources,
  type MediaRole,
  parseYears,
  statusOfCopies,
} from '../../shared/artworks.ts'
import type { MediaId } from '../../shared/media.ts'
import { faultOfCopies } from './artwork-copies.ts'
import { type ArtworkRow, artworkColumns, cellsOf, fieldsOf, rowOf } from './artwork-rows.ts'
import type { Commands } from './commands.ts'
import { createCopiesOf } from './copy-rows.ts'
import type { Db } from './database.ts'
import type { Edit } from './edits.ts'
import { createInventoryNumbers } from './inventory-numbers.ts'
import type { createSeries } from './series.ts'

export interface ShownBy {
  id: MediaId
  role: MediaRole
}

export interface ArtworkGiven {
  fields: ArtworkFields
  /** Of fields that nobody has confirmed. */
  sources: FieldSources
  media: readonly ShownBy[]
}

type FieldChanges = { [N in keyof ArtworkFields]?: ArtworkFields[N] | undefined }
type Done = { commandId: number | null }
export type ArtworkFault = 'no-artwork' | 'no-media' | 'number-taken' | 'copies-listed' | 'status-of-copies'

/** What writes it, and the fields that it is of. */
interface Changed {
  names: string[]
  write(): (Edit | null)[]
}

/** What its pictures are found by. */
const filedBy = ['title', 'inventoryNumber', 'series']

/** Works, and which pictures show them. All are a person's commands and can be taken back; pictures are never touched. */
export function createArtworks(
  db: Db,
  { edits, run }: Commands,
  series: ReturnType<typeof createSeries>,
  pattern: () => string,
) {
  const numbers = createInventoryNumbers(db)
  const byId = db.prepare<[number], ArtworkRow>(`SELECT ${artworkColumns} FROM artworks WHERE id = ?`)
  const lastId = db.prepare<[], number>(`SELECT seq FROM sqlite_sequence WHERE name = 'artworks'`).pluck()
  const isKnown = db.prepare<[number], { found: 1 }>('SELECT 1 AS found FROM media WHERE id = ?')
  const mediaOf = db.prepare<[number], ShownBy>(
    'SELECT media_id AS id, role FROM artwork_media WHERE artwork_id = ? ORDER BY position, media_id',
  )
  const copiesOf = createCopiesOf(db)
  const sourcesOf = db
    .prepare<[number], string>('SELECT field FROM artwork_sources WHERE artwork_id = ? ORDER BY field')
    .pluck()

  /** The pictures of a work from now on, in this order. */
  function show(id: ArtworkId, wanted: readonly ShownBy[]) {
    const kept = new Set(wanted.map(media => media.id))
    const gone = mediaOf.all(id).filter(media => !kept.has(media.id))
    return [
      ...gone.map(media => edits.remove('artwork_media', id, media.id)),
      ...wanted.map(({ id: mediaId, role }, place) => edits.put('artwork_media', [id, mediaId, role, place])),
    ]
  }

  /** A command on the pictures of one work. */
  function rearrange(
    id: ArtworkId,
    isFiled: boolean,
    titleOf: (title: string) => string,
    arrange: (now: ShownBy[]) => ShownBy[],
  ): Done | 'no-artwork' {
    const row = byId.get(id)
    if (!row) return 'no-artwork'
    const { commandId } = run(() => ({
      done: show(id, withOneMain(arrange(mediaOf.all(id)))),
      isFiled,
      title: titleOf(row.title),
    }))
    return { commandId }
  }

  const known = (media: readonly ShownBy[]): ShownBy[] => {
    const once = new Map(media.map(each => [each.id, each]))
    return [...once.values()].filter(each => isKnown.get(each.id))
  }

  const nextId = (): ArtworkId => (lastId.get() ?? 0) + 1

  /** A work that is made, within a command. Its number is free. */
  function made(id: ArtworkId, number: string, { fields, sources, media }: ArtworkGiven): (Edit | null)[] {
    numbers.keep(number, id)
    const now = new Date().toISOString()
    const of = { id, seriesId: series.idFor(fields.series), seriesPosition: null, createdAt: now, updatedAt: now }
    const unconfirmed = artworkFieldNames.flatMap(field => {
      const source = fields[field] === null ? undefined : sources[field]
      return source && source.source !== 'person' ? [{ field, ...source }] : []
    })
    return [
      edits.put('artworks', cellsOf(rowOf({ ...fields, inventoryNumber: number }, of))),
      ...unconfirmed.map(each => edits.put('artwork_sources', [id, each.field, each.source, each.confidence])),
      ...show(id, media),
    ]
  }

  /** What is given is the person's from now on. */
  function changed(row: ArtworkRow, changes: FieldChanges): Changed | Exclude<ArtworkFault, 'no-media'> {
    const { id } = row
    const before = fieldsOf(row, series.nameOf(row.series_id))
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const merged = { ...before, ...given }
    const inventoryNumber = merged.inventoryNumber ?? before.inventoryNumber
    const copies = copiesOf(id)
    const fault = faultOfCopies(before, merged, copies)
    if (fault) return fault
    const status = copies.length > 0 && merged.edition ? statusOfCopies(merged.edition, copies) : merged.status
    if (!numbers.isFree(inventoryNumber, id)) return 'number-taken'
    const names = Object.keys(given)
    return {
      names,
      write() {
        numbers.keep(inventoryNumber, id)
        const seriesId = series.idFor(merged.series)
        // Its place was one among the works of the series that it leaves.
        const seriesPosition = seriesId === row.series_id ? row.series_position : null
        const of = { id, seriesId, seriesPosition, createdAt: row.created_at, updatedAt: row.updated_at }
        const same = rowOf({ ...merged, status, inventoryNumber }, of)
        const isChanged = cellsOf(same).some((cell, i) => cell !== cellsOf(row)[i])
        return [
          edits.put('artworks', cellsOf(isChanged ? { ...same, updated_at: new Date().toISOString() } : same)),
          ...names.map(field => edits.remove('artwork_sources', id, field)),
        ]
      },
    }
  }

  function withAdded(now: readonly ShownBy[], mediaIds: readonly MediaId[]): ShownBy[] {
    const there = new Set(now.map(media => media.id))
    const added = mediaIds.filter(id => !there.has(id)).map(id => ({ id, role: 'detail' as const }))
    return [...now, ...known(added)]
  }

  return {
    /** Single steps, within a command of another. */
    steps: {
      /**
       * Also without a picture. A number whose work is gone brings that work back, since no number is given twice.
       * @param number null: the next by the pattern.
       */
      make(number: string | null, fields: Omit<ArtworkFields, 'inventoryNumber'>, mediaIds: readonly MediaId[]) {
        const given = number ?? numbers.next(pattern(), firstYear(fields.year))
        const id = numbers.ownerOf(given) ?? nextId()
        const media = withOneMain(withAdded([], mediaIds))
        return made(id, given, { fields: { ...fields, inventoryNumber: given }, sources: {}, media })
      },
      change(id: ArtworkId, fields: FieldChanges, mediaIds: readonly MediaId[]): (Edit | null)[] {
        const row = byId.get(id)
        if (!row) return []
        const shown = mediaIds.length === 0 ? [] : show(id, withOneMain(withAdded(mediaOf.all(id), mediaIds)))
        const said = Object.keys(fields).length === 0 ? null : changed(row, fields)
        return [...(said === null || typeof said === 'string' ? [] : said.write()), ...shown]
      },
    },

    create({ fields, sources, media }: ArtworkGiven): (Done & { id: ArtworkId }) | ArtworkFault {
      const shown = withOneMain(known(media))
      if (shown.length === 0) return 'no-media'
      const id = nextId()
      const number = fields.inventoryNumber ?? numbers.next(pattern(), firstYear(fields.year))
      if (!numbers.isFree(number, id)) return 'number-taken'
      const { commandId } = run(() => ({
        done: made(id, number, { fields, sources, media: shown }),
        isFiled: true,
        title: `Make the artwork “${fields.title}”`,
      }))
      return { id, commandId }
    },

    /** What is given is the person's from now on. */
    update(id: ArtworkId, changes: FieldChanges): Done | ArtworkFault {
      const row = byId.get(id)
      if (!row) return 'no-artwork'
      const said = changed(row, changes)
      if (typeof said === 'string') return said
      const { names, write } = said
      const what = names.length === 1 ? `the ${fieldTitle(names[0] as string)} of ` : ''
      const { commandId } = run(() => ({
        done: write(),
        isFiled: filedBy.some(name => names.includes(name)),
        title: `Change ${what}“${row.title}”`,
      }))
      return { commandId }
    },

    /** What a file or an analyser said of these fields is the person's word. */
    confirm(id: ArtworkId, fields: readonly string[]): Done | 'no-artwork' {
      const row = byId.get(id)
      if (!row) return 'no-artwork'
      const { commandId } = run(() => {
        const waiting = sourcesOf.all(id).filter(field => fields.includes(field))
        const done = waiting.map(field => edits.remove('artwork_sources', id, field))
        return { done, isFiled: false, title: `Confirm what is said of “${row.title}”` }
      })
      return { commandId }
    },

    addMedia(id: ArtworkId, mediaIds: readonly MediaId[]): Done | 'no-artwork' {
      return rearrange(
        id,
        true,
        title => `Add pictures to “${title}”`,
        now => withAdded(now, mediaIds),
      )
    },

    removeMedia(id: ArtworkId, mediaIds: readonly MediaId[]): Done | 'no-artwork' {
      return rearrange(
        id,
        true,
        title => `Take pictures from “${title}”`,
        now => now.filter(media => !mediaIds.includes(media.id)),
      )
    },

    setRole(id: ArtworkId, mediaId: MediaId, role: MediaRole): Done | 'no-artwork' {
      return rearrange(
        id,
        false,
        title => `Change what a picture of “${title}” shows`,
        now =>
          now.map(media => {
            if (media.id === mediaId) return { ...media, role }
            return role === 'main' && media.role === 'main' ? { ...media, role: 'detail' } : media
          }),
      )
    },

    /** Pictures that are not named come after those that are. */
    reorder(id: ArtworkId, mediaIds: readonly MediaId[]): Done | 'no-artwork' {
      const placeOf = new Map(mediaIds.map((mediaId, place) => [mediaId, place]))
      return rearrange(
        id,
        false,
        title => `Order the pictures of “${title}”`,
        now => now.toSorted((a, b) => (placeOf.get(a.id) ?? mediaIds.length) - (placeOf.get(b.id) ?? mediaIds.length)),
      )
    },

    delete(id: ArtworkId): Done | 'no-artwork' {
      const row = byId.get(id)
      if (!row) return 'no-artwork'
      const { commandId } = run(() => ({
        done: [
          ...show(id, []),
          ...sourcesOf.all(id).map(field => edits.remove('artwork_sources', id, field)),
          ...copiesOf(id).map(({ kind, number }) => edits.remove('artwork_copies', id, kind, number)),
          edits.remove('artworks', id),
        ],
        isFiled: true,
        title: `Delete the artwork “${row.title}”`,
      }))
      return { commandId }
    },
  }
}

/** One picture is the main one: the first that says so, else the first of all. */
function withOneMain(media: readonly ShownBy[]): ShownBy[] {
  const said = media.findIndex(each => each.role === 'main')
  const main = Math.max(said, 0)
  return media.map((each, place) => {
    if (place === main) return { ...each, role: 'main' }
    return each.role === 'main' ? { ...each, role: 'detail' } : each
  })
}

function firstYear(year: string | null): number | null {
  const years = year === null ? null : parseYears(year)
  return years?.ok ? years.value.first : null
}

const fieldTitle = (field: string): string => field.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
