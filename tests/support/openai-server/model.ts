import type { Asked } from './asked.ts'
import { sha256Of } from './asked.ts'
import type { Fault } from './faults.ts'
import { look, type Seen, valueFitting } from './fitting.ts'

/** What a model says, whichever endpoint it is asked by. */
export interface ModelAnswer {
  text: string
  /** Said instead of the text. */
  refusal: string | null
  incomplete: 'max_output_tokens' | 'content_filter' | null
  /** An answer with nothing in it where this is false. */
  hasOutput: boolean
  hasUsage: boolean
}

export interface TokenCounts {
  input: number
  /** Of `input`, those that were in the cache. */
  cached: number
  output: number
}

/** What to say of a picture: a value that becomes JSON, or a text as it is; null for the server's own. */
export type AnswerWith = (asked: Asked, seen: Seen) => unknown

/** OpenAI caches beginnings of at least so many tokens, in steps of 128. */
const cachedTokensMin = 1024
const charactersPerToken = 4

export class Model {
  answerWith: AnswerWith | null = null
  readonly #cachedBeginnings = new Set<string>()

  /** @throws {ApiError} when it cannot look at the picture. */
  async answer(asked: Asked, fault: Fault | null): Promise<ModelAnswer> {
    const text = await this.#textFor(asked)
    const answer: ModelAnswer = { text, refusal: null, incomplete: null, hasOutput: true, hasUsage: true }
    return fault?.kind === 'answer' ? fault.change(answer, asked) : cutTo(answer, asked.maxOutputTokens)
  }

  count(asked: Asked, answer: ModelAnswer): TokenCounts {
    const beginning = asked.instructions + JSON.stringify(asked.schema ?? {})
    const isCached = this.#cachedBeginnings.has(beginning)
    this.#cachedBeginnings.add(beginning)
    const beginningTokens = tokensOf(beginning)
    const cached = isCached && beginningTokens >= cachedTokensMin ? beginningTokens - (beginningTokens % 128) : 0
    return { input: inputTokensOf(asked), cached, output: tokensOf(answer.refusal ?? answer.text) }
  }

  async #textFor(asked: Asked): Promise<string> {
    const { picture, texts, schema } = asked
    const seen = picture ? await look(picture, 'input') : unseen(texts.join('\n'))
    const given = this.answerWith?.(asked, seen) ?? null
    if (typeof given === 'string') return given
    if (given !== null) return JSON.stringify(given)
    return schema ? JSON.stringify(valueFitting(schema, seen)) : `I see: ${seen.words.join(', ')}.`
  }
}

/** Words without a picture: the same of the same words. */
function unseen(text: string): Seen {
  const sha256 = sha256Of(text)
  return { width: 0, height: 0, averageColour: `#${sha256.slice(0, 6)}`, words: ['text', sha256.slice(0, 6)] }
}

function cutTo(answer: ModelAnswer, maxOutputTokens = Number.POSITIVE_INFINITY): ModelAnswer {
  if (tokensOf(answer.text) <= maxOutputTokens) return answer
  const text = answer.text.slice(0, maxOutputTokens * charactersPerToken)
  return { ...answer, text, incomplete: 'max_output_tokens' }
}

const tokensOf = (text: string) => Math.ceil(text.length / charactersPerToken)

/** A picture in low detail is 85 tokens, as OpenAI counts those of gpt-4o; in high, here, 765: a square of 1024. */
export function inputTokensOf({ instructions, texts, schema, picture }: Asked): number {
  const words = tokensOf(instructions + texts.join('\n') + JSON.stringify(schema ?? {}))
  if (!picture) return words
  return words + (picture.detail === 'low' ? 85 : 765)
}
