import { text } from 'node:stream/consumers'
import type { AnalysisSettings } from '../../shared/analysis.ts'
import { CallFailed } from '../../shared/contract.ts'
import type { App } from '../app.ts'
import { promptIdOf } from './describe.ts'
import { overviewLines } from './describing-lines.ts'
import { createHeadlessApp, type ProgramFiles, printable } from './program.ts'

export interface AnalysisOptions {
  library: string
  json: boolean
  analyser?: AnalysisSettings['analyser']
  baseUrl?: string
  model?: string
  detail?: AnalysisSettings['detail']
  language?: string
  /** Its name, or `default`. */
  prompt?: string
  automatic?: boolean
  batch?: boolean
  /** US dollars; null: no cap. */
  dayCap?: number | null
  runCap?: number | null
  embeddingModel?: string
  /** `stdin`, `env:NAME`, or `none` to forget it. Never the key itself. */
  key?: string
}

export type AnalysisAction = 'status' | 'set'

/** `burg-ink analysis`: who describes, what was spent, and the last runs; or changes the settings. @returns the exit code. */
export async function analysisCommand(
  action: AnalysisAction,
  options: AnalysisOptions,
  files: ProgramFiles,
  input: NodeJS.ReadStream = process.stdin,
): Promise<number> {
  const app = await createHeadlessApp(options.library, files)
  try {
    if (action === 'set') await change(app, options, input)
    const overview = await app.handlers['analysis.overview']({})
    if (options.json) {
      console.log(JSON.stringify(overview))
      return 0
    }
    const { prompts } = await app.handlers['prompts.list']({})
    const promptName = prompts.find(({ id }) => id === overview.settings.promptId)?.name ?? 'default'
    for (const line of overviewLines(overview, promptName)) console.log(printable(line))
    return 0
  } finally {
    await app.stop()
  }
}

async function change(app: App, options: AnalysisOptions, input: NodeJS.ReadStream): Promise<void> {
  const { settings } = await app.handlers['analysis.overview']({})
  const apiKey = options.key === undefined ? undefined : await keyFrom(options.key, input)
  await app.handlers['analysis.save']({
    settings: { ...settings, ...(await changesBy(app, options)) },
    ...(apiKey !== undefined && { apiKey }),
  })
}

async function changesBy(app: App, options: AnalysisOptions): Promise<Partial<AnalysisSettings>> {
  const { analyser, baseUrl, model, detail, language, embeddingModel } = options
  const changes = {
    analyser,
    baseUrl,
    model,
    detail,
    language,
    embeddingModel,
    promptId: options.prompt === undefined ? undefined : await promptIdOf(app, options.prompt),
    isAutomatic: options.automatic,
    usesBatch: options.batch,
    dayCapUsd: options.dayCap,
    runCapUsd: options.runCap,
  }
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

/** Arguments can be read by every program of this computer, and stay in the shell's history. */
async function keyFrom(source: string, input: NodeJS.ReadStream): Promise<string> {
  if (source === 'none') return ''
  const name = /^env:(\w+)$/.exec(source)?.[1]
  const key = name ? process.env[name] : source === 'stdin' && !input.isTTY ? await text(input) : undefined
  if (key?.trim()) return key.trim()
  if (name) throw new CallFailed('bad-input', `${name} is not set.`)
  throw new CallFailed(
    'bad-input',
    'A key is never an argument. Pipe it in with "--key stdin < file", or name a variable that holds it with "--key env:NAME".',
  )
}
