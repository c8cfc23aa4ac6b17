import type { Db } from './database.ts'

/** The fingerprints of all shown pictures, two halves of 32 bits each, in memory: 12 bytes a picture. */
export interface Fingerprints {
  ids: Uint32Array
  high: Uint32Array
  low: Uint32Array
  /** So many of each array are filled. */
  count: number
}

/**
 * A plain or soft picture, or a disc, has few waves that are strong enough to be counted, and its fingerprint few ones: of
 * two such pictures few bits can differ, whatever they show. They are left out. A full one has 32 of 64, see
 * `imaging/fingerprint.ts`; of photographs and paintings hardly any has less than 24.
 */
const leastOnes = 16

export function readFingerprints(db: Db): Fingerprints {
  const most = db.prepare<[], number>(`SELECT coalesce(max(id), 0) FROM media`).pluck().get() ?? 0
  const rows = db
    .prepare<[], [id: number, fingerprint: string]>(
      `SELECT id, fingerprint FROM media INDEXED BY media_fingerprints WHERE facets IS NOT NULL AND fingerprint IS NOT NULL`,
    )
    .raw()
  const all = { ids: new Uint32Array(most), high: new Uint32Array(most), low: new Uint32Array(most), count: 0 }
  for (const [id, hex] of rows.iterate()) {
    const [high, low] = halvesOf(hex)
    if (!isTelling(high, low)) continue
    all.ids[all.count] = id
    all.high[all.count] = high
    all.low[all.count] = low
    all.count += 1
  }
  return all
}

export function halvesOf(hex: string): [high: number, low: number] {
  return [Number.parseInt(hex.slice(0, 8), 16), Number.parseInt(hex.slice(8), 16)]
}

export const isTelling = (high: number, low: number): boolean => onesIn(high) + onesIn(low) >= leastOnes

/** How many of 32 bits are set. Henry S. Warren, "Hacker's Delight", 5–1. */
export function onesIn(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
