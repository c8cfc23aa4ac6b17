import { type OwnWordField, ownWordFields } from '../../shared/analysis.ts'
import type { MarkChange, Marks } from '../../shared/marks.ts'
import type { MediaId } from '../../shared/media.ts'
import { type PictureRow, targetName } from '../../shared/tables.ts'
import type { Db } from './database.ts'
import { createPictureNames, type Named } from './picture-names.ts'
import { comparable, manySentence, type RowPlan } from './row-plans.ts'
import { createSuggestions } from './suggestions.ts'
import { tagName } from './tags.ts'

/** What a person's words of one picture become. */
export interface PictureAct {
  id: MediaId
  /** Null: nothing is said of it any more, by nobody. */
  words: [OwnWordField, string | null][]
  addedTags: string[]
  removedTags: string[]
  /** Of the person's own: what an analyser says stays a suggestion. */
  releasedTags: string[]
  marks: MarkChange
}

type Found = { media: Named } | { fault: string; isAmbiguous?: true }
type Change = RowPlan<unknown>['changes'][number]

const listText = (names: readonly string[]): string | null => (names.length === 0 ? null : names.join('; '))

/** What a row of a table makes of a picture's words. Only reads. */
export function createPictureRows(db: Db) {
  const names = createPictureNames(db)
  const suggestions = createSuggestions(db)
  const titleInFile = db
    .prepare<[number], string | null>(`SELECT metadata ->> '$.title' FROM media WHERE id = ?`)
    .pluck()
  const tagsOf = db.prepare<[number], { name: string; isOwn: 0 | 1 }>(
    `SELECT t.name, max(mt.source = 'person') AS isOwn FROM media_tags mt JOIN tags t ON t.id = mt.tag_id
     WHERE mt.media_id = ? GROUP BY t.id ORDER BY t.name`,
  )
  const marksOf = db.prepare<[number], Marks>(
    `SELECT p.flag, coalesce(p.rating, m.rating) AS rating, p.label
     FROM media m LEFT JOIN marks p ON p.media_id = m.id WHERE m.id = ?`,
  )

  /** The bytes say it surest; a number is trusted where nothing of the row speaks against it. */
  function find({ sha256, id, path, folder, file }: PictureRow['keys']): Found {
    const hashed = sha256 === null ? null : names.byHash(sha256)
    if (hashed) return { media: hashed }
    const numbered = id !== null && /^[1-9]\d{0,14}$/.test(id) ? names.byId(Number(id)) : null
    const name = path ?? file
    if (numbered && (name === null || isOf(numbered, name))) return { media: numbered }
    if (name === null) return { fault: `No picture of the library is ${id ?? sha256 ?? 'named in this row'}.` }
    const found = names.byPath(name, folder)
    if (found.length === 1) return { media: found[0] as Named }
    if (found.length > 1) return { fault: manySentence(name, found.length), isAmbiguous: true }
    return { fault: `There is no picture ${name} in the library.` }
  }

  function wordsOf(id: MediaId, given: PictureRow['words']) {
    const said = suggestions.saidOf(id)
    const words: PictureAct['words'] = []
    const changes: Change[] = []
    for (const field of ownWordFields) {
      const after = given[field]
      if (after === undefined) continue
      const unsaid = field === 'title' ? titleInFile.get(id) : said.suggested[field]
      const before = said.words[field] ?? unsaid ?? null
      if (comparable(before) === comparable(after)) continue
      words.push([field, after])
      changes.push({ field: targetName(field), before, after })
    }
    return { words, changes }
  }

  function tagChanges(id: MediaId, { tags, ownTags }: PictureRow) {
    const now = tagsOf.all(id)
    const all = now.map(({ name }) => name)
    const own = now.filter(({ isOwn }) => isOwn).map(({ name }) => name)
    const ofAll = difference(all, tags)
    const ofOwn = difference(own, ownTags)
    return {
      addedTags: [...new Set([...ofAll.added, ...ofOwn.added])],
      removedTags: ofAll.removed,
      releasedTags: ofOwn.removed.filter(name => !ofAll.removed.includes(name)),
      changes: [...changeOf('Tags', all, ofAll), ...changeOf(targetName('ownTags'), own, ofOwn)],
    }
  }

  function markChanges(id: MediaId, given: MarkChange) {
    const before = marksOf.get(id) as Marks
    const marks: MarkChange = {}
    const changes: Change[] = []
    const text = (value: string | number | null | undefined) => (value == null ? null : String(value))
    for (const [name, after] of Object.entries(given) as [keyof Marks, Marks[keyof Marks] | undefined][]) {
      // No stars and none said look the same.
      const isSame = name === 'rating' ? (before.rating ?? 0) === (after ?? 0) : before[name] === after
      if (after === undefined || isSame) continue
      Object.assign(marks, { [name]: name === 'rating' ? (after ?? 0) : after })
      changes.push({ field: targetName(name), before: text(before[name]), after: text(after) })
    }
    return { marks, changes }
  }

  function plan(row: PictureRow): RowPlan<PictureAct> {
    const { keys } = row
    const found = find(keys)
    const label = keys.path ?? keys.file ?? keys.id ?? keys.sha256 ?? ''
    const nothing = { key: null, label, changes: [], notes: [], act: null }
    if ('fault' in found) {
      return { ...nothing, kind: found.isAmbiguous ? 'ambiguous' : 'refused', notes: [found.fault] }
    }
    const { id, filename, path } = found.media
    const said = { ...nothing, key: String(id), label: path ?? filename }
    const { words, changes: ofWords } = wordsOf(id, row.words)
    const { changes: ofTags, ...tags } = tagChanges(id, row)
    const { marks, changes: ofMarks } = markChanges(id, row.marks)
    const changes = [...ofWords, ...ofTags, ...ofMarks]
    if (changes.length === 0) return { ...said, kind: 'unchanged' }
    return { ...said, kind: 'changed', changes, act: { id, words, ...tags, marks } }
  }

  return { plan }
}

function isOf({ filename }: Named, name: string): boolean {
  const given = name.replaceAll('\\', '/')
  return given.slice(given.lastIndexOf('/') + 1).toLowerCase() === filename.toLowerCase()
}

function difference(now: readonly string[], wanted: readonly string[] | undefined) {
  if (!wanted) return { added: [] as string[], removed: [] as string[], after: now }
  const after = [...new Set(wanted.map(tagName))].filter(name => name !== '')
  // One that divides like a list came out as several, and goes on being one.
  const there = new Set(now.flatMap(name => partsOf(name)))
  return {
    added: after.filter(name => !there.has(name)),
    removed: now.filter(name => !partsOf(name).every(part => after.includes(part))),
    after,
  }
}

const partsOf = (name: string): string[] =>
  name
    .split(/[;|]/)
    .map(part => part.trim())
    .filter(part => part !== '')

function changeOf(
  field: string,
  now: readonly string[],
  { added, removed, after }: ReturnType<typeof difference>,
): Change[] {
  return added.length + removed.length === 0 ? [] : [{ field, before: listText(now), after: listText(after) }]
}
