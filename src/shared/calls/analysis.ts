/** Descriptions by a model: settings, runs, prompts. */
import { z } from 'zod'
import {
  analysisOverviewSchema,
  analysisSettingsSchema,
  estimateSchema,
  failedForSchema,
  promptSchema,
  trialSchema,
} from '../analysis.ts'
import { mediaFilterSchema, mediaIdSchema } from '../media.ts'
import { nothing } from './nothing.ts'

/** Which pictures something is done with. */
const chosenSchema = z.union([
  z.object({ mediaIds: z.array(mediaIdSchema).min(1).max(10_000) }),
  z.object({ filter: mediaFilterSchema }),
  /** All that the present analyser, model and prompt have not described. */
  z.object({ isUndescribed: z.literal(true) }),
])
export type Chosen = z.infer<typeof chosenSchema>

/** Left out: as the settings say. */
const recipeChoice = {
  model: z.string().max(200).optional(),
  promptId: z.number().int().positive().nullable().optional(),
}

/** What a person wants to try: settings that are not saved, and a key that is not either. Left out: the saved ones. */
const draft = {
  settings: analysisSettingsSchema.optional(),
  apiKey: z.string().max(500).optional(),
  /** A prompt that is not saved. */
  promptText: z.string().trim().min(1).max(20_000).optional(),
}

export const analysisQueries = {
  'analysis.overview': { input: nothing, output: analysisOverviewSchema },
  /** What the server offers, for a picker. */
  'analysis.models': { input: z.object(draft), output: z.object({ models: z.array(z.string()) }) },
  'analysis.estimate': { input: z.object({ chosen: chosenSchema, ...recipeChoice }), output: estimateSchema },
  /** Why pictures of a run have no description, the commonest reason first, each with the first few pictures. */
  'analysis.failures': {
    input: z.object({ runId: z.number() }),
    output: z.object({ reasons: z.array(failedForSchema) }),
  },
  /** One's own, by name; and the text of the one that comes with Burg Ink. */
  'prompts.list': { input: nothing, output: z.object({ prompts: z.array(promptSchema), defaultText: z.string() }) },
} as const

export const analysisCommands = {
  /** A key that is left out stays as it is; an empty one is forgotten. */
  'analysis.save': {
    input: z.object({ settings: analysisSettingsSchema, apiKey: z.string().max(500).optional() }),
    output: nothing,
  },
  /** Describes up to three pictures and changes nothing in the library. Its answers are not paid again by a run. */
  'analysis.trial': {
    input: z.object({ mediaIds: z.array(mediaIdSchema).min(1).max(3), ...draft }),
    output: z.object({ trials: z.array(trialSchema) }),
  },
  'analysis.run': {
    input: z.object({
      chosen: chosenSchema,
      ...recipeChoice,
      usesBatch: z.boolean().optional(),
      /** US dollars; null: no cap of its own. */
      capUsd: z.number().nonnegative().nullable().optional(),
    }),
    output: z.object({ runId: z.number() }),
  },
  'analysis.pause': { input: z.object({ runId: z.number() }), output: nothing },
  'analysis.resume': { input: z.object({ runId: z.number() }), output: nothing },
  'analysis.cancel': { input: z.object({ runId: z.number() }), output: nothing },
  /** Pictures of the run without an answer are asked about again. */
  'analysis.retry': { input: z.object({ runId: z.number() }), output: z.object({ count: z.number() }) },
  /** Without `id` a new one. */
  'prompt.save': {
    input: z.object({
      id: z.number().int().positive().optional(),
      name: z.string().trim().min(1).max(80),
      text: z.string().trim().min(1).max(20_000),
    }),
    output: promptSchema,
  },
  'prompt.remove': { input: z.object({ id: z.number().int().positive() }), output: nothing },
} as const
