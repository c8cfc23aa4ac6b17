import type { Db } from './database.ts'

/** Tags are one vocabulary in lower case: `Ink` and `ink` are the same, whoever says it. */
export function tagName(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

/** The vocabulary, and the list of a picture's tags in `media.tags`. */
export function createTags(db: Db) {
  const add = db.prepare<[string]>('INSERT INTO tags (name) VALUES (?) ON CONFLICT (name) DO NOTHING')
  const byName = db.prepare<[string], number>('SELECT id FROM tags WHERE name = ?').pluck()
  const setList = db.prepare<[number, number]>(
    `UPDATE media SET tags = (SELECT json_group_array(name) FROM (SELECT DISTINCT t.name FROM media_tags mt
       JOIN tags t ON t.id = mt.tag_id WHERE mt.media_id = ? ORDER BY t.name)) WHERE id = ?`,
  )

  const idOf = (name: string): number | null => byName.get(name) ?? null

  return {
    /** Null where no picture ever had it. */
    idOf,
    /** The same, of a tag that is made where it is new. */
    idFor(name: string): number {
      add.run(name)
      return idOf(name) as number
    },
    /** Brings `media.tags` in step with `media_tags`. */
    list(mediaId: number): void {
      setList.run(mediaId, mediaId)
    },
  }
}
