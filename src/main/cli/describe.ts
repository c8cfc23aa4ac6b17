import type { AnalysisOverview, AnalysisRun, Estimate } from '../../shared/analysis.ts'
import { CallFailed, type Chosen } from '../../shared/contract.ts'
import { formatUsd } from '../../shared/money.ts'
import type { App } from '../app.ts'
import { describingLine, endLine, estimateLines } from './describing-lines.ts'
import { folderIdOf } from './folder-named.ts'
import { clearLine, complain, createHeadlessApp, type ProgramFiles, printable, stopRequested } from './program.ts'

export interface DescribeOptions {
  library: string
  json: boolean
  /** All that the model and prompt have not described. */
  all?: boolean
  /** Number, name or path of a folder of the library. */
  folder?: string
  model?: string
  /** Its name, or `default`. */
  prompt?: string
  batch?: boolean
  /** US dollars. */
  cap?: number
  /** Only say what it would cost. */
  estimate?: boolean
  /** Without any cap. */
  yes?: boolean
  /** Go on with the run that was paused. */
  resume?: boolean
}

/** `burg-ink describe`: what it costs, then the run, until it ends or is paused. @returns the exit code. */
export async function describeCommand(text: string, options: DescribeOptions, files: ProgramFiles): Promise<number> {
  const startedMs = performance.now()
  const stopped = stopRequested()
  const app = await createHeadlessApp(options.library, files)
  try {
    const run = options.resume ? await resume(app) : await begin(app, text, options)
    if (run === null) return 0
    const ended = await Promise.race([waitForEnd(app, run.runId), stopped])
    clearLine()
    if (typeof ended === 'string') return await pause(app, run.runId)
    return report(ended, Math.round(performance.now() - startedMs), options.json)
  } finally {
    await app.stop()
  }
}

/** @returns null where nothing is to be done. */
async function begin(app: App, text: string, options: DescribeOptions): Promise<{ runId: number } | null> {
  const asked = { chosen: await chosenBy(app, text, options), ...(await recipeBy(app, options)) }
  const estimate = await app.handlers['analysis.estimate'](asked)
  sayEstimate(estimate, options)
  if (options.estimate || estimate.pictures === 0) return null
  const overview = await app.handlers['analysis.overview']({})
  assertCapped(overview, estimate, options)
  await app.start()
  const { batch: usesBatch, cap: capUsd } = options
  return app.handlers['analysis.run']({
    ...asked,
    ...(usesBatch !== undefined && { usesBatch }),
    ...(capUsd !== undefined && { capUsd }),
  })
}

async function chosenBy(app: App, text: string, { all, folder }: DescribeOptions): Promise<Chosen> {
  if (text !== '' || folder !== undefined) {
    if (all) throw new CallFailed('bad-input', 'Give either --all, or a folder and words to find pictures by.')
    const folderId = folder === undefined ? undefined : await folderIdOf(app, folder)
    return { filter: { ...(text !== '' && { text }), ...(folderId !== undefined && { folderId }) } }
  }
  if (all) return { isUndescribed: true }
  throw new CallFailed('bad-input', 'Say which pictures: --all, --folder, or words to find them by.')
}

async function recipeBy(app: App, options: Pick<DescribeOptions, 'model' | 'prompt'>) {
  const { model, prompt } = options
  return {
    ...(model !== undefined && { model }),
    ...(prompt !== undefined && { promptId: await promptIdOf(app, prompt) }),
  }
}

/** Null: the one that comes with Burg Ink. */
export async function promptIdOf(app: App, name: string): Promise<number | null> {
  const { prompts } = await app.handlers['prompts.list']({})
  const found = prompts.find(prompt => prompt.name === name)
  if (found) return found.id
  if (name === 'default') return null
  const names = ['default', ...prompts.map(prompt => prompt.name)]
  throw new CallFailed('not-found', `There is no prompt ${printable(name)}. There are: ${names.join(', ')}.`)
}

function sayEstimate(estimate: Estimate, { estimate: isAll, json }: DescribeOptions): void {
  const say = isAll ? console.log : console.error
  const lines = isAll && json ? [JSON.stringify(estimate)] : estimateLines(estimate).map(line => printable(line))
  for (const line of lines) say(line)
}

/** Nobody is asked, so money is only spent where somebody said how much. */
function assertCapped({ settings }: AnalysisOverview, { usd }: Estimate, { cap, yes }: DescribeOptions): void {
  const isFree = usd === 0
  const isCapped = cap !== undefined || settings.dayCapUsd !== null || settings.runCapUsd !== null
  if (isFree || isCapped || yes) return
  throw new CallFailed(
    'not-allowed',
    'There is no cap on what this may cost. Give one with --cap, save one with "burg-ink analysis set --day-cap", or say --yes.',
  )
}

async function resume(app: App): Promise<{ runId: number }> {
  const { runs } = await app.handlers['analysis.overview']({})
  const run =
    runs.find(({ state }) => state === 'paused') ??
    runs.find(({ state }) => state !== 'completed' && state !== 'cancelled')
  if (!run) throw new CallFailed('not-found', 'No run is paused. "burg-ink analysis" lists the last ones.')
  await app.start()
  if (run.state === 'paused') await app.handlers['analysis.resume']({ runId: run.id })
  return { runId: run.id }
}

/** Resolves when the run is done, cancelled, or paused because it cannot go on by itself. */
function waitForEnd(app: App, runId: number): Promise<AnalysisRun> {
  let said: string | null = null
  let looking = Promise.resolve()
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      const run = await findRun(app, runId)
      if (!run) return
      showProgress(run)
      if (run.state === 'waiting' && run.message !== said && !process.stderr.isTTY) complain(run.message)
      said = run.message
      if (run.state === 'running' || run.state === 'waiting') return
      unsubscribe()
      resolve(run)
    }
    // One look after another: what changes during one is seen by the next.
    const lookNext = (): void => {
      looking = looking.then(look).catch(reject)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'analysis.changed') lookNext()
    })
    // It may have ended before anybody listened.
    lookNext()
  })
}

async function findRun(app: App, runId: number): Promise<AnalysisRun | undefined> {
  const { runs } = await app.handlers['analysis.overview']({})
  return runs.find(({ id }) => id === runId)
}

/** After Ctrl-C. What was sent is paid and read; nothing more is sent. */
async function pause(app: App, runId: number): Promise<number> {
  await app.handlers['analysis.pause']({ runId })
  const run = await findRun(app, runId)
  const spent = run ? ` at ${run.done + run.failed} of ${run.total}; ${formatUsd(run.spentUsd)} spent` : ''
  console.error(`Paused${spent}. "burg-ink describe --resume" goes on.`)
  return 130
}

function report(run: AnalysisRun, elapsedMs: number, isJson: boolean): number {
  if (isJson) {
    const { id: runId, state, message, total, done, reused, failed, estimateUsd, spentUsd } = run
    console.log(
      JSON.stringify({ runId, state, message, total, done, reused, failed, estimateUsd, spentUsd, elapsedMs }),
    )
  }
  if (run.state === 'completed') {
    if (!isJson) console.log(endLine(run, elapsedMs))
    return 0
  }
  complain(run.message ?? `The run was ${run.state}.`)
  if (run.state === 'paused') console.error('"burg-ink describe --resume" goes on.')
  return 1
}

function showProgress(run: AnalysisRun): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${printable(describingLine(run, process.stderr.columns))}`)
}
