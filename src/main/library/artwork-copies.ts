import {
  type ArtworkFields,
  type ArtworkId,
  type Copy,
  type CopyFields,
  type CopyKey,
  copiesMost,
  type Edition,
  formatCopyNumber,
  nextCopyNumber,
  statusOfCopies,
} from '../../shared/artworks.ts'
import { today } from '../../shared/find/days.ts'
import { type ArtworkRow, artworkColumns, cellsOf, editionOf } from './artwork-rows.ts'
import type { Commands } from './commands.ts'
import { copyCells, createCopiesOf } from './copy-rows.ts'
import type { Db } from './database.ts'
import type { Edit } from './edits.ts'

type Done = { commandId: number | null }
type Added = Done & { copy: CopyKey }
type CopyChanges = { [N in keyof CopyFields]?: CopyFields[N] | undefined }
export type CopyFault =
  | 'no-artwork'
  | 'no-edition'
  | 'no-copy'
  | 'copy-there'
  | 'copy-beyond'
  | 'no-copy-left'
  | 'too-many-copies'

const blank: CopyFields = { status: 'available', statusOn: null, price: null, location: null, buyer: null, note: null }
const isSame = (a: CopyKey, b: CopyKey): boolean => a.kind === b.kind && a.number === b.number

interface Listed {
  row: ArtworkRow
  edition: Edition
  copies: Copy[]
}

/** Copies of an edition, each with a state of its own. A person's commands; the status of the work follows them. */
export function createArtworkCopies(db: Db, { edits, run }: Commands) {
  const byId = db.prepare<[number], ArtworkRow>(`SELECT ${artworkColumns} FROM artworks WHERE id = ?`)
  const copiesOf = createCopiesOf(db)

  function listedOf(id: ArtworkId): Listed | 'no-artwork' | 'no-edition' {
    const row = byId.get(id)
    if (!row) return 'no-artwork'
    const edition = editionOf(row)
    return edition ? { row, edition, copies: copiesOf(id) } : 'no-edition'
  }

  /** Exactly these copies from now on, and a work that stands for them. */
  function list({ row, edition, copies }: Listed, wanted: readonly Copy[]): (Edit | null)[] {
    const gone = copies.filter(copy => !wanted.some(other => isSame(copy, other)))
    // What stood for one copy stands for all, once they are listed.
    const whole: ArtworkRow = wanted.length > 0 ? { ...row, edition_copy: null } : row
    const follows = wanted.length > 0 ? { ...whole, status: statusOfCopies(edition, wanted) } : whole
    const isChanged = follows.status !== row.status || follows.edition_copy !== row.edition_copy
    return [
      ...gone.map(({ kind, number }) => edits.remove('artwork_copies', row.id, kind, number)),
      ...wanted.map(copy => edits.put('artwork_copies', copyCells(row.id, copy))),
      isChanged ? edits.put('artworks', cellsOf({ ...follows, updated_at: new Date().toISOString() })) : null,
    ]
  }

  function runList(listed: Listed, wanted: readonly Copy[], title: string): Done {
    const { commandId } = run(() => ({ done: list(listed, wanted), isFiled: false, title }))
    return { commandId }
  }

  return {
    /**
     * Every copy of a limited edition that is not listed yet. They have the status of the work; where its entry was of one
     * copy, that one has its status, and of the others nothing is known but that they are.
     */
    listAll(id: ArtworkId): Done | CopyFault {
      const listed = listedOf(id)
      if (typeof listed === 'string') return listed
      const { row, edition, copies } = listed
      const count = (edition.size ?? 0) + (edition.proofs ?? 0)
      if (count > copiesMost) return 'too-many-copies'
      const statusOf = (key: CopyKey): Copy['status'] =>
        edition.copy === null || (key.kind === 'copy' && key.number === edition.copy) ? row.status : 'available'
      const wanted = keysOf(edition).map(
        key => copies.find(copy => isSame(copy, key)) ?? { ...blank, ...key, status: statusOf(key) },
      )
      const others = copies.filter(copy => !wanted.some(each => isSame(each, copy)))
      return runList(listed, [...wanted, ...others], `List the copies of “${row.title}”`)
    },

    /** @param number null: the next one. */
    add(id: ArtworkId, kind: CopyKey['kind'], number: number | null): Added | CopyFault {
      const listed = listedOf(id)
      if (typeof listed === 'string') return listed
      const { row, edition, copies } = listed
      if (copies.length >= copiesMost) return 'too-many-copies'
      const free = number ?? nextCopyNumber(kind, edition, copies)
      if (free === null) return 'no-copy-left'
      const key: CopyKey = { kind, number: free }
      if (copies.some(copy => isSame(copy, key))) return 'copy-there'
      if (isBeyond(key, edition)) return 'copy-beyond'
      const isItself = kind === 'copy' && edition.copy === free
      const added: Copy = { ...blank, ...key, status: isItself ? row.status : 'available' }
      const title = `Add ${formatCopyNumber(key, edition)} to “${row.title}”`
      return { ...runList(listed, [...copies, added], title), copy: key }
    },

    /** A status that changes holds from today on, unless a day is given. */
    change(id: ArtworkId, key: CopyKey, changes: CopyChanges): Done | CopyFault {
      const listed = listedOf(id)
      if (typeof listed === 'string') return listed
      const { row, edition, copies } = listed
      const before = copies.find(copy => isSame(copy, key))
      if (!before) return 'no-copy'
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      const isMoved = changes.status !== undefined && changes.status !== before.status
      const after: Copy = { ...before, ...(isMoved && { statusOn: today() }), ...given }
      const wanted = copies.map(copy => (copy === before ? after : copy))
      return runList(listed, wanted, `Change ${formatCopyNumber(key, edition)} of “${row.title}”`)
    },

    remove(id: ArtworkId, keys: readonly CopyKey[]): Done | CopyFault {
      const listed = listedOf(id)
      if (typeof listed === 'string') return listed
      const { row, edition, copies } = listed
      const wanted = copies.filter(copy => !keys.some(key => isSame(copy, key)))
      const what = keys.length === 1 ? formatCopyNumber(keys[0] as CopyKey, edition) : 'copies'
      return runList(listed, wanted, `Take ${what} from “${row.title}”`)
    },
  }
}

function keysOf({ size, proofs }: Edition): CopyKey[] {
  const some = (kind: CopyKey['kind'], count: number | null) =>
    Array.from({ length: count ?? 0 }, (_, i): CopyKey => ({ kind, number: i + 1 }))
  return [...some('copy', size), ...some('proof', proofs)]
}

function isBeyond({ kind, number }: CopyKey, { size, proofs }: Edition): boolean {
  return kind === 'copy' ? size !== null && number > size : number > (proofs ?? 0)
}

/** Why a work whose copies are listed cannot say this of them; null: it can. */
export function faultOfCopies(
  before: Pick<ArtworkFields, 'status'>,
  after: Pick<ArtworkFields, 'edition' | 'status'>,
  copies: readonly Copy[],
): 'copies-listed' | 'status-of-copies' | null {
  if (!hasRoomFor(after.edition, copies)) return 'copies-listed'
  return copies.length > 0 && after.status !== before.status ? 'status-of-copies' : null
}

/** Whether an edition, as it is written, has room for the copies that are listed of it. */
function hasRoomFor(edition: Edition | null, copies: readonly Copy[]): boolean {
  if (copies.length === 0) return true
  return edition !== null && edition.copy === null && copies.every(copy => !isBeyond(copy, edition))
}
