import type { Prompt } from '../../shared/analysis.ts'
import type { Db } from './database.ts'

/** A person's own prompts. What a run was asked with is kept with the run, so a prompt may change and go. */
export function createPrompts(db: Db) {
  const columns = 'id, name, text, updated_at AS updatedAt'
  const all = db.prepare<[], Prompt>(`SELECT ${columns} FROM prompts WHERE is_removed = 0 ORDER BY name, id`)
  const byId = db.prepare<[number], Prompt>(`SELECT ${columns} FROM prompts WHERE id = ? AND is_removed = 0`)
  const insert = db.prepare<[string, string, string], Prompt>(
    `INSERT INTO prompts (name, text, updated_at) VALUES (?, ?, ?) RETURNING ${columns}`,
  )
  const update = db.prepare<[string, string, string, number], Prompt>(
    `UPDATE prompts SET name = ?, text = ?, updated_at = ? WHERE id = ? AND is_removed = 0 RETURNING ${columns}`,
  )
  const remove = db.prepare<[number]>('UPDATE prompts SET is_removed = 1 WHERE id = ? AND is_removed = 0')

  return {
    list(): Prompt[] {
      return all.all()
    },
    /** Null also for one that was removed. */
    get(id: number): Prompt | null {
      return byId.get(id) ?? null
    },
    /** Without `id` a new one. @returns null when there is none of that id. */
    save({ id, name, text }: { id?: number | undefined; name: string; text: string }): Prompt | null {
      const now = new Date().toISOString()
      return (id === undefined ? insert.get(name, text, now) : update.get(name, text, now, id)) ?? null
    },
    /** @returns false when there was none. */
    remove(id: number): boolean {
      return remove.run(id).changes > 0
    },
  }
}
