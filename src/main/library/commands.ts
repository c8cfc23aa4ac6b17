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

interface Settled {
  pictures: ReadonlySet<MediaId>
  isListed: boolean
}

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

  /** Pictures that rows are of, or that are filed by what rows say. */
  const filedIn = (done: readonly Edit[]): Set<MediaId> =>
    new Set([...picturesIn(done), ...done.flatMap(edits.filedBy)])

  /** Lists and search follow. @returns the pictures that are others now, and whether lists are. */
  function settle(done: readonly Edit[], isFiled: boolean): Settled {
    const pictures = picturesIn(done)
    if (!isFiled) return { pictures, isListed: false }
    for (const id of picturesIn(done.filter(edit => edit.table === 'media_tags'))) tags.list(id)
    const filed = filedIn(done)
    return { pictures: filed, isListed: refiling.refile(filed) }
  }

  /** The same of a piece of a command: lists and search follow by and by. */
  function follow(done: readonly Edit[]): void {
    for (const id of picturesIn(done.filter(edit => edit.table === 'media_tags'))) tags.list(id)
    refiling.defer(filedIn(done))
  }

  /** Said once everything is written. */
  function tell(done: readonly Edit[], { pictures, isListed }: Settled): void {
    for (const id of pictures) changes.emit('media', { id, isListed })
    for (const event of new Set(done.map(tellsOf))) if (event) changes.emit(event)
  }

  /** Takes back one piece of a command that never came to its end. @returns null when nothing of it is left. */
  const giveUpPiece = db.transaction((id: number): Edit[] | null => {
    const piece = journal.takeLastPiece(id)
    if (piece) follow(piece.reverse().filter(edit => edits.takeBack(edit)))
    else journal.forget(id)
    return piece
  })
  const begun = journal.begun()
  if (begun !== null) while (giveUpPiece(begun));

  function reverse(entry: JournalEntry, isUndone: boolean): Reversal {
    const { changed, left, settled } = db.transaction(() => {
      const all = journal.editsOf(entry.id)
      const changed: Edit[] = []
      const left: Edit[] = []
      for (const edit of isUndone ? all.reverse() : all) {
        const isChanged = isUndone ? edits.takeBack(edit) : edits.repeat(edit)
        if (isChanged) changed.push(edit)
        else left.push(edit)
      }
      journal.setUndone(entry.id, isUndone)
      return { changed, left, settled: settle(changed, entry.isFiled === 1) }
    })()
    tell(changed, settled)
    changes.emit('history')
    return {
      title: entry.title,
      count: new Set(changed.map(subjectOf)).size,
      leftCount: new Set(left.map(subjectOf)).size,
    }
  }

  return {
    edits,

    /** Runs a command in one transaction. @returns also its number; null where nothing changed, and nothing is kept. */
    run<T extends Work>(work: () => T): T & { commandId: number | null } {
      const { worked, done, settled, commandId } = db.transaction(() => {
        const worked = work()
        const done = worked.done.filter(edit => edit !== null)
        const settled = settle(done, worked.isFiled)
        if (done.length === 0) return { worked, done, settled, commandId: null }
        return { worked, done, settled, commandId: journal.keep(worked.title, worked.isFiled, done) }
      })()
      if (done.length > 0) {
        tell(done, settled)
        changes.emit('history')
      }
      return { ...worked, commandId }
    },

    /**
     * A command on more than one transaction should hold up everything for. Its pieces are written one by one, and it is in
     * the history once it has ended; until then it can be given up, and nothing of it is left. The end of the program
     * gives it up as well.
     */
    begin(title: string) {
      const id = db.transaction(() => journal.begin(title))()
      let isEmpty = true
      return {
        /** Writes a piece in one transaction. */
        add(work: () => readonly (Edit | null)[]): void {
          const done = db.transaction(() => {
            const done = work().filter(edit => edit !== null)
            if (done.length > 0) {
              follow(done)
              journal.addTo(id, done)
            }
            return done
          })()
          isEmpty &&= done.length === 0
          tell(done, { pictures: picturesIn(done), isListed: false })
        },

        /** @returns its number; null where nothing changed, and nothing is kept. */
        end(title: string): number | null {
          db.transaction(() => (isEmpty ? journal.forget(id) : journal.end(id, title)))()
          changes.emit('history')
          return isEmpty ? null : id
        },

        /** Takes back its last piece. @returns false when nothing of it is left. */
        giveUp(): boolean {
          const back = giveUpPiece(id)
          if (back) tell(back, { pictures: picturesIn(back), isListed: false })
          return back !== null
        },
      }
    },

    /** One that was begun has not ended: another one has to wait for it. */
    isUnderWay: () => journal.begun() !== null,

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
