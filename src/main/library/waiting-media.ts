import type { Db } from './database.ts'
import { type FileRow, filenameOf } from './files.ts'

/** The row of `media` a file gets when it is found: `pending`, until its bytes say which picture it is. */
export function createWaitingMedia(db: Db) {
  const insert = db.prepare<unknown[], { id: number }>(
    `INSERT INTO media (user_id, folder_id, source, source_id, filename, mime_type, size, taken_on, sync_id)
     SELECT d.user_id, d.id, d.source, ?, ?, 'application/octet-stream', ?, ?, ? FROM folders d WHERE d.id = ? RETURNING id`,
  )
  const setMedia = db.prepare<[number, number]>('UPDATE files SET media_id = ? WHERE id = ?')
  const removeUnread = db.prepare<[number]>('DELETE FROM media WHERE id = ? AND sha256 IS NULL AND facets IS NULL')

  return {
    /** @returns the id of the row. */
    add(file: FileRow): number {
      const { sourceId, path, sizeBytes, modifiedMs, folderId, syncId } = file
      const known = [sourceId, filenameOf(path), sizeBytes, localTime(modifiedMs), syncId]
      const row = insert.get(...known, folderId) as { id: number }
      setMedia.run(row.id, file.id)
      return row.id
    },

    /** The row goes when nothing was ever read or shown for it. @returns whether it went. */
    removeUnread(mediaId: number): boolean {
      return removeUnread.run(mediaId).changes > 0
    },
  }
}

const earliestMs = Date.parse('0001-01-02T00:00:00Z')
const latestMs = Date.parse('9999-12-30T23:59:59Z')

/**
 * `YYYY-MM-DDTHH:MM:SS` in this computer's time zone, as a camera would write it. Disks hold times that no calendar has;
 * they count as the nearest that four digits of a year can say.
 */
export function localTime(ms: number): string {
  const knownMs = Math.min(Math.max(ms, earliestMs), latestMs)
  const offsetMs = new Date(knownMs).getTimezoneOffset() * 60_000
  return new Date(knownMs - offsetMs).toISOString().slice(0, 19)
}
