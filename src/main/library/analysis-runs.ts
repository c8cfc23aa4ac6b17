import type { AnalysisRun, AnalysisSettings, Vocabulary } from '../../shared/analysis.ts'
import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'

/** Who is asked by a run, and how, as it was when the run began. Never holds a key. */
export interface RunRecipe {
  analyser: 'openai' | 'compatible'
  baseUrl: string
  model: string
  detail: AnalysisSettings['detail']
  prompt: string
  promptName: string
  language: string
  vocabulary: Vocabulary
  ownPrice: AnalysisSettings['ownPrice']
}

export interface AnalysisRunRow
  extends Omit<AnalysisRun, 'model' | 'promptName' | 'picturesPerMinute' | 'secondsLeft'> {
  recipe: RunRecipe
  recipeKey: string
  generation: number
  reservedUsd: number
}

export interface NewRun
  extends Pick<AnalysisRunRow, 'kind' | 'lane' | 'recipe' | 'recipeKey' | 'estimateUsd' | 'capUsd'> {
  state: 'running' | 'paused'
  message: string | null
}

const select = `SELECT id, kind, lane, recipe, recipe_key AS recipeKey, state, message, generation, total, done, reused, failed,
  estimate_usd AS estimateUsd, cap_usd AS capUsd, spent_usd AS spentUsd, reserved_usd AS reservedUsd,
  started_at AS startedAt, finished_at AS finishedAt FROM analysis_runs`

const activeStates = `state IN ('running', 'waiting', 'paused')`

/** One row for each round of describing pictures: its recipe, its state and its counts. */
export function createAnalysisRuns(db: Db, changes: ChangeFeed) {
  type Raw = Omit<AnalysisRunRow, 'recipe'> & { recipe: string }
  const parse = (row: Raw): AnalysisRunRow => ({ ...row, recipe: JSON.parse(row.recipe) })
  const byId = db.prepare<[number], Raw>(`${select} WHERE id = ?`)
  const stateOf = db.prepare<[number], Pick<AnalysisRunRow, 'state' | 'generation'>>(
    'SELECT state, generation FROM analysis_runs WHERE id = ?',
  )
  const active = db.prepare<[], Raw>(`${select} WHERE ${activeStates} ORDER BY id DESC`)
  const latest = db.prepare<[number], Raw>(`${select} ORDER BY id DESC LIMIT ?`)
  const openAutomatic = db.prepare<[string, string], { id: number }>(
    `SELECT id FROM analysis_runs WHERE ${activeStates} AND kind = 'automatic' AND recipe_key = ? AND lane = ?
     ORDER BY id DESC LIMIT 1`,
  )
  const insert = db.prepare<unknown[], { id: number }>(
    `INSERT INTO analysis_runs (kind, lane, recipe, recipe_key, state, message, estimate_usd, cap_usd, started_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  )
  const setState = db.prepare<[AnalysisRun['state'], string | null, string | null, number]>(
    'UPDATE analysis_runs SET state = ?, message = ?, finished_at = ? WHERE id = ?',
  )
  const setEstimate = db.prepare<[number | null, number]>('UPDATE analysis_runs SET estimate_usd = ? WHERE id = ?')
  const nextGeneration = db.prepare<[number], { generation: number }>(
    'UPDATE analysis_runs SET generation = generation + 1 WHERE id = ? RETURNING generation',
  )

  return {
    begin({ kind, lane, recipe, recipeKey, state, message, estimateUsd, capUsd }: NewRun): number {
      const at = new Date().toISOString()
      const values = [kind, lane, JSON.stringify(recipe), recipeKey, state, message, estimateUsd, capUsd, at]
      changes.emit('analysis')
      return (insert.get(...values) as { id: number }).id
    },

    get(id: number): AnalysisRunRow | null {
      const row = byId.get(id)
      return row ? parse(row) : null
    },

    /** What is asked before every picture. */
    stateOf(id: number): Pick<AnalysisRunRow, 'state' | 'generation'> | null {
      return stateOf.get(id) ?? null
    },

    /** Running, waiting and paused ones, newest first. */
    active(): AnalysisRunRow[] {
      return active.all().map(parse)
    },

    latest(limit: number): AnalysisRunRow[] {
      return latest.all(limit).map(parse)
    },

    /** The run that new pictures join, where there is one of this recipe. */
    openAutomatic(recipeKey: string, lane: AnalysisRun['lane']): number | null {
      return openAutomatic.get(recipeKey, lane)?.id ?? null
    },

    /** `message` says why it waits or is paused, for a person to read. */
    setState(id: number, state: AnalysisRun['state'], message: string | null = null): void {
      const isOver = state === 'completed' || state === 'cancelled'
      setState.run(state, message, isOver ? new Date().toISOString() : null, id)
      changes.emit('analysis')
    },

    setEstimate(id: number, usd: number | null): void {
      setEstimate.run(usd, id)
    },

    /** Makes work that was sent to the engine before end by itself. */
    nextGeneration(id: number): number {
      return (nextGeneration.get(id) as { generation: number }).generation
    },
  }
}
