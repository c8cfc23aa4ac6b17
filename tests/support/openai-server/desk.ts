import type { Answers } from './answers.ts'
import { badRequest, noCredit, notFound, unknownModel } from './api-error.ts'
import type { Asked } from './asked.ts'
import type { Fault } from './faults.ts'
import { inputTokensOf, type Model, type ModelAnswer, type TokenCounts } from './model.ts'
import type { RateLimits } from './rate-limits.ts'
import { readResponseRequest, responseOf } from './responses.ts'

/** What goes back, and for an answer of a model how to take it from the books when it does not arrive. */
export interface Reply {
  body: unknown
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

const readers = {
  '/v1/responses': (asked: Asked) => {
    const params = readResponseRequest(asked)
    return (answer: ModelAnswer, counts: TokenCounts, nowMs: number): unknown =>
      responseOf(params, answer, counts, nowMs)
  },
}

export const isModelPath = (path: string): path is keyof typeof readers => Object.hasOwn(readers, path)

/** Asks the model: by a request or by a line of a batch. @throws {ApiError} */
export async function askModel(shop: Shop, asked: Asked, fault: Fault | null): Promise<Reply> {
  const { models, model, answers, limits, credit, now } = shop
  if (!isModelPath(asked.path)) throw notFound(`path ${asked.path}`)
  if (typeof asked.body !== 'object' || asked.body === null)
    throw badRequest('The body is no object.', null, 'invalid_type')
  const write = readers[asked.path](asked)
  if (!models.has(asked.model ?? '')) throw unknownModel(asked.model ?? '')
  if (credit.tokensLeft <= 0) throw noCredit()
  // OpenAI takes the larger of what may come back and what is sent.
  if (!asked.isBatched) limits.admit(asked.model ?? '', Math.max(inputTokensOf(asked), asked.maxOutputTokens ?? 0))
  if (fault?.kind === 'error') throw fault.error
  const answer = await model.answer(asked, fault)
  const counts = model.count(asked, answer)
  credit.tokensLeft -= counts.input + counts.output
  const body = write(answer, counts, now())
  return { body, undo: answers.add(asked, answer.refusal ?? answer.text) }
}
