import type { Suggestion, WordField } from '../../shared/analysis.ts'
import type { MediaId } from '../../shared/media.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'
import { createEdits, type Edit } from './edits.ts'
import type { createRefiling } from './refiling.ts'
import { createSuggestions } from './suggestions.ts'
import { createTags, tagName } from './tags.ts'
import { createUndoJournal } from './undo.ts'

type Named = Pick<Suggestion, 'field' | 'value'>
export type Decision = 'confirm' | 'reject'

/**
 * What a person says of pictures. It is kept apart from what analysers say, so nothing that an analyser does overwrites it,
 * nor do other bytes of the file. Every command is one transaction and can be taken back.
 *
 * Analysers' tags are suggestions until there is a person's row of the same tag. A rejected one leaves a note, which
 * `recordAnalysis` heeds.
 */
export function createWords(db: Db, refiling: ReturnType<typeof createRefiling>, changes: ChangeFeed) {
  const edits = createEdits(db)
  const suggestions = createSuggestions(db)
  const tags = createTags(db)
  const journal = createUndoJournal()
  const isKnown = db.prepare<[number], { found: 1 }>('SELECT 1 AS found FROM media WHERE id = ?')
  const sha256Of = db.prepare<[number], string | null>('SELECT sha256 FROM media WHERE id = ?').pluck()
  const analysersOfTag = db
    .prepare<[number, number], string>(
      `SELECT source FROM media_tags WHERE media_id = ? AND tag_id = ? AND source <> 'person'`,
    )
    .pluck()
  const isOfPerson = db.prepare<[number, number], { found: 1 }>(
    `SELECT 1 AS found FROM media_tags WHERE media_id = ? AND tag_id = ? AND source = 'person'`,
  )

  const made = (list: (Edit | null)[]): Edit[] => list.filter(edit => edit !== null)
  const say = (mediaId: MediaId, field: WordField, value: string) =>
    edits.put('words', [mediaId, field, value, new Date().toISOString()])
  const addTag = (mediaId: MediaId, tagId: number) =>
    edits.put('media_tags', [mediaId, tagId, 'person', 'person', null])

  /** Every analyser's row goes, and none comes back. */
  function rejectTag(mediaId: MediaId, tagId: number, name: string): Edit[] {
    const rows = analysersOfTag.all(mediaId, tagId).map(source => edits.remove('media_tags', mediaId, tagId, source))
    return rows.length === 0 ? [] : made([...rows, edits.put('rejections', [mediaId, 'tag', name])])
  }

  function decideTag(mediaId: MediaId, name: string, decision: Decision): Edit[] {
    const tagId = tags.idOf(name)
    if (tagId === null || isOfPerson.get(mediaId, tagId)) return []
    if (decision === 'reject') return rejectTag(mediaId, tagId, name)
    return analysersOfTag.get(mediaId, tagId) === undefined ? [] : made([addTag(mediaId, tagId)])
  }

  function decideWord(mediaId: MediaId, field: WordField, value: string, decision: Decision): Edit[] {
    return made([
      decision === 'confirm' ? say(mediaId, field, value) : edits.put('rejections', [mediaId, field, value]),
    ])
  }

  function decideOne(mediaId: MediaId, { field, value }: Named, decision: Decision): Edit[] {
    if (field === 'tag') return decideTag(mediaId, value, decision)
    const isSuggested = suggestions.saidOf(mediaId).suggested[field] === value
    return isSuggested ? decideWord(mediaId, field, value, decision) : []
  }

  /** @returns how many suggestions were decided. */
  function decideAll(mediaId: MediaId, decision: Decision, done: Edit[]): number {
    const words = suggestions.words(mediaId)
    for (const { field, value } of words) done.push(...decideWord(mediaId, field, value, decision))
    const suggested = suggestions.tags(mediaId)
    for (const { tagId, value } of suggested) {
      done.push(...(decision === 'confirm' ? made([addTag(mediaId, tagId)]) : rejectTag(mediaId, tagId, value)))
    }
    return words.length + suggested.length
  }

  /** The command can be taken back. @returns its number. */
  function keep(done: Edit[], isFiled: boolean): number {
    const losers = idsIn(done.filter(isLossOfAnalyser))
    const saidOf = new Map(Array.from(losers, id => [id, sha256Of.get(id) ?? null]))
    return journal.keep({ edits: done, isFiled, saidOf })
  }

  /** What an analyser said of other bytes stays away. */
  function takeBack(edit: Edit, saidOf: ReadonlyMap<MediaId, string | null>): boolean {
    const id = mediaIdOf(edit)
    if (isLossOfAnalyser(edit) && saidOf.get(id) !== (sha256Of.get(id) ?? null)) return false
    return edits.takeBack(edit)
  }

  /** Lists and search follow. @returns whether they are other ones now. */
  function settle(done: Edit[], isFiled: boolean): boolean {
    if (!isFiled) return false
    for (const mediaId of idsIn(done.filter(edit => edit.table === 'media_tags'))) tags.list(mediaId)
    return refiling.refile(idsIn(done))
  }

  /** Said once everything is written. */
  function tell(done: Edit[], isListed: boolean): void {
    for (const id of idsIn(done)) changes.emit('media', { id, isListed })
  }

  /** Runs a command in one transaction. */
  function command<T extends { done: Edit[]; isFiled: boolean }>(work: () => T): T & { undoId: number } {
    const result = db.transaction(() => {
      const worked = work()
      const isListed = settle(worked.done, worked.isFiled)
      return { ...worked, isListed, undoId: keep(worked.done, worked.isFiled) }
    })()
    tell(result.done, result.isListed)
    return result
  }

  return {
    /**
     * Confirms or rejects one suggestion where it is made, or all of them. What is confirmed was shown and found already,
     * so it is not filed anew.
     */
    decide(mediaIds: readonly MediaId[], decision: Decision, suggestion?: Named): { count: number; undoId: number } {
      const named =
        suggestion?.field === 'tag' ? { field: 'tag' as const, value: tagName(suggestion.value) } : suggestion
      const { count, undoId } = command(() => {
        const done: Edit[] = []
        let decided = 0
        for (const mediaId of mediaIds) {
          if (!named) decided += decideAll(mediaId, decision, done)
          else {
            const some = decideOne(mediaId, named, decision)
            done.push(...some)
            if (some.length > 0) decided += 1
          }
        }
        return { done, isFiled: decision === 'reject', count: decided }
      })
      return { count, undoId }
    },

    /** A person's own words; null takes them back. */
    set(mediaIds: readonly MediaId[], field: WordField, value: string | null): { undoId: number } {
      const { undoId } = command(() => {
        const known = mediaIds.filter(mediaId => isKnown.get(mediaId))
        const done = known.map(id => (value === null ? edits.remove('words', id, field) : say(id, field, value)))
        return { done: made(done), isFiled: true }
      })
      return { undoId }
    },

    /** A person's tags. Taking away one that an analyser gave rejects it; adding one that was rejected forgives it. */
    changeTags(mediaIds: readonly MediaId[], add: readonly string[], remove: readonly string[]): { undoId: number } {
      const { undoId } = command(() => {
        const added = [...new Set(add.map(tagName))].filter(name => name !== '')
        const removed = [...new Set(remove.map(tagName))].filter(name => !added.includes(name))
        const addedIds = added.map(name => ({ name, id: tags.idFor(name) }))
        const removedIds = removed.map(name => ({ name, id: tags.idOf(name) }))
        const done = mediaIds
          .filter(mediaId => isKnown.get(mediaId))
          .flatMap(mediaId => [
            ...addedIds.flatMap(({ name, id }) => [
              addTag(mediaId, id),
              edits.remove('rejections', mediaId, 'tag', name),
            ]),
            ...removedIds.flatMap(({ name, id }) =>
              id === null ? [] : [edits.remove('media_tags', mediaId, id, 'person'), ...rejectTag(mediaId, id, name)],
            ),
          ])
        return { done: made(done), isFiled: true }
      })
      return { undoId }
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
      return { count: idsIn(back.taken).size, isChangedSince: back.taken.length === 0 && command.edits.length > 0 }
    },
  }
}

const mediaIdOf = ({ before, after }: Edit) => (before ?? after)?.[0] as MediaId
const idsIn = (done: readonly Edit[]): Set<MediaId> => new Set(done.map(mediaIdOf))

function isLossOfAnalyser({ table, before, after }: Edit): boolean {
  return table === 'media_tags' && after === null && before?.[2] !== 'person'
}
