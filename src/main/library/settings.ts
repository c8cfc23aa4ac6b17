import { type Settings, settingsSchema } from '../../shared/contract.ts'
import type { Db } from './database.ts'

const defaults: Settings = { copyOriginals: false, googleClientId: '' }

export function createSettings(db: Db) {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings')
  const put = db.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )

  function get(): Settings {
    const stored = Object.fromEntries(all.all().map(row => [row.name, JSON.parse(row.value)]))
    return settingsSchema.parse({ ...defaults, ...stored })
  }

  return {
    get,
    /** Changes those that are given. */
    set: db.transaction((changes: { [N in keyof Settings]?: Settings[N] | undefined }): Settings => {
      for (const [name, value] of Object.entries(changes)) {
        if (value !== undefined) put.run(name, JSON.stringify(value))
      }
      return get()
    }),
  }
}
