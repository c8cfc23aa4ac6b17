import type { Answers } from './answers.ts'
import { badRequest, noCredit, notFound, unknownModel } from './api-error.ts'
import type { Asked } from './asked.ts'
import { completionOf, readChatRequest } from './chat.ts'
import { readEmbeddingRequest } from './embeddings.ts'
import type { Fault } from './faults.ts'
import { inputTokensOf, type Model, type ModelAnswer, type TokenCounts } from './model.ts'
import type { RateLimits } from './rate-limits.ts'
import { readResponseRequest, responseOf } from './responses.ts'

/** What goes back, and for an answer of a model how to take it from the books when it does not arrive. */
export interface Reply {
  /** Sent as JSON, or as it is when it is bytes. */
  body: unknown
  counts?: TokenCounts
  undo?: () => void
}

export interface Shop {
  models: ReadonlySet<string>
  model: Model
  answers: Answers
  limits: RateLimits
  credit: { tokensLeft: number }
  now: () => number
}

type Write = (answer: ModelAnswer, counts: TokenCounts, nowMs: number) => unknown

const readers: Record<string, (asked: Asked) => Write> = {
  '/v1/responses': asked => responseOf.bind(null, readResponseRequest(asked)),
  '/v1/chat/completions': asked => completionOf.bind(null, readChatRequest(asked)),
}
const embeddingsPath = '/v1/embeddings'

/** Whether it costs something to ask there. */
export const isPaidPath = (path: string): boolean => Object.hasOwn(readers, path) || path === embeddingsPath

/** Answers a request that costs, or a line of a batch. @throws {ApiError} */
type Work = (fault: Fault | null) => Promise<Reply> | Reply

/** Reads what is asked, so that it can be seen in `asked` before any work is done. @throws {ApiError} */
export function takeOrder(shop: Shop, asked: Asked): Work {
  const { path, body } = asked
  if (typeof body !== 'object' || body === null) {
    throw badRequest('Invalid body: expected an object.', null, 'invalid_type')
  }
  if (path === embeddingsPath) return embedding(shop, asked)
  const read = readers[path]
  if (!read) throw notFound(`path ${path}`, null)
  return looking(shop, asked, read(asked))
}

function looking(shop: Shop, asked: Asked, write: Write): Work {
  return async fault => {
    // OpenAI takes the larger of what may come back and what is sent.
    admit(shop, asked, Math.max(inputTokensOf(asked), asked.maxOutputTokens ?? 0), fault)
    const answer = await shop.model.answer(asked, fault)
    const counts = shop.model.count(asked, answer)
    shop.credit.tokensLeft -= counts.input + counts.output
    const undo = shop.answers.add(asked, answer.refusal ?? answer.text)
    return { body: write(answer, counts, shop.now()), counts, undo }
  }
}

function embedding(shop: Shop, asked: Asked): Work {
  const { tokens, response } = readEmbeddingRequest(asked)
  return fault => {
    admit(shop, asked, tokens, fault)
    shop.credit.tokensLeft -= tokens
    return { body: response(), counts: { input: tokens, cached: 0, output: 0 } }
  }
}

/** Batches have limits of their own. */
function admit({ models, limits, credit }: Shop, asked: Asked, tokens: number, fault: Fault | null): void {
  const { model = '', isBatched } = asked
  if (!models.has(model)) throw unknownModel(model)
  if (credit.tokensLeft <= 0) throw noCredit()
  if (!isBatched) limits.admit(model, tokens)
  if (fault?.kind === 'error') throw fault.error
}
