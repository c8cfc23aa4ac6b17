import type { MediaId } from '../../shared/media.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import { createEdits, type Edit, mediaIdOf, subjectOf, tellsOf } from './edits.ts'
import { createJournal, type JournalEntry } from './journal.ts'
import type { createRefiling } from './refiling.ts'
import { createTags } from './tags.ts'

/** What a command did, told by itself. */
interface Work {
  done: (Edit | null)[]
  /** It changed under what the pictures are filed, not only who says so. */
  isFiled: boolean
  /** For a person, as something to do: it stands after "Undo". */
  title: string
}

/** A command that is done in parts was undone while it was under way. */
export class CommandUndone extends Error {}

/** What came of undo or redo. */
export interface Reversal {
  title: string
  /** How many pictures, or rows that are of none, were changed. */
  count: number
  /** How many were left as they are, because something else has changed them since. */
  leftCount: number
}

/**
 * A person's commands: each is one transaction, and is kept with what it changed, so that it can be taken back and done
 * again, also after a restart. Whoever writes rows for a person does so in `run`, by `edits`.
 */
export function createCommands(db: Db, refiling: ReturnType<typeof createRefiling>, changes: ChangeFeed) {
  const edits = createEdits(db)
  const journal = createJournal(db)
  const tags = createTags(db)

  /** Lists and search follow. @returns whether they are other ones now. */
  function settle(done: readonly Edit[], isFiled: boolean): boolean {
    if (!isFiled) return false
    for (const id of picturesIn(done.filter(edit => edit.table === 'media_tags'))) tags.list(id)
    return refiling.refile(picturesIn(done))
  }

  /** Said once everything is written. */
  function tell(done: readonly Edit[], isListed: boolean): void {
    for (const id of picturesIn(done)) changes.emit('media', { id, isListed })
    for (const event of new Set(done.map(tellsOf))) if (event) changes.emit(event)
    changes.emit('history')
  }

  function perform<T extends Work>(work: () => T, keep: (title: string, isFiled: boolean, done: Edit[]) => number) {
    const { worked, done, isListed, commandId } = db.transaction(() => {
      const worked = work()
      const done = worked.done.filter(edit => edit !== null)
      if (done.length === 0) return { worked, done, isListed: false, commandId: null }
      const isListed = settle(done, worked.isFiled)
      return { worked, done, isListed, commandId: keep(worked.title, worked.isFiled, done) }
    })()
    if (done.length > 0) tell(done, isListed)
    return { ...worked, commandId }
  }

  function reverse(entry: JournalEntry, isUndone: boolean): Reversal {
    const { changed, left, isListed } = db.transaction(() => {
      const all = journal.editsOf(entry.id)
      const changed: Edit[] = []
      const left: Edit[] = []
      for (const edit of isUndone ? all.reverse() : all) {
        const isChanged = isUndone ? edits.takeBack(edit) : edits.repeat(edit)
        if (isChanged) changed.push(edit)
        else left.push(edit)
      }
      journal.setUndone(entry.id, isUndone)
      return { changed, left, isListed: settle(changed, entry.isFiled === 1) }
    })()
    tell(changed, isListed)
    return {
      title: entry.title,
      count: new Set(changed.map(subjectOf)).size,
      leftCount: new Set(left.map(subjectOf)).size,
    }
  }

  return {
    edits,

    /** Runs a command in one transaction. @returns also its number; null where nothing changed, and nothing is kept. */
    run: <T extends Work>(work: () => T): T & { commandId: number | null } =>
      perform(work, (title, isFiled, done) => journal.keep(title, isFiled, done)),

    /**
     * One command for undo that is done in parts, so that thousands of pictures keep nobody waiting. Each part is a
     * transaction of its own; the title of the last one stands. A kill leaves a command of the parts that were done.
     */
    inParts() {
      let commandId: number | null = null
      return {
        commandId: () => commandId,
        /** @throws {CommandUndone} when it was undone meanwhile; then nothing of this part is done. */
        run<T extends Work>(work: () => T): T {
          return perform(work, (title, isFiled, done) => {
            if (commandId === null) commandId = journal.keep(title, isFiled, done)
            else if (!journal.keepMore(commandId, title, done)) throw new CommandUndone()
            return commandId
          })
        },
      }
    },

    history: {
      /** Titles of what undo and redo would do. */
      state: () => ({ undo: journal.last()?.title ?? null, redo: journal.next()?.title ?? null }),

      /**
       * Takes the latest command back, row by row. A row that an analyser or something else has changed since stays as it is.
       * @param commandId Only that one: what came after it would have to be taken back first.
       * @returns null where there is nothing to undo, or another command is the latest.
       */
      undo(commandId?: number): Reversal | null {
        const entry = journal.last()
        return entry && (commandId ?? entry.id) === entry.id ? reverse(entry, true) : null
      },

      /** Does the one that was undone last again. @returns null where there is none. */
      redo(): Reversal | null {
        const entry = journal.next()
        return entry && reverse(entry, false)
      },
    },
  }
}

export type Commands = ReturnType<typeof createCommands>

function picturesIn(done: readonly Edit[]): Set<MediaId> {
  return new Set(done.map(mediaIdOf).filter(id => id !== null))
}
