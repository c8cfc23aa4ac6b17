import type { Db } from './database.ts'

/** Vectors of descriptions, of one model, in memory: a signed byte for each dimension. */
export interface Vectors {
  model: string
  dimensions: number
  ids: Uint32Array
  /** `dimensions` for each of `ids`. */
  values: Int8Array
  /** Length of each vector. */
  lengths: Float32Array
  count: number
  /** Where each picture's vector is. */
  places: Map<number, number>
  lastRow: number
}

/** The largest of the numbers becomes 127: of a unit vector of 256 dimensions a fixed scale would leave but four bits. */
export function quantised(vector: Float32Array): Int8Array {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scale = largest > 0 ? 127 / largest : 0
  return Int8Array.from(vector, value => Math.round(value * scale))
}

/** Cosine of two vectors; both are given by their places. */
export function cosine({ values, lengths, dimensions }: Vectors, a: number, b: number): number {
  let product = 0
  const [startA, startB] = [a * dimensions, b * dimensions]
  for (let i = 0; i < dimensions; i++) {
    product += (values[startA + i] as number) * (values[startB + i] as number)
  }
  return product / ((lengths[a] as number) * (lengths[b] as number) || 1)
}

/** Reads what came since `before`; all of it for another model. */
export function readVectors(db: Db, model: string, before: Vectors | undefined): Vectors {
  const vectors = before?.model === model ? before : emptyVectors(model)
  const rows = db
    .prepare<[number, string], [row: number, mediaId: number, vector: Buffer]>(
      'SELECT id, media_id, vector FROM embeddings WHERE id > ? AND model = ? ORDER BY id',
    )
    .raw()
  for (const [row, mediaId, vector] of rows.iterate(vectors.lastRow, model)) {
    vectors.lastRow = row
    if (vectors.count === 0) vectors.dimensions = vector.length
    // A server that answers with vectors of another length under the same name: they cannot be compared with these.
    if (vector.length === vectors.dimensions) take(vectors, mediaId, vector)
  }
  return vectors
}

function take(vectors: Vectors, mediaId: number, vector: Buffer): void {
  const place = vectors.places.get(mediaId) ?? vectors.count
  if (place === vectors.count) grow(vectors)
  const bytes = new Int8Array(vector.buffer, vector.byteOffset, vector.length)
  vectors.values.set(bytes, place * vectors.dimensions)
  vectors.lengths[place] = Math.sqrt(bytes.reduce((sum, value) => sum + value * value, 0))
  vectors.ids[place] = mediaId
  vectors.places.set(mediaId, place)
}

/** Makes room for one more, twice as much as there was where it is full. */
function grow(vectors: Vectors): void {
  vectors.count += 1
  if (vectors.count <= vectors.ids.length) return
  const size = Math.max(1024, vectors.ids.length * 2)
  vectors.ids = enlarged(vectors.ids, new Uint32Array(size))
  vectors.lengths = enlarged(vectors.lengths, new Float32Array(size))
  vectors.values = enlarged(vectors.values, new Int8Array(size * vectors.dimensions))
}

function enlarged<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from)
  return to
}

function emptyVectors(model: string): Vectors {
  return {
    model,
    dimensions: 0,
    ids: new Uint32Array(),
    values: new Int8Array(),
    lengths: new Float32Array(),
    count: 0,
    places: new Map(),
    lastRow: 0,
  }
}
