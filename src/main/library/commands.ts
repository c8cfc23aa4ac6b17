import type { MediaId } from '../../shared/media.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import { createEdits, type Edit, mediaIn } from './edits.ts'
import type { createRefiling } from './refiling.ts'
import { createTags } from './tags.ts'
import { createUndoJournal } from './undo.ts'

/** What a command did. `isFiled`: it changed under what the pictures are filed, not only who says so. */
export interface Worked {
  done: Edit[]
  isFiled: boolean
}

export type Commands = ReturnType<typeof createCommands>

/** A person's commands: each is one transaction, lists and search follow it, and it can be taken back. */
export function createCommands(db: Db, refiling: ReturnType<typeof createRefiling>, changes: ChangeFeed) {
  const edits = createEdits(db)
  const tags = createTags(db)
  const journal = createUndoJournal()
  const sha256Of = db.prepare<[number], string | null>('SELECT sha256 FROM media WHERE id = ?').pluck()

  /** The command can be taken back. @returns its number. */
  function keep(done: Edit[], isFiled: boolean): number {
    const losers = mediaIn(done.filter(isLossOfAnalyser))
    const saidOf = new Map(Array.from(losers, id => [id, sha256Of.get(id) ?? null]))
    return journal.keep({ edits: done, isFiled, saidOf })
  }

  /** What an analyser said of other bytes stays away. */
  function takeBack(edit: Edit, saidOf: ReadonlyMap<MediaId, string | null>): boolean {
    const id = edit.before?.[0] as MediaId
    if (isLossOfAnalyser(edit) && saidOf.get(id) !== (sha256Of.get(id) ?? null)) return false
    return edits.takeBack(edit)
  }

  /** Lists and search follow. @returns whether they are other ones now. */
  function settle(done: Edit[], isFiled: boolean): boolean {
    if (!isFiled) return false
    for (const mediaId of mediaIn(done.filter(edit => edit.table === 'media_tags'))) tags.list(mediaId)
    return refiling.refile(mediaIn(done))
  }

  /** Said once everything is written. */
  function tell(done: Edit[], isListed: boolean): void {
    for (const id of mediaIn(done)) changes.emit('media', { id, isListed })
    if (done.some(({ table }) => table === 'collections' || table === 'views')) changes.emit('library')
  }

  return {
    edits,

    run<T extends Worked>(work: () => T): T & { undoId: number } {
      const result = db.transaction(() => {
        const worked = work()
        const isListed = settle(worked.done, worked.isFiled)
        return { ...worked, isListed, undoId: keep(worked.done, worked.isFiled) }
      })()
      tell(result.done, result.isListed)
      return result
    },

    /**
     * Puts back exactly what the command changed, row by row. A row that a later command or an analyser has changed since
     * stays as it is now.
     * @returns how many pictures were put back; null for a command that is not known any more.
     */
    undo(undoId: number): { count: number; isChangedSince: boolean } | null {
      const command = journal.find(undoId)
      if (!command) return null
      const back = db.transaction(() => {
        const taken = command.edits.toReversed().filter(edit => takeBack(edit, command.saidOf))
        return { taken, isListed: settle(taken, command.isFiled) }
      })()
      journal.forget(undoId)
      tell(back.taken, back.isListed)
      return { count: mediaIn(back.taken).size, isChangedSince: back.taken.length === 0 && command.edits.length > 0 }
    },
  }
}

function isLossOfAnalyser({ table, before, after }: Edit): boolean {
  return table === 'media_tags' && after === null && before?.[2] !== 'person'
}
