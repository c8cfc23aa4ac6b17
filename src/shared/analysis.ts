import { z } from 'zod'

/** What an analyser says of one picture: the one schema of every analyser. */
export const analysisResultSchema = z.object({
  /** One to three sentences for a person to read. */
  description: z.string(),
  /** Lower-case candidate tags, best first. */
  tags: z.array(z.string()),
  /** What can be seen or read, in a few words. */
  content: z.string(),
  style: z.string().optional(),
  /** Names from `colourNames` where measured; free words where a model says them. */
  colors: z.array(z.string()).optional(),
  subjects: z.array(z.string()).optional(),
  mood: z.string().optional(),
  /** One of the artist's own, where there is a vocabulary. */
  medium: z.string().optional(),
  series: z.string().optional(),
})

export type AnalysisResult = z.infer<typeof analysisResultSchema>

/** What a model used for one answer. */
export const usageSchema = z.object({
  /** As the server names it, which may be more exact than what was asked for. */
  model: z.string(),
  inputTokens: z.number(),
  /** Of `inputTokens`, those that the server had cached and charges less for. */
  cachedTokens: z.number(),
  outputTokens: z.number(),
  /** US dollars; null where the price is not known. 0 for a model on this computer. */
  costUsd: z.number().nullable(),
  latencyMs: z.number(),
})
export type Usage = z.infer<typeof usageSchema>

const wordsSchema = z.array(z.string().trim().min(1).max(60)).max(200)

/** An artist's own words: an analyser chooses from them where there are any. */
export const vocabularySchema = z.object({ media: wordsSchema, series: wordsSchema, subjects: wordsSchema })
export type Vocabulary = z.infer<typeof vocabularySchema>

/** Who describes pictures, and what that may cost. The key is in the keychain (or `OPENAI_API_KEY`) and never here. */
export const analysisSettingsSchema = z.object({
  /** The built-in one looks at every picture in any case; the others come after it. */
  analyser: z.enum(['builtin', 'openai', 'compatible']),
  /** Of a compatible server: Ollama, LM Studio, llama.cpp. */
  baseUrl: z.string().max(500),
  model: z.string().max(200),
  detail: z.enum(['low', 'high', 'auto']),
  /** In which answers are written, as a person names it: English, Deutsch. */
  language: z.string().max(60),
  /** Of `prompts.list`; null: the one that comes with Burg Ink. */
  promptId: z.number().int().positive().nullable(),
  vocabulary: vocabularySchema,
  /** New pictures are described as they come. */
  isAutomatic: z.boolean(),
  /** By the Batch API: half the price, within a day. OpenAI only. */
  usesBatch: z.boolean(),
  /** US dollars; null: no cap. The day is that of this computer's clock and place. */
  dayCapUsd: z.number().nonnegative().nullable(),
  runCapUsd: z.number().nonnegative().nullable(),
  /** What descriptions are compared by; empty: none. */
  embeddingModel: z.string().max(200),
  /** US dollars for a million tokens, where the price of the model is not known to Burg Ink. */
  ownPrice: z.object({ input: z.number().nonnegative(), output: z.number().nonnegative() }).nullable(),
})
export type AnalysisSettings = z.infer<typeof analysisSettingsSchema>

export const promptSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  text: z.string(),
  updatedAt: z.string(),
})
export type Prompt = z.infer<typeof promptSchema>

/** One round of describing pictures. */
export const analysisRunSchema = z.object({
  id: z.number(),
  kind: z.enum(['automatic', 'chosen']),
  lane: z.enum(['live', 'batch']),
  model: z.string(),
  promptName: z.string(),
  /** `waiting`: it goes on by itself (tomorrow, when the network is back, when a batch is done). */
  state: z.enum(['running', 'waiting', 'paused', 'completed', 'cancelled']),
  /** Why it waits or is paused, where it was not a person who paused it: a sentence with what to do. */
  message: z.string().nullable(),
  total: z.number(),
  done: z.number(),
  /** Of `done`, those whose answer was there already and cost nothing. */
  reused: z.number(),
  failed: z.number(),
  estimateUsd: z.number().nullable(),
  spentUsd: z.number(),
  capUsd: z.number().nullable(),
  picturesPerMinute: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})
export type AnalysisRun = z.infer<typeof analysisRunSchema>

/** Pictures of a run that could not be described, for one reason. */
export const failedForSchema = z.object({
  /** One of the analysis port's failures. */
  code: z.string(),
  message: z.string(),
  count: z.number(),
  mediaIds: z.array(z.number()),
})
export type FailedFor = z.infer<typeof failedForSchema>

/** Null in `usd` where no price is known. */
export const estimateSchema = z.object({
  pictures: z.number(),
  /** Of `pictures`, those whose answer is there already. */
  reused: z.number(),
  usd: z.number().nullable(),
  batchUsd: z.number().nullable(),
  /** The month (YYYY-MM) in which the prices were looked up; null where they are the person's own, or there are none. */
  pricesOf: z.string().nullable(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** What stands in the way, such as a cap that will stop it; null: nothing. */
  notice: z.string().nullable(),
})
export type Estimate = z.infer<typeof estimateSchema>

/** One picture as a trial described it. */
export const trialSchema = z.object({
  mediaId: z.number(),
  result: analysisResultSchema.nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  usage: usageSchema.nullable(),
  /** The answer was there already and cost nothing. */
  isReused: z.boolean(),
})
export type Trial = z.infer<typeof trialSchema>

/** All the analysis page shows. */
export const analysisOverviewSchema = z.object({
  settings: analysisSettingsSchema,
  /** Where the key comes from; null: there is none. */
  keyFrom: z.enum(['keychain', 'environment']).nullable(),
  /** Where secrets do not outlive the program: a sentence that says so. */
  notice: z.string().nullable(),
  spentTodayUsd: z.number(),
  spentMonthUsd: z.number(),
  /** Pictures that the present analyser, model and prompt have described, and have not. */
  described: z.number(),
  undescribed: z.number(),
  failed: z.number(),
  /** Under way, and the last that ended; newest first. */
  runs: z.array(analysisRunSchema),
})
export type AnalysisOverview = z.infer<typeof analysisOverviewSchema>

/** What a person can say of a picture in their own words; an analyser only suggests it. */
export const wordFields = ['description', 'content', 'style', 'mood', 'medium', 'series'] as const
export type WordField = (typeof wordFields)[number]

/** The same with what no analyser suggests: the title, which is the file's where the person gives none. */
export const ownWordFields = ['title', ...wordFields] as const
export type OwnWordField = (typeof ownWordFields)[number]

/** Something an analyser said that a person has neither confirmed nor rejected. */
export const suggestionSchema = z.object({
  field: z.enum([...wordFields, 'tag']),
  value: z.string(),
  /** The analyser's name. */
  source: z.string(),
  /** 0..1; null where the analyser gives none. */
  confidence: z.number().nullable(),
})
export type Suggestion = z.infer<typeof suggestionSchema>
