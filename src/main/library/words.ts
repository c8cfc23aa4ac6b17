import type { OwnWordField, Suggestion, WordField } from '../../shared/analysis.ts'
import type { MediaId } from '../../shared/media.ts'
import { titles } from './command-titles.ts'
import type { Commands } from './commands.ts'
import type { Db } from './database.ts'
import type { Edit } from './edits.ts'
import { createSuggestions } from './suggestions.ts'
import { createTags, tagName } from './tags.ts'

type Named = Pick<Suggestion, 'field' | 'value'>
export type Decision = 'confirm' | 'reject'

/**
 * What a person says of pictures. It is kept apart from what analysers say, so nothing that an analyser does overwrites it,
 * nor do other bytes of the file.
 *
 * Analysers' tags are suggestions until there is a person's row of the same tag. A rejected one leaves a note, which
 * `recordAnalysis` heeds.
 */
export function createWords(db: Db, commands: Commands) {
  const { edits } = commands
  const suggestions = createSuggestions(db)
  const tags = createTags(db)
  const isKnown = db.prepare<[number], { found: 1 }>('SELECT 1 AS found FROM media WHERE id = ?')
  const analysersOfTag = db
    .prepare<[number, number], string>(
      `SELECT source FROM media_tags WHERE media_id = ? AND tag_id = ? AND source <> 'person'`,
    )
    .pluck()
  const isOfPerson = db.prepare<[number, number], { found: 1 }>(
    `SELECT 1 AS found FROM media_tags WHERE media_id = ? AND tag_id = ? AND source = 'person'`,
  )

  const made = (list: (Edit | null)[]): Edit[] => list.filter(edit => edit !== null)
  const say = (mediaId: MediaId, field: OwnWordField, value: string) =>
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

  const setWord = (mediaId: MediaId, field: OwnWordField, value: string | null): Edit | null =>
    value === null ? edits.remove('words', mediaId, field) : say(mediaId, field, value)

  /** Adding one that was rejected forgives it. */
  const giveTag = (mediaId: MediaId, tagId: number, name: string): Edit[] =>
    made([addTag(mediaId, tagId), edits.remove('rejections', mediaId, 'tag', name)])

  /** Taking away one that an analyser gave rejects it. */
  const takeTag = (mediaId: MediaId, tagId: number, name: string): Edit[] =>
    made([edits.remove('media_tags', mediaId, tagId, 'person'), ...rejectTag(mediaId, tagId, name)])

  return {
    /** Single steps, within a command of another. */
    steps: {
      /** Null: nobody says anything of it any more, an analyser neither. */
      say(mediaId: MediaId, field: OwnWordField, value: string | null): Edit[] {
        const said = setWord(mediaId, field, value)
        const suggested = value === null && field !== 'title' ? suggestions.saidOf(mediaId).suggested[field] : undefined
        return made([said, suggested === undefined ? null : edits.put('rejections', [mediaId, field, suggested])])
      },
      giveTag: (mediaId: MediaId, name: string): Edit[] => giveTag(mediaId, tags.idFor(name), name),
      takeTag(mediaId: MediaId, name: string): Edit[] {
        const tagId = tags.idOf(name)
        return tagId === null ? [] : takeTag(mediaId, tagId, name)
      },
      /** The person's own alone: what an analyser says stays suggested. */
      releaseTag(mediaId: MediaId, name: string): Edit[] {
        const tagId = tags.idOf(name)
        return tagId === null ? [] : made([edits.remove('media_tags', mediaId, tagId, 'person')])
      },
    },

    /**
     * Confirms or rejects one suggestion where it is made, or all of them. What is confirmed was shown and found already,
     * so it is not filed anew.
     */
    decide(
      mediaIds: readonly MediaId[],
      decision: Decision,
      suggestion?: Named,
    ): { count: number; commandId: number | null } {
      const named =
        suggestion?.field === 'tag' ? { field: 'tag' as const, value: tagName(suggestion.value) } : suggestion
      const { count, commandId } = commands.run(() => {
        const done: Edit[] = []
        let decided = 0
        let pictures = 0
        for (const mediaId of mediaIds) {
          const before = done.length
          if (!named) decided += decideAll(mediaId, decision, done)
          else done.push(...decideOne(mediaId, named, decision))
          if (done.length > before) pictures += 1
        }
        const count = named ? pictures : decided
        const title = titles.decide(decision, named, count, pictures)
        return { done, isFiled: decision === 'reject', count, title }
      })
      return { count, commandId }
    },

    /** A person's own words; null takes them back. */
    set(mediaIds: readonly MediaId[], field: OwnWordField, value: string | null): { commandId: number | null } {
      const { commandId } = commands.run(() => {
        const known = mediaIds.filter(mediaId => isKnown.get(mediaId))
        const done = made(known.map(id => setWord(id, field, value)))
        return { done, isFiled: true, title: titles.setWord(field, value === null, done.length) }
      })
      return { commandId }
    },

    /** A person's tags. Taking away one that an analyser gave rejects it; adding one that was rejected forgives it. */
    changeTags(
      mediaIds: readonly MediaId[],
      add: readonly string[],
      remove: readonly string[],
    ): { commandId: number | null } {
      const { commandId } = commands.run(() => {
        const added = [...new Set(add.map(tagName))].filter(name => name !== '')
        const removed = [...new Set(remove.map(tagName))].filter(name => !added.includes(name))
        const addedIds = added.map(name => ({ name, id: tags.idFor(name) }))
        const removedIds = removed.map(name => ({ name, id: tags.idOf(name) }))
        const changed = mediaIds
          .filter(mediaId => isKnown.get(mediaId))
          .map(mediaId => [
            ...addedIds.flatMap(({ name, id }) => giveTag(mediaId, id, name)),
            ...removedIds.flatMap(({ name, id }) => (id === null ? [] : takeTag(mediaId, id, name))),
          ])
          .filter(edits => edits.length > 0)
        return { done: changed.flat(), isFiled: true, title: titles.changeTags(added, removed, changed.length) }
      })
      return { commandId }
    },
  }
}
