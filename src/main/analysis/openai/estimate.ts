import type { AnalysisSubject } from '../port.ts'
import { answerSchema } from './answer.ts'
import type { Detail, ModelConfig } from './config.ts'
import { imageTokens, type Size, within } from './image-tokens.ts'
import { batchPriceOf, costOf, type Priced, priceOf } from './prices.ts'
import { factBytesMax, fillPrompt } from './prompt.ts'
import type { Vocabulary } from './recipe.ts'
import { outputTokensMax } from './request.ts'

/** Long sides of `AnalysisSubject.picture` and of its frames. */
const pictureSideMax = 1536
const frameSideMax = 1024

/** What is to be asked. `ModelConfig` with its recipe's prompt and vocabulary has all of it. */
export interface CostQuestion extends Partial<Omit<Priced, 'model'>> {
  model: string
  detail: Detail
  prompt: string
  vocabulary?: Vocabulary
  isBatch?: boolean
}

export interface Estimate {
  /** null where no price is known. */
  usd: number | null
  inputTokens: number
  outputTokens: number
}

/** What most pictures of an archive are like, when only their number is known. */
const usualSize: Size = { width: 1536, height: 1024 }
/** Of a description with its tags, and with the thinking of models that think: a guess, which live spend corrects. */
const usualOutputTokens = { plain: 350, thinking: 800 }
/** English has about four bytes a token. */
const bytesPerToken = 4
/** Roles and marks around the parts of a message. */
const messageTokens = 20
/** What pictures will cost, about. `pictures`: how many, or their sizes as they are in the library; `frames`: how many of videos are sent besides. */
export function estimateCost(question: CostQuestion & { pictures: number | Size[]; frames?: number }): Estimate {
  const { model, detail, pictures, frames = 0 } = question
  const words = Math.ceil(wordBytes(question) / bytesPerToken) + messageTokens
  const one = (size: Size) => imageTokens(model, detail, sent(size)) + words
  const count = typeof pictures === 'number' ? pictures : pictures.length
  const ofFrames = frames * imageTokens(model, detail, within(usualSize, frameSideMax))
  const ofPictures =
    typeof pictures === 'number' ? pictures * one(usualSize) : pictures.reduce((sum, size) => sum + one(size), 0)
  const output = outputTokensMax(model) > 2000 ? usualOutputTokens.thinking : usualOutputTokens.plain
  return withCost(question, ofPictures + ofFrames, count * output)
}

/**
 * The most that one picture can cost: every byte of text a token, nothing cached before, the longest answer. Reserve it
 * before a request, and a limit holds. `size` as it is in the library; the worst there is where it is left out. `frames`: how
 * many of a video are sent besides its poster.
 */
export function worstCaseCost(question: CostQuestion & { size?: Size; frames?: number }): Estimate {
  const { model, detail, size, frames = 0 } = question
  const side = { width: pictureSideMax, height: pictureSideMax }
  const image = imageTokens(model, detail, size ? sent(size) : side)
  const ofFrames = frames * imageTokens(model, detail, within(size ?? side, frameSideMax))
  const inputTokens =
    image + ofFrames + wordBytes(question, longestLanguage) + factBytesMax(question.prompt) + messageTokens
  return withCost(question, inputTokens, outputTokensMax(model), true)
}

/** What a request may count as against a limit of tokens a minute, which includes the longest answer. */
export function requestTokens({ model, detail, recipe }: ModelConfig, subject: AnalysisSubject): number {
  const { instructions, data } = fillPrompt(recipe, subject)
  const text = Math.ceil(Buffer.byteLength(instructions + data) / bytesPerToken)
  const ofFrames = (subject.frames?.length ?? 0) * imageTokens(model, detail, within(subject, frameSideMax))
  return imageTokens(model, detail, sent(subject)) + ofFrames + text + outputTokensMax(model)
}

function withCost(question: CostQuestion, inputTokens: number, outputTokens: number, isWorst = false): Estimate {
  const priced = { ...question, baseUrl: question.baseUrl ?? null }
  const price = question.isBatch ? batchPriceOf(priced) : priceOf(priced)
  const tokens = { inputTokens, outputTokens, cachedTokens: 0, cacheWriteTokens: isWorst ? inputTokens : 0 }
  return { usd: price === null ? null : costOf(price, tokens), inputTokens, outputTokens }
}

/** As long as a language can be, of letters with four bytes. */
const longestLanguage = '𝕏'.repeat(40)

/** Of all that is sent beside the picture. */
function wordBytes({ prompt, vocabulary }: CostQuestion, language = 'English'): number {
  const words = vocabulary ?? { media: [], series: [], subjects: [] }
  const recipe = { prompt, promptName: '', language, vocabulary: words }
  const { instructions } = fillPrompt(recipe, nobody)
  return Buffer.byteLength(instructions) + Buffer.byteLength(JSON.stringify(answerSchema(words)))
}

const nobody: AnalysisSubject = {
  filename: '',
  folders: [],
  width: 1,
  height: 1,
  frameCount: 1,
  hasAlpha: false,
  mimeType: '',
  palette: [],
  light: { brightness: 0, contrast: 0, colourfulness: 0 },
  takenAt: null,
  title: null,
  caption: null,
  keywords: [],
  artist: null,
  camera: null,
}

const sent = (size: Size) => within(size, pictureSideMax)
