import type { PictureRow, TableSubject, WorkRow } from '../../shared/tables.ts'
import type { createArtworks } from './artworks.ts'
import { titles } from './command-titles.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'
import type { Edit } from './edits.ts'
import type { createMarks } from './marks.ts'
import { createPictureRows, type PictureAct } from './picture-rows.ts'
import type { createWords } from './words.ts'
import { createWorkRows, type WorkAct } from './work-rows.ts'

/** So long the main thread is kept from everything else. */
const pieceMs = 20

interface Steps {
  artworks: ReturnType<typeof createArtworks>['steps']
  words: ReturnType<typeof createWords>['steps']
  mark: ReturnType<typeof createMarks>['mark']
}

/** Brings in rows of tables: one command for a whole table, written in pieces, each row by what the library says then. */
export function createImporting(db: Db, commands: Commands, { artworks, words, mark }: Steps) {
  const works = createWorkRows(db)
  const pictures = createPictureRows(db)

  function writeWork(act: WorkAct): (Edit | null)[] {
    return act.kind === 'make'
      ? artworks.make(act.number, act.fields, act.mediaIds)
      : artworks.change(act.id, act.fields, act.mediaIds)
  }

  function writePicture({ id, words: said, addedTags, removedTags, releasedTags, marks }: PictureAct): (Edit | null)[] {
    return [
      ...said.flatMap(([field, value]) => words.say(id, field, value)),
      ...removedTags.flatMap(name => words.takeTag(id, name)),
      ...releasedTags.flatMap(name => words.releaseTag(id, name)),
      ...addedTags.flatMap(name => words.giveTag(id, name)),
      ...(Object.keys(marks).length > 0 ? [mark(id, marks)] : []),
    ]
  }

  const writeOne = (subject: TableSubject, row: WorkRow | PictureRow): (Edit | null)[] => {
    const act = subject === 'works' ? works.plan(row as WorkRow).act : pictures.plan(row as PictureRow).act
    if (act === null) return []
    return 'kind' in act ? writeWork(act) : writePicture(act)
  }

  return {
    /** Another command is being done in pieces. */
    isBusy: commands.isUnderWay,

    /** A command that takes as long as the table is long. */
    begin(name: string, subject: TableSubject) {
      const titleOf = (count: number): string => titles.importTable(name, subject, count)
      const command = commands.begin(titleOf(0))
      return {
        /** Writes as many of the rows as a moment allows. @returns how many. */
        add(rows: readonly (WorkRow | PictureRow)[]): number {
          const endsAtMs = performance.now() + pieceMs
          let count = 0
          command.add(() => {
            const done: (Edit | null)[] = []
            for (const row of rows) {
              done.push(...writeOne(subject, row))
              count += 1
              if (performance.now() > endsAtMs) break
            }
            return done
          })
          return count
        },
        /** @returns what `history.undo` takes; null where nothing changed. */
        end: (count: number): number | null => command.end(titleOf(count)),
        /** Takes back some of it. @returns false when nothing of it is left. */
        giveUp: command.giveUp,
      }
    },
  }
}
