import { createHash } from 'node:crypto'
import { AnalysisFailed } from '../port.ts'
import type { Pacer } from './pacer.ts'
import type { Price } from './prices.ts'
import { checkPrompt } from './prompt.ts'
import { checkVocabulary, languageOf, type Recipe, tidyVocabulary } from './recipe.ts'

/** `responses` is OpenAI's own; `chat` (Chat Completions) is what Ollama, LM Studio and llama.cpp speak. */
export type Protocol = 'responses' | 'chat'

/** How closely the model looks; what it costs is in `image-tokens.ts`. */
export type Detail = 'low' | 'high' | 'auto'

/** Where the model is. */
export interface Connection {
  /** null is OpenAI; else http(s), up to and with `/v1`, which is added where there is no path at all. */
  baseUrl: string | null
  apiKey: string | null
  /** One for all that use the same key. */
  pacer?: Pacer
  /** Of one request, from sending it to its last byte. */
  timeoutMs?: number
}

export interface ModelConfig extends Connection {
  protocol: Protocol
  model: string
  detail: Detail
  recipe: Recipe
  /** What a person entered, instead of the table in `prices.ts`. */
  ownPrice?: Price
}

const openaiUrl = 'https://api.openai.com/v1'

/** Changes when the words around a prompt or the shape of the answer do: then the same recipe is answered otherwise. */
const framing = 1

/** The same for the same answers: SHA-256 in hex of all that changes one. Keys, names and prices do not. */
export function recipeKey(config: Omit<ModelConfig, 'apiKey'>): string {
  const { protocol, model, detail, recipe } = config
  const { media, series, subjects } = tidyVocabulary(recipe.vocabulary)
  const parts = [framing, protocol, urlOf(config.baseUrl), model, detail]
  const asked = [recipe.prompt.trim(), languageOf(recipe), media, series, subjects]
  return createHash('sha256')
    .update(JSON.stringify([...parts, ...asked]))
    .digest('hex')
}

export function urlOf(baseUrl: string | null): string {
  if (baseUrl === null) return openaiUrl
  const url = new URL(baseUrl.trim())
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.origin}${path === '' ? '/v1' : path}`
}

/** What is wrong with an address, as a sentence; null where nothing is. */
export function checkBaseUrl(baseUrl: string): string | null {
  const url = URL.parse(baseUrl.trim())
  // http without TLS is how servers on this computer and in a studio's network are reached; the person chose the address.
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return 'The address of the server has to begin with http:// or https://, such as http://localhost:11434/v1.'
  }
  if (url.username || url.password) return 'Put the key into its own field and not into the address of the server.'
  return null
}

/** @throws {AnalysisFailed} `bad-endpoint` for the address, `no-model` for the model, `bad-request` for the recipe. */
export function assertConfig({ baseUrl, model, recipe }: ModelConfig): void {
  assertConnection({ baseUrl })
  if (model.trim() === '') throw new AnalysisFailed('no-model', 'No model is chosen. Choose one in the settings.')
  const wrong = checkPrompt(recipe.prompt) ?? checkVocabulary(recipe.vocabulary)
  if (wrong !== null) throw new AnalysisFailed('bad-request', wrong)
}

/** @throws {AnalysisFailed} `bad-endpoint` */
export function assertConnection({ baseUrl }: Pick<Connection, 'baseUrl'>): void {
  const wrong = baseUrl === null ? null : checkBaseUrl(baseUrl)
  if (wrong !== null) throw new AnalysisFailed('bad-endpoint', wrong)
}
