import type { MarkChange } from '../../shared/marks.ts'
import type { MediaId } from '../../shared/media.ts'
import type { SidecarConflicts, SidecarDifference, SidecarOfMedia } from '../../shared/sidecars.ts'
import { titles } from './command-titles.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'
import type { Edit } from './edits.ts'
import { createMarking } from './marks.ts'
import { createSidecarComparison } from './sidecar-comparison.ts'
import { createTags } from './tags.ts'

/** Words of sidecars become the person's, since a person takes them over. */
export function createSidecars(db: Db, commands: Commands) {
  const { edits } = commands
  const differencesOf = createSidecarComparison(db)
  const mark = createMarking(db, edits)
  const tags = createTags(db)

  function addTags(mediaId: MediaId, names: readonly string[]): (Edit | null)[] {
    return names.flatMap(name => [
      edits.put('media_tags', [mediaId, tags.idFor(name), 'person', 'person', null]),
      edits.remove('rejections', mediaId, 'tag', name),
    ])
  }

  function takeOne(sidecar: SidecarOfMedia, conflicts: SidecarConflicts, now: string): Edit[] {
    const { mediaId, words } = sidecar
    const taken = differencesOf(sidecar).filter(({ mine }) => mine === null || conflicts === 'take')
    const done = taken.flatMap(({ field, theirs, tags: names = [] }: SidecarDifference) => {
      if (field === 'tags') return addTags(mediaId, names)
      return field === 'title' || field === 'description' ? [edits.put('words', [mediaId, field, theirs, now])] : []
    })
    const marks = Object.fromEntries(
      taken.flatMap(({ field }) =>
        field === 'rating' || field === 'flag' || field === 'label' ? [[field, words[field]]] : [],
      ),
    ) as MarkChange
    return [...done, Object.keys(marks).length > 0 ? mark(mediaId, marks) : null].filter(edit => edit !== null)
  }

  return {
    /** Takes over what sidecars say, as one command in parts, each of which looks anew at what the person has said. */
    begin(conflicts: SidecarConflicts) {
      const command = commands.inParts()
      const now = new Date().toISOString()
      let pictures = 0
      return {
        /** Null as long as nothing was changed. */
        commandId: command.commandId,
        /** @returns how many pictures were changed so far. @throws {CommandUndone} */
        take(sidecars: readonly SidecarOfMedia[]): number {
          let changed = 0
          command.run(() => {
            const done = sidecars.map(sidecar => takeOne(sidecar, conflicts, now)).filter(each => each.length > 0)
            changed = done.length
            return { done: done.flat(), isFiled: true, title: titles.readSidecars(pictures + changed) }
          })
          pictures += changed
          return pictures
        },
      }
    },
  }
}
