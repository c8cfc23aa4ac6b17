import { type RunFilter, runFilters, runIdSchema } from './contract.ts'

/** Which pieces of work are listed, and which one is open. */
export interface RunsSpot {
  /** Of one function; null: of all. */
  functionId: string | null
  state: RunFilter | null
  runId: string | null
}

export const allRuns: RunsSpot = { functionId: null, state: null, runId: null }

/** `params` of `#/activity/work?<params>`. */
export function parseRunsSpot(params: URLSearchParams): RunsSpot {
  const functionId = params.get('of')
  const runId = runIdSchema.safeParse(params.get('run'))
  return {
    functionId: functionId && functionId.length <= 100 ? functionId : null,
    state: runFilters.find(state => state === params.get('state')) ?? null,
    runId: runId.success ? runId.data : null,
  }
}

/** What follows `#/activity/work`. */
export function formatRunsSpot({ functionId, state, runId }: RunsSpot): string {
  const params = new URLSearchParams()
  if (functionId) params.set('of', functionId)
  if (state) params.set('state', state)
  if (runId) params.set('run', runId)
  const query = params.toString()
  return query ? `?${query}` : ''
}
