import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'

/** The place of what is in the library's own folder. Other places are addresses of stores in the cloud. */
export const diskPlace = 'disk'

export interface CopyRow {
  place: string
  sha256: string
  key: string
  sizeBytes: number
  isPublic: boolean
  /** Its bytes were read back from there and compared; ISO 8601. */
  verifiedAt: string | null
}

export interface Amount {
  count: number
  bytes: number
}

export interface CopyFault {
  mediaId: number | null
  filename: string
  message: string
}

export interface NewCopy {
  sha256: string
  key: string
  sizeBytes: number
  isPublic?: boolean
}

/** A picture that is looked at for an hour need not be written down for every part of it that is read. */
const touchedAgainMs = 60_000

/** Where originals lie that the library keeps. The bytes themselves are in the stores. */
export function createCopies(db: Db, changes: ChangeFeed) {
  type Raw = Omit<CopyRow, 'isPublic'> & { isPublic: number }
  const columns = 'c.place, c.sha256, c.key, c.size AS sizeBytes, c.is_public AS isPublic, c.verified_at AS verifiedAt'
  const parse = (row: Raw): CopyRow => ({ ...row, isPublic: row.isPublic === 1 })
  const one = db.prepare<[string, string], Raw>(`SELECT ${columns} FROM copies c WHERE c.place = ? AND c.sha256 = ?`)
  const insert = db.prepare(
    `INSERT INTO copies (place, sha256, key, size, is_public, stored_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const setVerified = db.prepare('UPDATE copies SET verified_at = ? WHERE place = ? AND sha256 = ?')
  const remove = db.prepare('DELETE FROM copies WHERE place = ? AND sha256 = ?')
  const touch = db.prepare(`UPDATE copies SET used_at = ? WHERE place = '${diskPlace}' AND sha256 = ? AND used_at < ?`)
  const at = db.prepare<[string, string, string, number], Raw>(
    `SELECT ${columns} FROM copies c WHERE c.place = ? AND c.sha256 > ?
       AND NOT EXISTS (SELECT 1 FROM copy_faults f WHERE f.place = ? AND f.sha256 = c.sha256) ORDER BY c.sha256 LIMIT ?`,
  )
  const unsent = db.prepare<[string, string, number], Raw>(
    `SELECT ${columns} FROM unsent u JOIN copies c ON c.place = '${diskPlace}' AND c.sha256 = u.sha256
     WHERE u.place = ? AND u.sha256 > ?
       AND NOT EXISTS (SELECT 1 FROM copy_faults f WHERE f.place = u.place AND f.sha256 = u.sha256)
     ORDER BY u.sha256 LIMIT ?`,
  )
  // What is being worked on would have to be fetched again at once.
  const leastUsed = db.prepare<[string, number, number], Raw>(
    `SELECT ${columns} FROM copies c WHERE c.place = '${diskPlace}'
       AND EXISTS (SELECT 1 FROM copies r WHERE r.place = ? AND r.sha256 = c.sha256)
       AND NOT EXISTS (SELECT 1 FROM media m WHERE m.sha256 = c.sha256 AND m.processing_status IN ('pending', 'processing'))
     ORDER BY c.used_at, c.sha256 LIMIT ? OFFSET ?`,
  )
  const total = db.prepare<[string, string], Amount>(
    'SELECT count, size AS bytes FROM copy_totals WHERE place = ? AND what = ?',
  )
  const faulted = db.prepare<[string, string], Amount>(
    `SELECT count(*) AS count, coalesce(sum(c.size), 0) AS bytes FROM copy_faults f
     JOIN copies c ON c.place = ? AND c.sha256 = f.sha256 WHERE f.place = ?`,
  )
  const fail = db.prepare(
    `INSERT INTO copy_faults VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET message = excluded.message, failed_at = excluded.failed_at`,
  )
  const forgive = db.prepare('DELETE FROM copy_faults WHERE place = ? AND sha256 = ?')
  const forgiveAll = db.prepare('DELETE FROM copy_faults WHERE place = ?')
  const faults = db.prepare<[string, number], CopyFault>(
    `SELECT m.id AS mediaId, coalesce(m.filename, f.sha256) AS filename, f.message FROM copy_faults f
     LEFT JOIN media m ON m.sha256 = f.sha256 WHERE f.place IN ('${diskPlace}', ?) ORDER BY f.failed_at DESC LIMIT ?`,
  )
  const countFaults = db.prepare<[string], { count: number }>(
    `SELECT count(*) AS count FROM copy_faults WHERE place IN ('${diskPlace}', ?)`,
  )
  const setUrl = db.prepare('UPDATE media SET spaces_url = ? WHERE sha256 = ?')
  const setAllUrls = db.prepare(
    `UPDATE media SET spaces_url = CASE WHEN EXISTS
       (SELECT 1 FROM copies c WHERE c.place = @place AND c.sha256 = media.sha256) THEN @urlBase || spaces_key END
     WHERE spaces_key IS NOT NULL`,
  )
  const mediaOf = db.prepare<[string], { id: number }>('SELECT id FROM media WHERE sha256 = ?')

  const none: Amount = { count: 0, bytes: 0 }
  const minus = (all: Amount, some: Amount): Amount => ({
    count: Math.max(0, all.count - some.count),
    bytes: Math.max(0, all.bytes - some.bytes),
  })
  const totalOf = (place: string, what: 'copies' | 'unsent' = 'copies') => total.get(place, what) ?? none

  function sayChanged(sha256: string): void {
    const media = mediaOf.get(sha256)
    if (media) changes.emit('media', { id: media.id, isListed: false })
    changes.emit('storage')
  }

  return {
    get(place: string, sha256: string): CopyRow | null {
      const row = one.get(place, sha256)
      return row ? parse(row) : null
    },

    /** It is there now. `url` is its address in the store, where `place` is the one in use. */
    note: db.transaction((place: string, copy: NewCopy, url: string | null = null): void => {
      const { sha256, key, sizeBytes, isPublic = false } = copy
      const now = new Date().toISOString()
      insert.run(place, sha256, key, sizeBytes, isPublic ? 1 : 0, now, now)
      forgive.run(place, sha256)
      if (url !== null) setUrl.run(url, sha256)
      sayChanged(sha256)
    }),

    /** Its bytes were read from there and are the right ones. */
    noteVerified(place: string, sha256: string): void {
      setVerified.run(new Date().toISOString(), place, sha256)
    },

    /** It is not there any more. */
    drop: db.transaction((place: string, sha256: string): void => {
      remove.run(place, sha256)
      if (place !== diskPlace) setUrl.run(null, sha256)
      sayChanged(sha256)
    }),

    /** Someone looks at it. */
    touch(sha256: string): void {
      const now = Date.now()
      touch.run(new Date(now).toISOString(), sha256, new Date(now - touchedAgainMs).toISOString())
    },

    /** Copies at a place, in the order of their hashes and after `after`; without those that cannot be brought to `target`. */
    at(place: string, target: string, after: string, limit: number): CopyRow[] {
      return at.all(place, after, target, limit).map(parse)
    },

    /** On the disk and not at `place`, in the order of their hashes and after `after`; without those that cannot be. */
    lacking(place: string, after: string, limit: number): CopyRow[] {
      return unsent.all(place, after, limit).map(parse)
    },

    /** On the disk, at `place` too, and of no picture that is being worked on: what was used least first. */
    leastUsed(place: string, limit: number, offset = 0): CopyRow[] {
      return leastUsed.all(place, limit, offset).map(parse)
    },

    total: (place: string) => totalOf(place),

    /** What `lacking` would list. */
    left(place: string): Amount {
      return minus(totalOf(place, 'unsent'), faulted.get(diskPlace, place) ?? none)
    },

    /** What is at `place` and not on the disk. The place must be one that is sent to. */
    onlyAt(place: string): Amount {
      const alsoOnDisk = minus(totalOf(diskPlace), totalOf(place, 'unsent'))
      return minus(totalOf(place), alsoOnDisk)
    },

    /** What lies at `from` and is still to be brought from there to `to`. */
    leftToMove(from: string, to: string): Amount {
      return minus(totalOf(from), faulted.get(from, to) ?? none)
    },

    /** It cannot be brought to `place`, by its own fault. */
    fail(place: string, sha256: string, message: string): void {
      fail.run(place, sha256, message, new Date().toISOString())
      changes.emit('storage')
    },

    forgiveAll(place: string): void {
      forgiveAll.run(place)
      changes.emit('storage')
    },

    /** Of `place` and of the disk, newest first. */
    faults(place: string, limit: number): { count: number; items: CopyFault[] } {
      return { count: countFaults.get(place)?.count ?? 0, items: faults.all(place, limit) }
    },

    /** The store in use is another one now, or has other addresses: `urlBase` goes before every key. */
    setAddresses(place: string, urlBase: string): void {
      setAllUrls.run({ place, urlBase })
    },
  }
}
