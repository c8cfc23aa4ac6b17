/** US dollars for a million tokens. */
export interface Price {
  input: number
  /** Input that the server had cached. */
  cachedInput: number
  output: number
  /** Input that the server caches, where that costs more than input does. */
  cacheWrite?: number
}

/** When the prices below were looked up; show it beside an estimate. */
export const pricesAsOf = '2026-11'

/**
 * Standard prices of OpenAI's models that look at pictures, and of its embeddings (https://developers.openai.com/api/docs/pricing).
 * Read from copies, as the page itself was not reached when this was written. Copies of OpenAI's own pages of the models:
 * gpt-6.2-sol, gpt-5.6-luna. Other people's copies that agree with each other: all others; of gpt-6-luna they do not name
 * cached input, so that it counts as input here. gpt-5, gpt-5-mini, gpt-5-nano and gpt-4.1-nano are to be shut down.
 * Prices change; `ownPrice` replaces these.
 */
const prices: Record<string, Price> = {
  'gpt-6.2-sol': { input: 2, cachedInput: 0.1, output: 10, cacheWrite: 2.5 },
  'gpt-6-luna': { input: 0.1, cachedInput: 0.1, output: 0.5, cacheWrite: 0.125 },
  'gpt-5.6-luna': { input: 0.2, cachedInput: 0.02, output: 1.2, cacheWrite: 0.25 },
  'gpt-5.4': { input: 2.5, cachedInput: 0.25, output: 15 },
  'gpt-5.4-mini': { input: 0.75, cachedInput: 0.075, output: 4.5 },
  'gpt-5.4-nano': { input: 0.2, cachedInput: 0.02, output: 1.25 },
  'gpt-5.2': { input: 1.75, cachedInput: 0.175, output: 14 },
  'gpt-5.1': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4 },
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
  'text-embedding-3-small': { input: 0.02, cachedInput: 0.02, output: 0 },
  'text-embedding-3-large': { input: 0.13, cachedInput: 0.13, output: 0 },
}

const free: Price = { input: 0, cachedInput: 0, output: 0 }

/** Of the Batch API: https://developers.openai.com/api/docs/guides/batch */
const batchShare = 0.5

/** `gpt-4o-mini-2024-07-18` is a `gpt-4o-mini`. */
export function familyOf(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, '')
}

/** What a price depends on; `ModelConfig` is one. */
export interface Priced {
  /** null is OpenAI. */
  baseUrl: string | null
  protocol?: 'responses' | 'chat'
  model: string
  ownPrice?: Price
}

/** What is charged: the own price, else the table's for OpenAI, nothing for this computer, null where nobody knows. */
export function priceOf({ baseUrl, protocol, model, ownPrice }: Priced): Price | null {
  if (ownPrice) return ownPrice
  // A gateway to OpenAI speaks Responses as well, and charges what OpenAI does.
  const listed = baseUrl === null || protocol === 'responses' ? prices[familyOf(model)] : undefined
  return listed ?? (baseUrl !== null && isThisComputer(baseUrl) ? free : null)
}

export function batchPriceOf(priced: Priced): Price | null {
  const price = priceOf(priced)
  if (price === null) return null
  const { input, cachedInput, output, cacheWrite } = price
  return {
    input: input * batchShare,
    cachedInput: cachedInput * batchShare,
    output: output * batchShare,
    ...(cacheWrite !== undefined && { cacheWrite: cacheWrite * batchShare }),
  }
}

export interface Tokens {
  /** All of the input, with what was cached and what is cached now. */
  inputTokens: number
  cachedTokens: number
  cacheWriteTokens: number
  outputTokens: number
}

/** US dollars. */
export function costOf(price: Price, { inputTokens, cachedTokens, cacheWriteTokens, outputTokens }: Tokens): number {
  const plain = Math.max(0, inputTokens - cachedTokens - cacheWriteTokens)
  const input = plain * price.input + cachedTokens * price.cachedInput
  const written = cacheWriteTokens * (price.cacheWrite ?? price.input)
  return (input + written + outputTokens * price.output) / 1_000_000
}

function isThisComputer(baseUrl: string): boolean {
  const host = URL.parse(baseUrl.trim())?.hostname ?? ''
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host)
}
