import type { AnalysisRun, AnalysisSettings } from '../../shared/analysis.ts'
import { CallFailed, type Chosen, type Handlers } from '../../shared/contract.ts'
import { SecretStoreFailed } from '../accounts/index.ts'
import { AnalysisFailed, checkBaseUrl, checkPrompt, checkVocabulary } from '../analysis/index.ts'
import { type Describing, mayGoOn, type RecipeChoice } from '../jobs/index.ts'
import type { AnalysisRunRow, Library, RunRecipe } from '../library/index.ts'
import type { DescribingModels } from './analysis.ts'
import { createRunRates } from './run-rates.ts'
import type { Comparing } from './words-handlers.ts'

export interface AnalysisHandlerParts {
  library: Library
  models: DescribingModels
  describing: Describing
  comparing: Comparing
}

type AnalysisCalls = `analysis.${string}` | `prompt.${string}` | 'prompts.list'

/** Runs that have ended, shown beside those under way. */
const endedRunsMax = 10

/** What the app answers about describing pictures by a model. */
export function createAnalysisHandlers({
  library,
  models,
  describing,
  comparing,
}: AnalysisHandlerParts): Pick<Handlers, Extract<keyof Handlers, AnalysisCalls>> {
  const { settings, prompts, runs, charges, counts, tasks } = library.analysis
  const rates = createRunRates()

  function recipeFor(choice: RecipeChoice): RunRecipe {
    if (choice.promptId != null && !prompts.get(choice.promptId)) throw noPrompt()
    const recipe = models.recipe(choice)
    if (!recipe) throw noModel()
    return recipe
  }

  function runOf(runId: number): AnalysisRunRow {
    const run = runs.get(runId)
    if (!run) throw new CallFailed('not-found', 'There is no such run.')
    return run
  }

  async function count(chosen: Chosen, recipe: RunRecipe) {
    const by = { analyser: recipe.analyser, recipeKey: models.keyOf(recipe) }
    const sum = { pictures: 0, reused: 0, frames: 0 }
    let after: string | null = null
    do {
      const part: Awaited<ReturnType<typeof library.ask.chosenPart>> = await library.ask.chosenPart(chosen, by, after)
      sum.pictures += part.ids.length
      sum.reused += part.reused
      sum.frames += part.frames
      after = part.after
    } while (after !== null)
    return sum
  }

  function shownRuns(): AnalysisRun[] {
    const active = runs.active()
    const ended = runs.latest(endedRunsMax + active.length).filter(({ finishedAt }) => finishedAt !== null)
    return [...active, ...ended.slice(0, endedRunsMax)].sort((a, b) => b.id - a.id).map(shown)
  }

  function shown(run: AnalysisRunRow): AnalysisRun {
    const { recipe, recipeKey: _key, generation: _generation, reservedUsd: _reserved, ...rest } = run
    return { ...rest, model: recipe.model, promptName: recipe.promptName, ...rates(run) }
  }

  /** Of the analyser that is chosen; the built-in one looks at every picture as it comes in. */
  function progress() {
    const recipe = models.recipe()
    return recipe
      ? counts.of({ analyser: recipe.analyser, recipeKey: models.keyOf(recipe) })
      : counts.ofAnalyser('builtin')
  }

  return {
    'analysis.overview': async () => {
      const { analyser } = settings.get()
      const { from, notice } = await models.keyFrom(analyser).catch(cause => {
        if (cause instanceof SecretStoreFailed) return { from: null, notice: cause.message }
        throw cause
      })
      const nowMs = models.now()
      return {
        settings: settings.get(),
        keyFrom: from,
        notice,
        spentTodayUsd: charges.today(nowMs).spentUsd,
        spentMonthUsd: charges.month(nowMs).spentUsd,
        ...progress(),
        runs: shownRuns(),
      }
    },
    'analysis.models': ({ settings: given, apiKey }) =>
      explained(async () => ({ models: await models.list(given ?? settings.get(), apiKey) })),
    'analysis.estimate': ({ chosen, ...choice }) =>
      explained(async () => {
        const recipe = recipeFor(choice)
        const { pictures, reused, frames } = await count(chosen, recipe)
        const asked = { pictures: pictures - reused, frames }
        const live = models.estimate(recipe, asked, false)
        const batchUsd = recipe.analyser === 'openai' ? models.estimate(recipe, asked, true).usd : null
        const notice = noticeOf(recipe, live.usd)
        return { pictures, reused, ...live, batchUsd, pricesOf: models.pricesOf(recipe, live.usd), notice }
      }),
    'analysis.failures': ({ runId }) => {
      runOf(runId)
      return { reasons: tasks.failures(runId) }
    },
    'prompts.list': () => ({ prompts: prompts.list(), defaultText: models.defaultPrompt }),

    'analysis.save': ({ settings: given, apiKey }) =>
      explained(async () => {
        assertSettings(given)
        if (apiKey !== undefined) await models.saveKey(given.analyser, apiKey)
        settings.set(given)
        library.changes.emit('analysis')
        await describing.settingsChanged()
        await comparing.settingsChanged()
        return {}
      }),
    'analysis.trial': ({ mediaIds, settings: given, apiKey, promptText }) =>
      explained(async () => {
        if (given) assertSettings(given)
        if (promptText !== undefined) assertPrompt(promptText)
        const recipe = models.draft(given, promptText)
        if (!recipe) throw noModel()
        const refusal = mayGoOn(models, { recipe, lane: 'live', capUsd: null })
        if (refusal !== null) throw new CallFailed('conflict', refusal)
        const analyser = await models.openDraft(recipe, apiKey)
        const model = { recipe, recipeKey: models.keyOf(recipe), analyser }
        return { trials: await describing.trials.run(mediaIds, model) }
      }),
    'analysis.run': ({ chosen, usesBatch, capUsd, ...choice }) =>
      explained(async () => {
        const now = settings.get()
        const recipe = recipeFor(choice)
        const lane = (usesBatch ?? now.usesBatch) && recipe.analyser === 'openai' ? 'batch' : 'live'
        const cap = capUsd === undefined ? now.runCapUsd : capUsd
        const refusal = mayGoOn(models, { recipe, lane, capUsd: cap })
        if (refusal !== null) throw new CallFailed('conflict', refusal)
        // Before anything is begun: with a key that is not there nothing would come of it.
        await models.openDraft(recipe, undefined)
        const estimateUsd = (asked: { pictures: number; frames: number }) =>
          models.estimate(recipe, asked, lane === 'batch').usd
        const runId = await describing.start({ recipe, chosen, lane, capUsd: cap, estimateUsd })
        if (runId === null) throw new CallFailed('conflict', 'There is no picture to describe among those you chose.')
        return { runId }
      }),
    'analysis.pause': async ({ runId }) => {
      runOf(runId)
      await describing.pause(runId)
      return {}
    },
    'analysis.resume': async ({ runId }) => {
      runOf(runId)
      await describing.resume(runId)
      return {}
    },
    'analysis.cancel': async ({ runId }) => {
      runOf(runId)
      await describing.cancel(runId)
      return {}
    },
    'analysis.retry': async ({ runId }) => {
      runOf(runId)
      return { count: await describing.retry(runId) }
    },
    'prompt.save': given => {
      assertPrompt(given.text)
      const prompt = prompts.save(given)
      if (!prompt) throw noPrompt()
      library.changes.emit('analysis')
      return prompt
    },
    'prompt.remove': ({ id }) => {
      if (!prompts.remove(id)) throw noPrompt()
      const now = settings.get()
      if (now.promptId === id) settings.set({ ...now, promptId: null })
      library.changes.emit('analysis')
      return {}
    },
  }

  function noticeOf(recipe: RunRecipe, usd: number | null): string | null {
    const { dayCapUsd, runCapUsd } = settings.get()
    const refusal = mayGoOn(models, { recipe, lane: 'live', capUsd: runCapUsd })
    if (refusal !== null) return refusal
    if (usd === null) return 'The price of this model is not known, so that its costs are counted as nothing.'
    const { spentUsd, reservedUsd } = charges.today(models.now())
    if (runCapUsd !== null && usd > runCapUsd) return 'The cap of a run will stop it before the last picture.'
    if (dayCapUsd !== null && usd > dayCapUsd - spentUsd - reservedUsd) {
      return 'The cap for a day will be reached: it goes on by itself the next day.'
    }
    return null
  }
}

function assertSettings({ analyser, baseUrl, vocabulary }: AnalysisSettings): void {
  const wrong = (analyser === 'compatible' ? checkBaseUrl(baseUrl) : null) ?? checkVocabulary(vocabulary)
  if (wrong !== null) throw new CallFailed('bad-input', wrong)
}

function assertPrompt(text: string): void {
  const wrong = checkPrompt(text)
  if (wrong !== null) throw new CallFailed('bad-input', wrong)
}

const noPrompt = () => new CallFailed('not-found', 'There is no such prompt. It may have been removed.')
const noModel = () =>
  new CallFailed('analyser-unavailable', 'No model is chosen. Choose OpenAI or a server of your own, and a model.')

/** What a model, its server or the keychain would not do, as a failed call with what to do about it. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const isExpected = cause instanceof AnalysisFailed || cause instanceof SecretStoreFailed
    if (isExpected) throw new CallFailed('analyser-unavailable', cause.message)
    throw cause
  }
}
