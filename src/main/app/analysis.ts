import type { AnalysisSettings } from '../../shared/analysis.ts'
import { SecretStoreFailed } from '../accounts/index.ts'
import {
  AnalysisFailed,
  createBatchLane,
  createEmbedder,
  createModelAnalyser,
  createPacer,
  estimateCost,
  listModels,
  type ModelConfig,
  type Pacer,
  pricesAsOf,
  recipeKey,
  worstCaseCost,
} from '../analysis/index.ts'
import type { EmbedderRoom, Models, RecipeChoice } from '../jobs/index.ts'
import type { Library, RunRecipe } from '../library/index.ts'
import type { createSecrets } from './secrets.ts'

export interface AnalysisConfig {
  /** With `OPENAI_API_KEY`, where it is given by a variable. */
  environment: NodeJS.ProcessEnv
  /** Of the prompt that comes with Burg Ink. */
  defaultPrompt: string
  /** Where OpenAI is, when it is not where it is. */
  openAiUrl?: string
  /** Milliseconds since 1970, by which days are told; the computer's clock where it is left out. */
  now?(): number
}

export type DescribingModels = ReturnType<typeof createModels>
export type KeyFrom = 'keychain' | 'environment' | null

const defaultPromptName = 'Burg Ink'

type ModelAnalyserName = RunRecipe['analyser']

/** A key for OpenAI is never sent to another server, whose address a person typed. */
const secretNames: Record<ModelAnalyserName, string> = {
  openai: 'openai-api-key',
  compatible: 'compatible-api-key',
}

/**
 * The models that describe pictures, as the settings say. Their key is looked for when one is asked: whoever uses none never
 * unlocks a keychain for it.
 */
