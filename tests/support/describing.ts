import { beforeEach, onTestFinished, vi } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import type { App } from '../../src/main/app.ts'
import type { AnalysisRun, AnalysisSettings } from '../../src/shared/analysis.ts'
import { importFolder, makePictures, mediaIdOf, startApp, type TestApp } from './app.ts'
import { ManualClock } from './engine.ts'
import { type OpenAiServer, startOpenAiServer } from './openai-server/index.ts'
import { watch } from './watched-rooms.ts'

let clock: ManualClock
beforeEach(() => {
  clock = new ManualClock(Date.UTC(2026, 0, 1, 12, 1))
  watch.engineClock = clock
})

/** Waits until the engine sleeps for so long, then lets that time pass. */
export async function passSleep(ms: number, meanwhile: () => unknown = () => {}): Promise<void> {
  await vi.waitUntil(() => clock.nextTimerMs === ms, { timeout: 20_000, interval: 10 })
  await meanwhile()
  clock.advance(ms)
}

/** Lets so much of the engine's time pass again and again, until it holds. */
export function passUntil(ms: number, holds: () => boolean): Promise<unknown> {
  const look = () => {
    if (holds()) return true
    clock.advance(ms)
    return false
  }
  return vi.waitUntil(look, { timeout: 60_000, interval: 100 })
}

/** A known price, a usual model. */
export const testModel = 'gpt-5-mini'

export interface DescribingApp {
  app: TestApp
  server: OpenAiServer
  /** In the order of their names. */
  mediaIds: number[]
  /** Begins a run over these pictures, or all. @returns its id. */
  run(given?: RunGiven): Promise<number>
  set(changes: Partial<AnalysisSettings>, apiKey?: string): Promise<void>
  /** Starts the app on the same library again; what it was before has to be stopped. */
  startAgain(): Promise<void>
}

interface RunGiven {
  mediaIds?: number[]
  usesBatch?: boolean
  capUsd?: number | null
  promptId?: number | null
  model?: string
}

export interface DescribingGiven {
  pictures?: number
  server?: Parameters<typeof startOpenAiServer>[0]
  settings?: Partial<AnalysisSettings>
  now?: () => number
  /** Null: none is saved. */
  apiKey?: string | null
}

/** The app with pictures in it, beside a server that answers as OpenAI does. */
export async function startDescribing(given: DescribingGiven = {}): Promise<DescribingApp> {
  const server = await startOpenAiServer(given.server)
  onTestFinished(() => server.close())
  const secrets = createMemoryStore()
  const google = {
    environment: {},
    openBrowser: () => Promise.reject(new Error('There is no browser here.')),
    openSecrets: async () => ({ store: secrets, notice: null }),
  }
  const analysis = { openAiUrl: server.url, ...(given.now && { now: given.now }) }
  const started = { app: await startApp({ google, analysis }) }
  const set = async (changes: Partial<AnalysisSettings>, apiKey?: string) => {
    const { settings } = await started.app.handlers['analysis.overview']({})
    await started.app.handlers['analysis.save']({ settings: { ...settings, ...changes }, apiKey })
  }
  const key = given.apiKey === undefined ? server.key : (given.apiKey ?? undefined)
  await set({ analyser: 'openai', model: testModel, dayCapUsd: null, ...given.settings }, key)
  const names = Array.from({ length: given.pictures ?? 3 }, (_, i) => `${String(i).padStart(3, '0')}.png`)
  const folder = await makePictures(Object.fromEntries(names.map((name, i) => [name, i + 1])))
  const { entries } = await importFolder(started.app, folder)
  const mediaIds = names.map(name => mediaIdOf(entries, name))
  return {
    get app() {
      return started.app
    },
    server,
    mediaIds,
    set,
    async run({ mediaIds: some = mediaIds, ...others } = {}) {
      const chosen = { mediaIds: some }
      return (await started.app.handlers['analysis.run']({ chosen, ...others })).runId
    },
    async startAgain() {
      started.app = await startApp({ libraryFolder: started.app.libraryFolder, google, analysis })
    },
  }
}

export async function runOf(app: App, runId: number): Promise<AnalysisRun> {
  const { runs } = await app.handlers['analysis.overview']({})
  const run = runs.find(({ id }) => id === runId)
  if (!run) throw new Error(`There is no run ${runId}`)
  return run
}

/** Waits until the run is in one of these states. */
export async function untilRun(app: App, runId: number, ...states: AnalysisRun['state'][]): Promise<AnalysisRun> {
  await vi.waitUntil(() => states.includes(app.library.analysis.runs.get(runId)?.state ?? 'running'), {
    timeout: 30_000,
    interval: 10,
  })
  return runOf(app, runId)
}

/** `done/total, reused, failed`, and that they add up. */
export function countsOfRun({ total, done, reused, failed }: AnalysisRun) {
  return { total, done, reused, failed }
}
