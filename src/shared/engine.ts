/** What runs the jobs. */
import { z } from 'zod'

/** `cloud`: an Inngest elsewhere, hosted or one's own. */
export const engineNames = ['embedded', 'server', 'cloud'] as const
export const engineNameSchema = z.enum(engineNames)
export type EngineName = (typeof engineNames)[number]

export const engineStandingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('up') }),
  /** It cannot be reached, and goes on when it is back. */
  z.object({ kind: z.literal('away'), message: z.string() }),
])
export type EngineStanding = z.infer<typeof engineStandingSchema>

/** The address of an Inngest of one's own; empty: Inngest Cloud. */
export const inngestUrlSchema = z
  .string()
  .trim()
  .max(500)
  .refine(text => text === '' || isWebAddress(text), 'An address such as https://inngest.example.org.')

export const engineOverviewSchema = z.object({
  /** What runs now. */
  name: engineNameSchema,
  standing: engineStandingSchema,
  /** Why it is not the one that was chosen; null where it is. */
  notice: z.string().nullable(),
  /** What was chosen. */
  chosen: engineNameSchema,
  /** The variable of the environment that chose it, over which nothing can be chosen here. */
  forcedBy: z.string().nullable(),
  /** Where a person looks at what it runs. */
  dashboardUrl: z.string().nullable(),
  inngestUrl: z.string(),
  /** Keys of an Inngest elsewhere are kept. */
  hasKeys: z.boolean(),
})
export type EngineOverview = z.infer<typeof engineOverviewSchema>

function isWebAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol)
  } catch {
    return false
  }
}
