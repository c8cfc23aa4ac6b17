import { join } from 'node:path'
import type { ModelConfig, Recipe, Vocabulary } from '../../src/main/analysis/index.ts'
import { readDefaultPrompt } from '../../src/main/analysis/index.ts'
import type { OpenAiServer } from './openai-server/index.ts'

export const defaultPrompt = await readDefaultPrompt(join(import.meta.dirname, '../../resources'))

export const noVocabulary: Vocabulary = { media: [], series: [], subjects: [] }

/** The default prompt, unless something else is said. */
export function aRecipe(more: Partial<Recipe> = {}): Recipe {
  return { prompt: defaultPrompt, promptName: 'Describe', language: 'English', vocabulary: noVocabulary, ...more }
}

/** Asks the server of a test by the Responses API, unless something else is said. */
export function aModel(server: Pick<OpenAiServer, 'url' | 'key'>, more: Partial<ModelConfig> = {}): ModelConfig {
  return {
    protocol: 'responses',
    baseUrl: server.url,
    apiKey: server.key,
    model: 'gpt-5-mini',
    detail: 'low',
    recipe: aRecipe(),
    ...more,
  }
}
