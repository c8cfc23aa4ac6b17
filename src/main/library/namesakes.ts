import type { Db } from './database.ts'

/** What begins alike beside one file; far more than ever differ in their ending alone. */
const lookedAtMax = 50

/** Whether another picture beside a file on this disk differs in its ending alone: `barn.jpg` and `barn.png`. */
export function createNamesakes(db: Db) {
  const beginningAlike = db
    .prepare<[number, string, string, string, number], string>(
      `SELECT source_id FROM files WHERE folder_id = ? AND source_id > ? AND source_id < ? AND source_id <> ?
         AND media_id IS NOT NULL AND missing_since IS NULL LIMIT ?`,
    )
    .pluck()

  /** In a folder of this disk the source's id is the path, so that its index finds what is beside. */
  return function hasNamesake(folderId: number, sourceId: string): boolean {
    const stem = stemOf(sourceId)
    // '/' is what comes after '.'.
    const alike = beginningAlike.all(folderId, `${stem}.`, `${stem}/`, sourceId, lookedAtMax)
    return alike.some(other => stemOf(other) === stem)
  }
}

/** Without its ending: `a/b.c.jpg` is `a/b.c`. A name that only begins with a dot has none. */
function stemOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path
}