export function createModels(library: Library, config: AnalysisConfig, secrets: ReturnType<typeof createSecrets>) {
  const { environment, defaultPrompt, openAiUrl } = config
  const { settings, prompts } = library.analysis
  /** By server and key, as servers count. */
  const pacers = new Map<string, Pacer>()

  function pacerOf(key: string): Pacer {
    const pacer = pacers.get(key) ?? createPacer()
    pacers.set(key, pacer)
    return pacer
  }

  function pricingOf(recipe: RunRecipe) {
    const now = settings.get()
    // The price of the present model may have been entered since the run began.
    const own = now.model === recipe.model && now.analyser === recipe.analyser ? now.ownPrice : recipe.ownPrice
    return {
      baseUrl: recipe.analyser === 'openai' ? null : recipe.baseUrl,
      protocol: recipe.analyser === 'openai' ? ('responses' as const) : ('chat' as const),
      model: recipe.model,
      detail: recipe.detail,
      ...(own && { ownPrice: { ...own, cachedInput: own.input } }),
    }
  }

  /** Everything but the key, and the pace. */
  function keylessConfig(recipe: RunRecipe): Omit<ModelConfig, 'apiKey'> {
    const { prompt, promptName, language, vocabulary } = recipe
    return { ...pricingOf(recipe), recipe: { prompt, promptName, language, vocabulary } }
  }

  async function findKey(analyser: ModelAnalyserName): Promise<{ key: string | null; from: KeyFrom }> {
    const { store } = await secrets()
    const fromEnvironment = (analyser === 'openai' && environment.OPENAI_API_KEY) || null
    const kept = await store.get(secretNames[analyser])
    // A store of variables answers with the variable.
    if (kept !== null && kept !== fromEnvironment) return { key: kept, from: 'keychain' }
    return { key: fromEnvironment, from: fromEnvironment === null ? null : 'environment' }
  }

  /** @param apiKey one that is not saved. */
  async function configOf(recipe: RunRecipe, stop?: AbortSignal, apiKey?: string): Promise<ModelConfig> {
    const key = apiKey?.trim() || (await keyFor(recipe.analyser))
    const keyless = keylessConfig(recipe)
    const pacer = pacerOf(`${keyless.baseUrl} ${key}`)
    const reached = keyless.baseUrl === null && openAiUrl ? { baseUrl: openAiUrl } : {}
    return { ...keyless, ...reached, apiKey: key, pacer: stop ? until(stop, pacer) : pacer }
  }

  /** @throws {AnalysisFailed} */
  async function keyFor(analyser: ModelAnalyserName): Promise<string | null> {
    try {
      const { key } = await findKey(analyser)
      if (key === null && analyser === 'openai') {
        throw new AnalysisFailed('bad-key', 'There is no key for OpenAI. Enter one in the settings, then go on.')
      }
      return key
    } catch (cause) {
      if (cause instanceof SecretStoreFailed) throw new AnalysisFailed('bad-key', cause.message)
      throw cause
    }
  }

  function recipeOf(given: AnalysisSettings, choice: RecipeChoice & { promptText?: string | undefined }) {
    const { analyser, baseUrl, detail, language, vocabulary, ownPrice } = given
    const model = (choice.model ?? given.model).trim()
    if (analyser === 'builtin' || model === '') return null
    const promptId = choice.promptId === undefined ? given.promptId : choice.promptId
    const own = promptId === null ? null : prompts.get(promptId)
    const prompt = choice.promptText ?? own?.text ?? defaultPrompt
    const promptName = choice.promptText === undefined ? (own?.name ?? defaultPromptName) : ''
    const recipe: RunRecipe = { analyser, baseUrl, model, detail, prompt, promptName, language, vocabulary, ownPrice }
    return recipe
  }

  const models: Models = {
    now: config.now ?? Date.now,
    settings: () => settings.get(),
    recipe: (choice = {}) => recipeOf(settings.get(), choice),
    keyOf: recipe => recipeKey(keylessConfig(recipe)),
    worstUsd: (recipe, isBatch, { width, height, frames = 0 } = { frames: 0 }) => {
      const { prompt, vocabulary } = recipe
      const size = width && height ? { width, height } : null
      return worstCaseCost({ ...pricingOf(recipe), prompt, vocabulary, isBatch, frames, ...(size && { size }) }).usd
    },
    open: async (recipe, stop) => createModelAnalyser(await configOf(recipe, stop)),
    openBatches: async recipe => createBatchLane(await configOf(recipe)),
  }

  /** OpenAI's models make their vectors as short as one wants; 256 numbers tell pictures apart as well as 1,536. */
  function dimensionsOf(model: string): number | null {
    return model.startsWith('text-embedding-3') ? 256 : null
  }

  const embedder: EmbedderRoom = {
    id() {
      const { analyser, baseUrl, embeddingModel } = settings.get()
      const model = embeddingModel.trim()
      if (analyser === 'builtin' || model === '') return null
      return `${model} (${analyser === 'openai' ? 'OpenAI' : baseUrl.trim()})`
    },
    async open() {
      const { analyser, baseUrl, embeddingModel } = settings.get()
      if (analyser === 'builtin') throw new AnalysisFailed('no-model', 'No model is chosen that compares descriptions.')
      const model = embeddingModel.trim()
      const apiKey = await keyFor(analyser)
      const server = analyser === 'openai' ? null : baseUrl
      const pacer = pacerOf(`${server} ${apiKey}`)
      return createEmbedder({
        baseUrl: server ?? openAiUrl ?? null,
        apiKey,
        model,
        dimensions: dimensionsOf(model),
        ...(analyser === 'openai' && { protocol: 'responses' }),
        pacer,
      })
    },
  }

  return {
    ...models,
    embedder,
    defaultPrompt,

    /** With settings, a key and a prompt that are not saved, where they are given. */
    draft: (given: AnalysisSettings | undefined, promptText: string | undefined) =>
      recipeOf(given ?? settings.get(), { promptText }),

    /** @throws {AnalysisFailed} */
    openDraft: async (recipe: RunRecipe, apiKey: string | undefined) =>
      createModelAnalyser(await configOf(recipe, undefined, apiKey)),

    /** @param frames of videos among them, besides their posters. */
    estimate(recipe: RunRecipe, { pictures, frames }: { pictures: number; frames: number }, isBatch: boolean) {
      const { prompt, vocabulary } = recipe
      return estimateCost({ ...pricingOf(recipe), prompt, vocabulary, isBatch, pictures, frames })
    },

    /** When the prices of an estimate were looked up; null where they are the person's own, or there are none. */
    pricesOf: (recipe: RunRecipe, usd: number | null): string | null =>
      usd === null || usd === 0 || 'ownPrice' in pricingOf(recipe) ? null : pricesAsOf,

    /** What the server offers. @throws {AnalysisFailed} */
    async list({ analyser, baseUrl }: AnalysisSettings, apiKey: string | undefined): Promise<string[]> {
      if (analyser === 'builtin') return []
      const key = apiKey?.trim() || (await keyFor(analyser))
      return listModels({ baseUrl: analyser === 'openai' ? (openAiUrl ?? null) : baseUrl, apiKey: key })
    },

    /** @throws {SecretStoreFailed} */
    async keyFrom(analyser: AnalysisSettings['analyser']): Promise<{ from: KeyFrom; notice: string | null }> {
      // The page asks this all the time: who uses no model must not be asked to unlock a keychain.
      if (analyser === 'builtin') return { from: null, notice: null }
      const { notice } = await secrets()
      return { from: (await findKey(analyser)).from, notice }
    },

    /** An empty key is forgotten. @throws {SecretStoreFailed} */
    async saveKey(analyser: AnalysisSettings['analyser'], apiKey: string): Promise<void> {
      if (analyser === 'builtin') return
      const { store } = await secrets()
      const key = apiKey.trim()
      await (key === '' ? store.delete(secretNames[analyser]) : store.set(secretNames[analyser], key))
    },
  }
}

/** The same pace, but whoever still waits for its turn when `stop` says so is given up. */
function until(stop: AbortSignal, pacer: Pacer): Pacer {
  return {
    run(tokens, signal, request) {
      return pacer.run(tokens, signal ? AbortSignal.any([signal, stop]) : stop, request)
    },
  }
}
