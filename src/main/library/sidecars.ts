import type { MarkChange } from '../../shared/marks.ts'
import type { SidecarConflicts, SidecarOfMedia } from '../../shared/sidecars.ts'
import { titles } from './command-titles.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'
import type { Edit } from './edits.ts'
import type { createMarks } from './marks.ts'
import { createSidecarComparison } from './sidecar-comparison.ts'
import type { createWords } from './words.ts'

/** So long the main thread is kept from everything else. */
const pieceMs = 20

interface Steps {
  words: ReturnType<typeof createWords>['steps']
  mark: ReturnType<typeof createMarks>['mark']
}

/** Words of sidecars become the person's, since a person takes them over. */
export function createSidecars(db: Db, commands: Commands, { words: steps, mark }: Steps) {
  const differencesOf = createSidecarComparison(db)

  function takeOne(sidecar: SidecarOfMedia, conflicts: SidecarConflicts): Edit[] {
    const { mediaId, words } = sidecar
    const taken = differencesOf(sidecar).filter(({ mine }) => mine === null || conflicts === 'take')
    const marks: MarkChange = {}
    const done = taken.flatMap(({ field, theirs, tags = [] }): Edit[] => {
      if (field === 'tags') return tags.flatMap(name => steps.giveTag(mediaId, name))
      if (field === 'title' || field === 'description') return steps.say(mediaId, field, theirs)
      Object.assign(marks, { [field]: words[field] })
      return []
    })
    const marked = Object.keys(marks).length > 0 ? mark(mediaId, marks) : null
    return marked ? [...done, marked] : done
  }

  return {
    /** Another command is being done in pieces. */
    isBusy: commands.isUnderWay,

    /** Takes over what sidecars say: one command, each piece of which looks anew at what the person has said. */
    begin(conflicts: SidecarConflicts) {
      const command = commands.begin(titles.readSidecars(0))
      let pictures = 0
      return {
        /** Takes over as many of them as a moment allows. @returns how many. */
        add(sidecars: readonly SidecarOfMedia[]): number {
          const endsAtMs = performance.now() + pieceMs
          let count = 0
          command.add(() => {
            const done: Edit[] = []
            for (const sidecar of sidecars) {
              const edits = takeOne(sidecar, conflicts)
              done.push(...edits)
              pictures += Number(edits.length > 0)
              count += 1
              if (performance.now() > endsAtMs) break
            }
            return done
          })
          return count
        },

        /** How many pictures were changed so far. */
        pictures: () => pictures,

        /** @returns what `history.undo` takes; null where nothing changed. */
        end: (): number | null => command.end(titles.readSidecars(pictures)),

        /** Takes back some of it. @returns false when nothing of it is left. */
        giveUp: command.giveUp,
      }
    },
  }
}
