import type { Db } from './database.ts'
import { filedLetters } from './filing-terms.ts'
import type { NamedField, Names } from './find-terms.ts'
import { tagName } from './tags.ts'

/** What is begun to be typed means at most so many names. */
const begunMost = 50

/** Names that pictures are filed under, as they are looked for. */
export function createNames(db: Db): Names {
  const tag = db.prepare<[string], number>('SELECT id FROM tags WHERE name = ?').pluck()
  const tags = db
    .prepare<[string, string, number], number>(
      `SELECT t.id FROM tags t JOIN facet_counts c ON c.term = 't' || t.id
       WHERE t.name >= ? AND t.name < ? AND c.count > 0 ORDER BY c.count DESC LIMIT ?`,
    )
    .pluck()
  const value = db
    .prepare<[string, string], number>('SELECT id FROM filed_values WHERE field = ? AND value = ?')
    .pluck()
  const values = db
    .prepare<[string, string, string, string, number], number>(
      `SELECT v.id FROM filed_values v JOIN facet_counts c ON c.term = ? || v.id
       WHERE v.field = ? AND v.value >= ? AND v.value < ? AND c.count > 0 ORDER BY c.count DESC LIMIT ?`,
    )
    .pluck()
  return {
    idOf(field: NamedField, name: string): number | null {
      return (field === 'tag' ? (tag.get(name) ?? tag.get(tagName(name))) : value.get(field, tagName(name))) ?? null
    },
    idsOf(field: NamedField, start: string): number[] {
      const from = tagName(start)
      const to = `${from}\u{10ffff}`
      if (field === 'tag') return tags.all(from, to, begunMost)
      return values.all(filedLetters[field], field, from, to, begunMost)
    },
  }
}
