import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import { filenameOf } from './files.ts'
import type { createFiling } from './filing.ts'

/**
 * Which file a picture is shown as: of the present files with its bytes the one found first. A picture none of whose files
 * is there any more is missing, keeps its last place, and is never dropped. What was never read or never shown is no
 * picture yet, only a file's place in the queue: it goes with its file.
 */
export function createLocations(db: Db, filing: ReturnType<typeof createFiling>, changes: ChangeFeed) {
  const firstPresent = db.prepare<[number], { folderId: number; sourceId: string; path: string; source: string }>(
    `SELECT f.folder_id AS folderId, f.source_id AS sourceId, f.path, d.source FROM files f JOIN folders d ON d.id = f.folder_id
     WHERE f.media_id = ? AND f.missing_since IS NULL ORDER BY f.id LIMIT 1`,
  )
  const current = db.prepare<
    [number],
    { folderId: number; sourceId: string; missingSince: string | null; sha256: string | null; facets: string | null }
  >(
    `SELECT folder_id AS folderId, source_id AS sourceId, missing_since AS missingSince, sha256, facets FROM media
     WHERE id = ?`,
  )
  const place = db.prepare(
    `UPDATE media SET folder_id = ?, source = ?, source_id = ?, filename = ?, missing_since = NULL,
       updated_at = CURRENT_TIMESTAMP WHERE id = ?`,
  )
  const markMissing = db.prepare<[string, number]>('UPDATE media SET missing_since = ? WHERE id = ?')
  const remove = db.prepare<[number]>('DELETE FROM media WHERE id = ?')

  return {
    /**
     * Call after any of its files came, went or was renamed.
     * @param isPathNew the file it is shown as may be the same as before, under another path.
     */
    settle(mediaId: number, isPathNew = false): void {
      const media = current.get(mediaId)
      if (!media) return
      const file = firstPresent.get(mediaId)
      if (file) {
        const isSame =
          file.folderId === media.folderId && file.sourceId === media.sourceId && media.missingSince === null
        if (isSame && !isPathNew) return
        place.run(file.folderId, file.source, file.sourceId, filenameOf(file.path), mediaId)
      } else if (media.sha256 === null || media.facets === null) {
        filing.remove(mediaId)
        remove.run(mediaId)
      } else {
        if (media.missingSince !== null) return
        markMissing.run(new Date().toISOString(), mediaId)
      }
      if (media.facets === null) return
      filing.refile(mediaId)
      changes.emit('media', { id: mediaId, isListed: true })
    },
  }
}
