import { z } from 'zod'
import { plainSpaces, type Reading, read, unread } from './reading.ts'

const countMost = 100_000
const count = z.number().int().positive().max(countMost)

/** Copies of one work: which one this entry is, of how many, and how many artist's proofs there are besides. */
export const editionSchema = z
  .object({
    /** Null: the entry stands for all of them. */
    copy: count.nullable(),
    /** Null: an open edition, copies are made without end. */
    size: count.nullable(),
    proofs: count.nullable(),
  })
  .refine(({ copy, size }) => copy === null || copy <= (size ?? 0), 'The copy is beyond the edition')
export type Edition = z.infer<typeof editionSchema>

const proofs = String.raw`(?: ?(?:\+|plus|and|&) ?(\d+) ?(?:a\.?p\.?s?|artist.?s? proofs?|e\.?a\.?))?`
const limited = new RegExp(
  String.raw`^(?:edition|ed\.?)?(?: ?of)? ?(?:(?:no\.?|copy)? ?(\d+) ?(?:\/|of) ?)?(\d+)${proofs}$`,
  'i',
)
const open = new RegExp(String.raw`^(?:open|unlimited)(?: ed(?:ition|\.)?)?${proofs}$`, 'i')
const proofAlone = /^(?:a\.?p\.?|e\.?a\.?|artist.?s? proof)(?: ?\d+)?(?: ?\/ ?\d+)?$/i

/** "3 of 10 + 2 AP", "3/10", "edition of 10", "open edition". Null for a work that there is once: "unique", "1/1". */
export function parseEdition(text: string): Reading<Edition | null> {
  const plain = plainSpaces(text)
  if (/^(unique|unikat|one of a kind)$/i.test(plain)) return read(null)
  if (proofAlone.test(plain)) {
    return unread(`“${plain}” is one of the copies. Write the edition here, such as 10 + 2 AP, and list its copies.`)
  }
  const unlimited = open.exec(plain)
  if (unlimited) return sized(null, null, Number(unlimited[1] ?? 0))
  const match = limited.exec(plain)
  if (!match)
    return unread(`“${plain}” is no edition. Write it such as 3 of 10 + 2 AP, edition of 10, open edition, or unique.`)
  const [copy, size, proofCount] = match.slice(1).map(part => (part === undefined ? null : Number(part)))
  if (!size) return unread('An edition has at least one copy.')
  if (copy === 0) return unread('Copies are counted from 1.')
  if (copy && copy > size) return unread(`Copy ${copy} is beyond an edition of ${size}.`)
  if (size === 1 && !proofCount) return read(null)
  return sized(copy ?? null, size, proofCount ?? 0)
}

function sized(copy: number | null, size: number | null, proofCount: number): Reading<Edition> {
  if (Math.max(size ?? 0, proofCount) > countMost) return unread('An edition has at most 100,000 copies.')
  return read({ copy, size, proofs: proofCount || null })
}

export function formatEdition({ copy, size, proofs: proofCount }: Edition): string {
  const copies = size === null ? 'Open edition' : copy === null ? `Edition of ${size}` : `${copy} of ${size}`
  return `${copies}${proofCount === null ? '' : ` + ${proofCount} AP`}`
}
