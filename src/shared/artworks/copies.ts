import { z } from 'zod'
import type { Edition } from './edition.ts'
import { priceSchema } from './price.ts'
import { plainSpaces, type Reading, read, unread } from './reading.ts'
import { type ArtworkStatus, artworkStatusSchema } from './status.ts'

/** Numbered copies, and the artist's proofs beside them, which are counted by themselves. */
export const copyKinds = ['copy', 'proof'] as const

/** What tells a copy from the others of its work. */
export const copyKeySchema = z.object({
  kind: z.enum(copyKinds),
  number: z.number().int().positive().max(100_000),
})
export type CopyKey = z.infer<typeof copyKeySchema>

const line = z.string().trim().min(1).max(300)

/** What is said of one copy. Null: nothing. */
export const copyFieldsSchema = z.object({
  status: artworkStatusSchema,
  /** The day from which the status holds. */
  statusOn: z.iso.date().nullable(),
  /** Null: that of the work. */
  price: priceSchema.nullable(),
  location: line.nullable(),
  buyer: line.nullable(),
  note: z.string().trim().min(1).max(2_000).nullable(),
})
export type CopyFields = z.infer<typeof copyFieldsSchema>

export const copySchema = copyKeySchema.extend(copyFieldsSchema.shape)
export type Copy = z.infer<typeof copySchema>

/** So many can be listed of one work: more is no table that anybody reads. */
export const copiesMost = 500

/** "3/10", "AP 1/2"; of an open edition "3". */
export function formatCopyNumber({ kind, number }: CopyKey, edition: Edition | null): string {
  const of = kind === 'copy' ? edition?.size : edition?.proofs
  return `${kind === 'proof' ? 'AP ' : ''}${number}${of ? `/${of}` : ''}`
}

const numberPattern = /^(a\.?p\.?|e\.?a\.?|artist.?s? proof)? ?(?:no\.? ?)?(\d{1,6})?(?: ?(?:\/|of) ?\d{1,6})?$/i

/** "3", "3/10", "AP 1/2"; "AP" alone is the next proof. What stands behind the stroke is the edition's to say. */
export function parseCopyNumber(text: string): Reading<{ kind: CopyKey['kind']; number: number | null }> {
  const plain = plainSpaces(text)
  const match = numberPattern.exec(plain)
  const [proof, digits] = [match?.[1], match?.[2]]
  if (!match || (!proof && !digits)) return unread(`“${plain}” is no number of a copy. Write it such as 3 or AP 1.`)
  if (digits !== undefined && Number(digits) === 0) return unread('Copies are counted from 1.')
  return read({ kind: proof ? 'proof' : 'copy', number: digits === undefined ? null : Number(digits) })
}

/** The number that the next copy has: what is missing first, in an open edition the one behind the last. Null: none is left. */
export function nextCopyNumber(kind: CopyKey['kind'], edition: Edition, copies: readonly CopyKey[]): number | null {
  const there = new Set(copies.filter(copy => copy.kind === kind).map(copy => copy.number))
  if (kind === 'copy' && edition.size === null) return Math.max(0, ...there) + 1
  const most = (kind === 'copy' ? edition.size : edition.proofs) ?? 0
  for (let number = 1; number <= most; number++) if (!there.has(number)) return number
  return null
}

/** Copies first, then proofs, each by their numbers. */
export function inCopyOrder<T extends CopyKey>(copies: readonly T[]): T[] {
  return copies.toSorted((a, b) => copyKinds.indexOf(a.kind) - copyKinds.indexOf(b.kind) || a.number - b.number)
}

/** What can be had most easily comes first. */
const easiest: readonly ArtworkStatus[] = ['available', 'reserved', 'on-loan', 'not-for-sale', 'sold']

/**
 * The status of a work whose copies are listed is not said beside them, it follows: that of the copy which can be had most
 * easily. One that is not listed counts as available, as does the next of an open edition, so a work is sold when every copy is.
 */
export function statusOfCopies(edition: Edition, copies: readonly Copy[]): ArtworkStatus {
  const numbered = copies.filter(({ kind }) => kind === 'copy').length
  if (edition.size === null || numbered < edition.size) return 'available'
  const there = new Set(copies.map(({ status }) => status))
  return easiest.find(status => there.has(status)) ?? 'available'
}

/** How many of a work's copies are listed, and how many of them are sold. */
export const copyTallySchema = z.object({ listed: z.number(), sold: z.number(), soldProofs: z.number() })
export type CopyTally = z.infer<typeof copyTallySchema>

export const tallyOf = (copies: readonly Copy[]): CopyTally => ({
  listed: copies.length,
  sold: copies.filter(({ kind, status }) => kind === 'copy' && status === 'sold').length,
  soldProofs: copies.filter(({ kind, status }) => kind === 'proof' && status === 'sold').length,
})

/** "4 of 10 sold", "4 of 10 + 1 AP sold"; of an open edition "4 sold". */
export function formatSold({ sold, soldProofs }: CopyTally, edition: Edition | null): string {
  const of = edition?.size ? ` of ${edition.size}` : ''
  return `${sold}${of}${soldProofs > 0 ? ` + ${soldProofs} AP` : ''} sold`
}
