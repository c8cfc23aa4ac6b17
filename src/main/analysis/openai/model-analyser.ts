import { z } from 'zod'
import type { Analyser, Analysis, AnalysisSubject } from '../port.ts'
import { cleanText } from '../text.ts'
import { readAnswer } from './answer.ts'
import { createClient } from './client.ts'
import { assertConfig, assertConnection, type Connection, type ModelConfig, recipeKey } from './config.ts'
import { requestTokens } from './estimate.ts'
import { notTheApi } from './failures.ts'
import { priceOf } from './prices.ts'
import { readReply } from './reply.ts'
import { paths, requestBody } from './request.ts'

export interface ModelAnalyser extends Analyser {
  /** By the protocol: Responses or Chat Completions. */
  readonly name: 'openai' | 'compatible'
  readonly model: string
  readonly promptName: string
}

/**
 * Asks a model what a picture shows. One request an analysis, never a second one: who asks decides on trying again.
 * @throws {AnalysisFailed} when the address, the model or the recipe cannot be used.
 */
export function createModelAnalyser(config: ModelConfig): ModelAnalyser {
  assertConfig(config)
  const client = createClient(config)
  const price = priceOf(config)
  const { protocol, model, recipe } = config

  async function analyse(subject: AnalysisSubject, signal?: AbortSignal): Promise<Analysis> {
    const body = requestBody(config, subject)
    const tokens = requestTokens(config, subject)
    const usedTokens = (answer: unknown) => totalTokensIn(answer) ?? tokens
    const asking = { signal, model, tokens, usedTokens }
    const answer = await client.ask((sdk, options) => sdk.post<unknown>(paths[protocol], { body, ...options }), asking)
    const to = { model, price, latencyMs: answer.latencyMs, about: client.about(model) }
    const { text, usage } = readReply(protocol, answer.body, to)
    return readAnswer(text, recipe.vocabulary, usage)
  }

  return {
    name: protocol === 'responses' ? 'openai' : 'compatible',
    version: recipeKey(config),
    needsPicture: true,
    model,
    promptName: recipe.promptName,
    analyse,
  }
}

/** OpenAI's models that do not look at pictures and answer in words. */
const otherModels =
  /embedding|whisper|tts|transcribe|audio|realtime|live|image|dall-e|sora|moderation|davinci|babbage|gpt-3|codex|search|instruct/

const listBody = z.object({ data: z.array(z.object({ id: z.string() })) })

/** Names to choose from, in the order of the alphabet. @throws {AnalysisFailed} */
export async function listModels(connection: Connection, signal?: AbortSignal): Promise<string[]> {
  assertConnection(connection)
  const client = createClient(connection)
  const { body } = await client.ask((sdk, options) => sdk.get<unknown>('/models', options), {
    signal,
    timeoutMs: 20_000,
  })
  const parsed = listBody.safeParse(body)
  if (!parsed.success) throw notTheApi(client.about(undefined), 'no “data” in the list of models')
  const names = parsed.data.data.slice(0, 1000).map(({ id }) => cleanText(id, 200))
  return names.filter(name => connection.baseUrl !== null || !otherModels.test(name)).toSorted()
}

const totalBody = z.object({ usage: z.object({ total_tokens: z.number() }) })

function totalTokensIn(body: unknown): number | null {
  return totalBody.safeParse(body).data?.usage.total_tokens ?? null
}
