import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses'
import { AnalysisFailed, type AnalysisSubject } from '../port.ts'
import { answerSchema } from './answer.ts'
import type { ModelConfig, Protocol } from './config.ts'
import { fillPrompt } from './prompt.ts'

/** Where a request goes, after `/v1`. */
export const paths: Record<Protocol, '/responses' | '/chat/completions'> = {
  responses: '/responses',
  chat: '/chat/completions',
}

const formatName = 'analysis'

/**
 * Tokens an answer may have. The longest one that is kept has about 1,500; models that think first are paid for that
 * too, and have to come to an end.
 */
export function outputTokensMax(model: string): number {
  return isPlain(model) ? 2000 : 4000
}

/** OpenAI's models that answer without thinking; all unknown ones may think. */
function isPlain(model: string): boolean {
  return /^(ft:)?gpt-4/.test(model)
}

/** Models that take an effort: the least that all of them take. `-pro` takes only high, `-chat` none. */
function takesEffort(model: string): boolean {
  return /^(gpt-([5-9]|\d\d)|o\d)/.test(model) && !/-(pro|chat)/.test(model)
}

/** The body of a request, in the live lane and in a batch. @throws {AnalysisFailed} `bad-request` without a picture. */
export function requestBody(config: ModelConfig, subject: AnalysisSubject): object {
  return config.protocol === 'responses' ? responsesBody(config, subject) : chatBody(config, subject)
}

function responsesBody(config: ModelConfig, subject: AnalysisSubject): ResponseCreateParamsNonStreaming {
  const { model, detail, recipe } = config
  const { instructions, data } = fillPrompt(recipe, subject)
  return {
    model,
    store: false,
    instructions,
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: data },
          ...dataUrls(subject).map(url => ({ type: 'input_image' as const, detail, image_url: url })),
        ],
      },
    ],
    text: { format: { type: 'json_schema', name: formatName, strict: true, schema: answerSchema(recipe.vocabulary) } },
    max_output_tokens: outputTokensMax(model),
    ...(takesEffort(model) && { reasoning: { effort: 'low' } }),
  }
}

function chatBody(config: ModelConfig, subject: AnalysisSubject): ChatCompletionCreateParamsNonStreaming {
  const { model, detail, recipe, baseUrl } = config
  const { instructions, data } = fillPrompt(recipe, subject)
  const max = outputTokensMax(model)
  return {
    model,
    messages: [
      { role: 'system', content: instructions },
      {
        role: 'user',
        content: [
          { type: 'text', text: data },
          ...dataUrls(subject).map(url => ({ type: 'image_url' as const, image_url: { url, detail } })),
        ],
      },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: formatName, strict: true, schema: answerSchema(recipe.vocabulary) },
    },
    // Other servers know the old name, and refuse what they do not know.
    ...(baseUrl === null ? { max_completion_tokens: max, store: false } : { max_tokens: max }),
  }
}

/** All frames of a video go into one question. */
function dataUrls({ picture, frames = [] }: AnalysisSubject): string[] {
  if (!picture || picture.length === 0) {
    throw new AnalysisFailed('bad-request', 'There is no preview of this picture that a model could look at.')
  }
  return [picture, ...frames].map(jpeg => `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`)
}
