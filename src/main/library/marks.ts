import type { MarkChange, Marks } from '../../shared/marks.ts'
import type { MediaId } from '../../shared/media.ts'
import { titles } from './command-titles.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'
import type { Edit } from './edits.ts'

interface Marked extends Marks {
  ratingInFile: number | null
}

/** How a person judges pictures. A row is there as long as something is said in it. */
export function createMarks(db: Db, commands: Commands) {
  const { edits } = commands
  const read = db.prepare<[number], Marked>(
    `SELECT m.rating AS ratingInFile, p.flag, p.rating, p.label
     FROM media m LEFT JOIN marks p ON p.media_id = m.id WHERE m.id = ?`,
  )

  function mark(mediaId: MediaId, change: MarkChange): Edit | null {
    const before = read.get(mediaId)
    if (!before) return null
    const { flag = before.flag, label = before.label } = change
    const rating = change.rating === undefined ? before.rating : ratingFor(change.rating, before.ratingInFile)
    const isEmpty = flag === null && rating === null && label === null
    return isEmpty ? edits.remove('marks', mediaId) : edits.put('marks', [mediaId, flag, rating, label])
  }

  return {
    /** Within a command. */
    mark,

    /** @returns how many pictures are marked otherwise now, and the number of the command, null where none is. */
    set(mediaIds: readonly MediaId[], change: MarkChange): { count: number; commandId: number | null } {
      const { count, commandId } = commands.run(() => {
        const done = mediaIds.map(mediaId => mark(mediaId, change)).filter(edit => edit !== null)
        return { done, isFiled: true, title: titles.mark(change, done.length), count: done.length }
      })
      return { count, commandId }
    },
  }
}

/** No stars are nobody's word, unless the file has some. */
function ratingFor(rating: number | null, inFile: number | null): number | null {
  return rating === 0 && !inFile ? null : rating
}
