import type { MediaId, MediaTile } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { type Fingerprints, onesIn } from './fingerprints.ts'
import { createFresh } from './fresh.ts'
import { createTilesById } from './tiles.ts'

/**
 * Measured on 2,146 drawings and wallpapers, of which 195 were also saved at a third of their size as JPEG of quality 60: half
 * of those copies differ in 2 bits or less, 95 in 100 in 5 or less, 99 in 100 in 7 or less. Up to 6, what is not a copy is the
 * same motif in another colour or another rendering; at 8, pictures that have nothing to do with each other begin (a coin
 * and a road sign).
 */
const nearDistance = 6
/** Of a group; what is alike by the hundred is not looked at one by one. */
const groupShown = 60

export interface NearDuplicates {
  groups: { items: MediaTile[]; count: number }[]
  total: number
  nextAfter: number | null
}

/** Groups of pictures that look nearly the same. They are found once, and again when pictures have changed. */
export function createNearDuplicates(db: Db, fingerprints: () => Fingerprints) {
  const tilesOf = createTilesById(db)
  const groups = createFresh(db, () => nearGroups(fingerprints()))

  return function page(after: number, limit: number): NearDuplicates {
    const all = groups()
    const shown = all.slice(after, after + limit)
    return {
      groups: shown.map(ids => ({ items: tilesOf(ids.slice(0, groupShown)), count: ids.length })),
      total: all.length,
      nextAfter: after + limit < all.length ? after + limit : null,
    }
  }
}

/** Largest group first, then the one with the newest picture; in a group the oldest first. */
function nearGroups(fingerprints: Fingerprints): MediaId[][] {
  const { ids, count } = fingerprints
  const sets = createSets(count)
  const distinct = joinEqual(fingerprints, sets)
  joinNear(fingerprints, distinct, sets)
  const members = new Map<number, MediaId[]>()
  for (let i = 0; i < count; i++) {
    const root = sets.rootOf(i)
    const known = members.get(root)
    if (known) known.push(ids[i] as number)
    else members.set(root, [ids[i] as number])
  }
  const found = [...members.values()].filter(group => group.length > 1)
  for (const group of found) group.sort((a, b) => a - b)
  return found.sort((a, b) => b.length - a.length || (b.at(-1) ?? 0) - (a.at(-1) ?? 0))
}

/** Union-find, with paths halved on the way. */
function createSets(count: number) {
  const parents = Uint32Array.from({ length: count }, (_, i) => i)
  function rootOf(i: number): number {
    let at = i
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number
      at = parents[at] as number
    }
    return at
  }
  return {
    rootOf,
    join(a: number, b: number): void {
      parents[rootOf(b)] = rootOf(a)
    },
  }
}

type Sets = ReturnType<typeof createSets>

/** A thousand equal ones would be half a million pairs: they are one. @returns one of each. */
function joinEqual({ high, low, count }: Fingerprints, sets: Sets): Uint32Array {
  const first = new Map<number, Map<number, number>>()
  const distinct: number[] = []
  for (let i = 0; i < count; i++) {
    const ofHigh = first.get(high[i] as number) ?? new Map<number, number>()
    first.set(high[i] as number, ofHigh)
    const known = ofHigh.get(low[i] as number)
    if (known !== undefined) sets.join(known, i)
    else {
      ofHigh.set(low[i] as number, i)
      distinct.push(i)
    }
  }
  return Uint32Array.from(distinct)
}

/**
 * Of two that differ in at most seven bits, one of four pieces of 16 bits differs in at most one. So each is only held
 * against those whose piece is the same, or the same but for one bit.
 */
function joinNear({ high, low }: Fingerprints, distinct: Uint32Array, sets: Sets): void {
  function joinIfNear(a: number, b: number): void {
    const ones = onesIn((high[a] as number) ^ (high[b] as number)) + onesIn((low[a] as number) ^ (low[b] as number))
    if (ones <= nearDistance) sets.join(a, b)
  }
  for (const [half, shift] of pieces) {
    const { order, starts } = sortedByPiece(half === 'high' ? high : low, shift, distinct)
    for (let key = 0; key < pieceCount; key++) {
      const [start, end] = [starts[key] as number, starts[key + 1] as number]
      for (let i = start; i < end; i++) {
        for (let k = i + 1; k < end; k++) joinIfNear(order[i] as number, order[k] as number)
        for (let bit = 1; bit < pieceCount; bit <<= 1) {
          // Each pair of pieces is met twice; once is enough.
          if (key & bit) continue
          const last = starts[(key | bit) + 1] as number
          for (let k = starts[key | bit] as number; k < last; k++) joinIfNear(order[i] as number, order[k] as number)
        }
      }
    }
  }
}

const pieceCount = 1 << 16
const pieces = [
  ['high', 16],
  ['high', 0],
  ['low', 16],
  ['low', 0],
] as const

/** Counting sort: `order` holds those with the piece `key` from `starts[key]` to `starts[key + 1]`. */
function sortedByPiece(half: Uint32Array, shift: number, distinct: Uint32Array) {
  const pieceOf = (i: number) => ((half[i] as number) >>> shift) & (pieceCount - 1)
  const starts = new Uint32Array(pieceCount + 1)
  for (const i of distinct) starts[pieceOf(i) + 1] = (starts[pieceOf(i) + 1] as number) + 1
  for (let key = 0; key < pieceCount; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number)
  const next = starts.slice()
  const order = new Uint32Array(distinct.length)
  for (const i of distinct) {
    const place = next[pieceOf(i)] as number
    next[pieceOf(i)] = place + 1
    order[place] = i
  }
  return { order, starts }
}
