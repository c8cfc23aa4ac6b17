import { z } from 'zod'
import { plainSpaces, type Reading, read, unread } from './reading.ts'

const count = z.number().int().positive().max(100_000)

/** Copies of one work: which one this is, of how many, and how many artist's proofs there are besides. */
export const editionSchema = z
  .object({ copy: count.nullable(), size: count, proofs: count.nullable() })
  .refine(({ copy, size }) => copy === null || copy <= size, 'The copy is beyond the edition')
export type Edition = z.infer<typeof editionSchema>

const pattern =
  /^(?:edition|ed\.?)?(?: ?of)? ?(?:(?:no\.?|copy)? ?(\d+) ?(?:\/|of) ?)?(\d+)(?: ?(?:\+|plus|and|&) ?(\d+) ?(?:a\.?p\.?s?|artist.?s? proofs?|e\.?a\.?))?$/i

/** "3 of 10 + 2 AP", "3/10", "edition of 10". Null for a work that there is once: "unique", "1/1". */
export function parseEdition(text: string): Reading<Edition | null> {
  const plain = plainSpaces(text)
  if (/^(unique|unikat|one of a kind)$/i.test(plain)) return read(null)
  const match = pattern.exec(plain)
  if (!match) return unread(`“${plain}” is no edition. Write it such as 3 of 10 + 2 AP, edition of 10, or unique.`)
  const [copy, size, proofs] = match.slice(1).map(part => (part === undefined ? null : Number(part)))
  if (!size) return unread('An edition has at least one copy.')
  if (copy === 0) return unread('Copies are counted from 1.')
  if (copy && copy > size) return unread(`Copy ${copy} is beyond an edition of ${size}.`)
  if (size > 100_000 || (proofs ?? 0) > 100_000) return unread('An edition has at most 100,000 copies.')
  if (size === 1 && !proofs) return read(null)
  return read({ copy: copy ?? null, size, proofs: proofs || null })
}

export function formatEdition({ copy, size, proofs }: Edition): string {
  return `${copy === null ? `Edition of ${size}` : `${copy} of ${size}`}${proofs === null ? '' : ` + ${proofs} AP`}`
}
