import { z } from 'zod'
import type { AnalysisResult } from '../../../shared/analysis.ts'
import { type Analysis, AnalysisFailed, type TagCandidate, type Usage } from '../port.ts'
import { cleanText } from '../text.ts'
import { tidyVocabulary, type Vocabulary } from './recipe.ts'

const longest = { description: 1000, content: 500, phrase: 120, word: 60 }
const most = { tags: 20, colors: 12, subjects: 20 }
/** Of an answer, in UTF-16 units: far more than the allowed tokens can hold. */
const answerMax = 4_000_000
/** Of a list, before it is tidied. */
const listMax = 500
/** Of a tag whose confidence a model left out. */
const confidenceUnsaid = 0.5

const tag = z.object({
  name: z.string().describe('One word or a short phrase, in lower case'),
  confidence: z.number().describe('How sure you are that it is right, from 0 to 1'),
})

/** Strict mode wants every field required; what may be missing is null. Lengths are not asked for: strict mode has none. */
function shapeOf({ media, series, subjects }: Vocabulary) {
  return {
    description: z.string().describe('One to three sentences'),
    content: z.string().describe('What can be seen or read, in a few words'),
    tags: z.array(tag).describe('Best first, twenty at most'),
    style: z.string().nullable(),
    colors: z.array(z.string()),
    subjects: z.array(subjects.length > 0 ? z.enum(subjects) : z.string()),
    mood: z.string().nullable(),
    ...(media.length > 0 && { medium: z.enum(media).nullable() }),
    ...(series.length > 0 && { series: z.enum(series).nullable() }),
  }
}

export type JsonSchema = Record<string, unknown>

/** What the model is asked to fill, as JSON Schema for strict structured output. */
export function answerSchema(vocabulary: Vocabulary): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(z.object(shapeOf(tidyVocabulary(vocabulary))))
  return schema
}

/** Models without strict mode name tags alone, and leave out what they would not say, or say null. */
function readSchemaOf(vocabulary: Vocabulary) {
  const shape = shapeOf(tidyVocabulary(vocabulary))
  const readTag = z.union([z.string().transform(name => ({ name, confidence: confidenceUnsaid })), tag])
  const { colors, subjects } = shape
  return z.object({ ...shape, tags: z.array(readTag), colors: colors.nullable(), subjects: subjects.nullable() })
}

/**
 * An answer is a stranger's text: read, cut and cleaned.
 * @throws {AnalysisFailed} `invalid`
 */
export function readAnswer(text: string, vocabulary: Vocabulary, usage: Usage): Analysis {
  const schema = readSchemaOf(vocabulary)
  const nothing = Object.fromEntries(Object.keys(schema.shape).map(key => [key, null]))
  const parsed = schema.safeParse({ ...nothing, ...jsonIn(text, usage) })
  if (!parsed.success) {
    throw invalid(`the field “${String(parsed.error.issues[0]?.path[0] ?? '')}” is not what was asked for`, usage)
  }
  const said = parsed.data
  const description = cleanText(said.description, longest.description)
  if (description === '') throw invalid('it holds no description', usage)
  const tags = tidyTags(said.tags)
  return {
    tags,
    usage,
    result: {
      description,
      tags: tags.map(({ name }) => name),
      content: cleanText(said.content, longest.content),
      ...textsOf(said),
      ...listsOf(said),
    },
  }
}

function textsOf(said: Record<string, unknown>): Partial<AnalysisResult> {
  const keys = ['style', 'mood', 'medium', 'series'] as const
  const textOf = (value: unknown) => (typeof value === 'string' ? cleanText(value, longest.phrase) : '')
  return Object.fromEntries(keys.map(key => [key, textOf(said[key])]).filter(([, text]) => text !== ''))
}

function listsOf(said: { colors: string[] | null; subjects: string[] | null }): Partial<AnalysisResult> {
  const colors = tidyList(said.colors, most.colors).map(color => color.toLowerCase())
  const subjects = tidyList(said.subjects, most.subjects)
  return { ...(colors.length > 0 && { colors }), ...(subjects.length > 0 && { subjects }) }
}

function tidyList(words: string[] | null, max: number): string[] {
  const byName = new Map<string, string>()
  for (const word of (words ?? []).slice(0, listMax)) {
    const clean = cleanText(word, longest.word + 1)
    if (isWord(clean) && !byName.has(clean.toLowerCase())) byName.set(clean.toLowerCase(), clean)
  }
  return [...byName.values()].slice(0, max)
}

/** The model's own confidence, kept between 0.01 and 1; each name once, surest first. */
function tidyTags(said: { name: string; confidence: number }[]): TagCandidate[] {
  const best = new Map<string, number>()
  for (const { name, confidence } of said.slice(0, listMax)) {
    const clean = cleanText(name, longest.word + 1)
      .toLowerCase()
      .replace(/^[#\s]+/, '')
    const kept = Math.min(1, Math.max(0.01, confidence))
    if (isWord(clean) && kept > (best.get(clean) ?? 0)) best.set(clean, kept)
  }
  return [...best]
    .map(([name, confidence]) => ({ name, origin: 'model' as const, confidence }))
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, most.tags)
}

/** Longer ones are sentences. */
function isWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && text.length <= longest.word
}

function jsonIn(text: string, usage: Usage): object {
  // Local models think aloud, and wrap what they say in Markdown.
  const bare = text
    .slice(0, answerMax)
    .replace(/^\s*<think>[\s\S]*?<\/think>/, '')
    .replace(/^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/, '$1')
  try {
    const value: unknown = JSON.parse(bare)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    throw invalid('it is not JSON', usage)
  }
  throw invalid('it is not an object', usage)
}

function invalid(why: string, usage: Usage): AnalysisFailed {
  const message = `The model's answer cannot be used: ${why}. Try again, or choose another model.`
  return new AnalysisFailed('invalid', message, { usage })
}
