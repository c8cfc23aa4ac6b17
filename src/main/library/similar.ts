import type { MediaId, MediaTile } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { type Fingerprints, halvesOf, isTelling, onesIn } from './fingerprints.ts'
import { createTilesById } from './tiles.ts'
import { cosine, readVectors, type Vectors } from './vectors.ts'

export type SimilarTile = MediaTile & { likeness: number }

/** Two pictures that have nothing to do with each other differ in about half of the 64 bits. */
const unlikeDistance = 32
/**
 * Of pictures that were cropped by a thirtieth on every side 9 in 10 differ in 14 bits or less. Of two pictures chosen at
 * random 3 in 10,000 differ in 18 or less.
 */
const lookDistanceMax = 18
/** Descriptions of anything are alike to some degree. */
const leastMeaning = 0.3

/** Why nothing could be compared; null where it was. */
export type SimilarFault = 'plain' | 'not-embedded' | null
export interface Similar {
  items: SimilarTile[]
  fault: SimilarFault
}

/** Pictures like one, most alike first: all are looked at, in a few milliseconds for half a million. */
export function createSimilar(db: Db, fingerprints: () => Fingerprints) {
  const tilesOf = createTilesById(db)
  const fingerprintOf = db.prepare<[number], string | null>('SELECT fingerprint FROM media WHERE id = ?').pluck()
  let vectors: Vectors | undefined

  function tilesFor(nearest: Nearest): SimilarTile[] {
    const tiles = new Map(tilesOf(nearest.map(({ id }) => id)).map(tile => [tile.id, tile]))
    return nearest.flatMap(({ id, likeness }) => {
      const tile = tiles.get(id)
      return tile ? [{ ...tile, likeness }] : []
    })
  }

  return {
    byLook(id: MediaId, limit: number): Similar {
      const [high, low] = halvesOf(fingerprintOf.get(id) ?? '0000000000000000')
      if (!isTelling(high, low)) return { items: [], fault: 'plain' }
      const all = fingerprints()
      const found = Array.from({ length: lookDistanceMax + 1 }, (): MediaId[] => [])
      for (let i = 0; i < all.count; i++) {
        const distance = onesIn((all.high[i] as number) ^ high) + onesIn((all.low[i] as number) ^ low)
        if (distance <= lookDistanceMax && all.ids[i] !== id) found[distance]?.push(all.ids[i] as number)
      }
      const nearest = found.flatMap((ids, distance) =>
        ids.map(each => ({ id: each, likeness: 1 - distance / unlikeDistance })),
      )
      return { items: tilesFor(nearest.slice(0, limit)), fault: null }
    },

    byMeaning(id: MediaId, limit: number, model: string): Similar {
      vectors = readVectors(db, model, vectors)
      const own = vectors.places.get(id)
      if (own === undefined) return { items: [], fault: 'not-embedded' }
      return { items: tilesFor(nearestTo(vectors, own, limit)), fault: null }
    },
  }
}

type Nearest = { id: MediaId; likeness: number }[]

function nearestTo(vectors: Vectors, own: number, limit: number): Nearest {
  const found: Nearest = []
  let least = leastMeaning
  for (let place = 0; place < vectors.count; place++) {
    if (place === own) continue
    const likeness = cosine(vectors, own, place)
    if (likeness < least) continue
    found.push({ id: vectors.ids[place] as number, likeness: Math.min(1, likeness) })
    // Now and then only the best are kept, so that a bound is known early and the list stays short.
    if (found.length >= limit * 4) least = keepBest(found, limit)
  }
  keepBest(found, limit)
  return found
}

/** @returns the likeness of the last that is kept. */
function keepBest(found: Nearest, limit: number): number {
  found.sort((a, b) => b.likeness - a.likeness)
  found.length = Math.min(found.length, limit)
  return found.at(-1)?.likeness ?? leastMeaning
}
