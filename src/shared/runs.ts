/** Runs of the functions that do the work, as Activity shows them; they look the same whatever engine ran them. */
import { z } from 'zod'
import { engineNameSchema } from './engine.ts'

/** `lost`: its engine forgot it; what it worked on was begun again by another run. */
export const runStates = ['running', 'waiting', 'completed', 'failed', 'cancelled', 'lost'] as const
export type RunState = (typeof runStates)[number]

/** A run that waits is one that runs: it is not asked for by itself. */
export const runFilters = ['running', 'completed', 'failed', 'cancelled', 'lost'] as const
export type RunFilter = (typeof runFilters)[number]

export const runErrorSchema = z.object({ name: z.string(), message: z.string() })
export type RunError = z.infer<typeof runErrorSchema>

export const runIdSchema = z.string().min(1).max(100)

export const runSchema = z.object({
  id: runIdSchema,
  functionId: z.string(),
  state: z.enum(runStates),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Of steps and of the function itself: those that failed, also when a later one succeeded. */
  failedAttempts: z.number(),
  /** What it ended with, or what its last attempt failed with. */
  error: runErrorSchema.nullable(),
})
export type Run = z.infer<typeof runSchema>

export const runStepSchema = z.object({
  /** As the function names it; empty for the function around its steps. */
  name: z.string(),
  /** `run`, `sendEvent`, `sleep`, `waitForEvent`, `invoke` and so on, as the SDK has them. */
  kind: z.string(),
  /** From 0. */
  attempt: z.number(),
  startedAt: z.string(),
  /** Null while it runs or waits. */
  endedAt: z.string().nullable(),
  error: runErrorSchema.nullable(),
})
export type RunStep = z.infer<typeof runStepSchema>

export const runDetailSchema = runSchema.extend({
  engine: engineNameSchema,
  event: z.object({ name: z.string(), data: z.record(z.string(), z.unknown()) }),
  /** What it answered, as JSON; null before that, and where it is long. */
  result: z.string().nullable(),
  /** In the order they began; every attempt is one. */
  steps: z.array(runStepSchema),
})
export type RunDetail = z.infer<typeof runDetailSchema>

export const runCountSchema = z.object({ functionId: z.string(), state: z.enum(runFilters), count: z.number() })
export type RunCount = z.infer<typeof runCountSchema>
