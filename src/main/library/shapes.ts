import { squareShape, stepsPerDoubling } from '../../shared/shapes.ts'
import type { Db } from './database.ts'
import { createFresh } from './fresh.ts'

/** The shape of a picture, see shared/shapes.ts. */
const shape = `CASE WHEN m.width > 0 AND m.height > 0 THEN
  max(1, min(255, CAST(round(log2(m.width * 1.0 / m.height) * ${stepsPerDoubling}) + ${squareShape} AS INTEGER))) ELSE 0 END`

/** The proportions of every picture, a byte each, from one pass over an index: a number a row, since objects cost more. */
export function createShapes(db: Db) {
  const all = db
    .prepare<[], number>(
      `SELECT m.id * 256 + ${shape} FROM media m INDEXED BY media_by_sync WHERE m.facets IS NOT NULL`,
    )
    .pluck()
  const byId = db.prepare<[number], number>(`SELECT ${shape} FROM media m WHERE m.id = ?`).pluck()

  /** By id. */
  const known = createFresh(db, (): Uint8Array => {
    const found = all.all()
    const lastId = found.reduce((last, packed) => Math.max(last, Math.floor(packed / 256)), 0)
    const shapes = new Uint8Array(lastId + 1)
    for (const packed of found) shapes[Math.floor(packed / 256)] = packed % 256
    return shapes
  })

  /** What came after the last pass is looked up one by one. */
  return function shapesOf(ids: Uint32Array): Uint8Array {
    const shapes = known()
    return Uint8Array.from(ids, id => shapes[id] || (byId.get(id) ?? 0))
  }
}
