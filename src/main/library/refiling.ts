import type { MediaId } from '../../shared/media.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import type { createFiling } from './filing.ts'

/** Filing a picture anew takes about half a millisecond: up to here it is done within the command. */
const atOnceMax = 200
/** So long the main thread is kept from everything else. */
const batchMs = 25

/**
 * Files pictures anew after a person's command. A command on thousands is answered at once; lists and search follow in
 * small transactions. What is still to do is in the database, so it goes on after an end in between.
 */
export function createRefiling(db: Db, filing: ReturnType<typeof createFiling>, changes: ChangeFeed) {
  const markDue = db.prepare<[number]>('INSERT OR IGNORE INTO filings_due (media_id) VALUES (?)')
  const nextDue = db.prepare<[], number>('SELECT media_id FROM filings_due ORDER BY media_id LIMIT 1').pluck()
  const unmark = db.prepare<[number]>('DELETE FROM filings_due WHERE media_id = ?')
  let isStopped = false
  let isScheduled = false

  const fileSome = db.transaction((): MediaId[] => {
    const filed: MediaId[] = []
    const endsAtMs = performance.now() + batchMs
    while (performance.now() < endsAtMs) {
      const id = nextDue.get()
      if (id === undefined) break
      filing.refile(id)
      unmark.run(id)
      filed.push(id)
    }
    return filed
  })

  function work(): void {
    isScheduled = false
    if (isStopped) return
    const filed = fileSome()
    for (const id of filed) changes.emit('media', { id, isListed: true })
    if (filed.length > 0) schedule()
  }

  function schedule(): void {
    if (isScheduled || isStopped) return
    isScheduled = true
    setImmediate(work)
  }

  if (nextDue.get() !== undefined) schedule()

  return {
    /** Within a transaction of the caller. @returns whether it is done; else it is on its way. */
    refile(mediaIds: ReadonlySet<MediaId>): boolean {
      const isNow = mediaIds.size <= atOnceMax
      for (const id of mediaIds) {
        if (isNow) filing.refile(id)
        else markDue.run(id)
      }
      if (!isNow) schedule()
      return isNow
    },

    /** The same, and always on its way: of many that come piece by piece. */
    defer(mediaIds: ReadonlySet<MediaId>): void {
      for (const id of mediaIds) markDue.run(id)
      if (mediaIds.size > 0) schedule()
    },

    stop(): void {
      isStopped = true
    },
  }
}
