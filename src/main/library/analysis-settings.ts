import { type AnalysisSettings, analysisSettingsSchema } from '../../shared/analysis.ts'
import type { Db } from './database.ts'

/** What can be spent in a day before a person has thought about it, US dollars. */
const firstDayCapUsd = 5

const defaults: AnalysisSettings = {
  analyser: 'builtin',
  baseUrl: 'http://localhost:11434/v1',
  model: '',
  detail: 'auto',
  language: 'English',
  promptId: null,
  vocabulary: { media: [], series: [], subjects: [] },
  isAutomatic: false,
  usesBatch: false,
  dayCapUsd: firstDayCapUsd,
  runCapUsd: null,
  embeddingModel: '',
  ownPrice: null,
}

/** Kept whole under one name: they are saved together. */
const name = 'analysis'

export function createAnalysisSettings(db: Db) {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?')
  const put = db.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  return {
    get(): AnalysisSettings {
      return analysisSettingsSchema.parse({ ...defaults, ...JSON.parse(read.get(name)?.value ?? '{}') })
    },
    set(settings: AnalysisSettings): void {
      put.run(name, JSON.stringify(settings))
    },
  }
}
