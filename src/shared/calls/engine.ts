/** What runs the jobs, and their runs. */
import { z } from 'zod'
import { engineNameSchema, engineOverviewSchema, inngestUrlSchema } from '../engine.ts'
import { runCountSchema, runDetailSchema, runFilters, runIdSchema, runSchema } from '../runs.ts'
import { nothing } from './nothing.ts'

const shown = {
  /** The path of a file, the name of a folder; null where it works on nothing in particular. */
  subject: z.string().nullable(),
  canBeDoneAgain: z.boolean(),
  canBeCancelled: z.boolean(),
}
const shownRunSchema = runSchema.extend(shown)
export type ShownRun = z.infer<typeof shownRunSchema>
const shownRunDetailSchema = runDetailSchema.extend(shown)
export type ShownRunDetail = z.infer<typeof shownRunDetailSchema>

const key = z.string().trim().max(500)

export const engineQueries = {
  'engine.get': { input: nothing, output: engineOverviewSchema },
  /** The youngest first. `after` is what the page before ended with. */
  'runs.list': {
    input: z.object({
      functionId: z.string().max(100).optional(),
      state: z.enum(runFilters).optional(),
      after: z.number().int().nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ items: z.array(shownRunSchema), nextAfter: z.number().nullable() }),
  },
  'runs.get': { input: z.object({ id: runIdSchema }), output: shownRunDetailSchema },
  'runs.counts': { input: nothing, output: z.array(runCountSchema) },
} as const

export const engineCommands = {
  /**
   * Has another engine run the jobs from now on; what is under way is handed over. Keys that are left out stay as they are.
   * Fails, and changes nothing, where that one cannot be had.
   */
  'engine.choose': {
    input: z.object({
      name: engineNameSchema,
      inngestUrl: inngestUrlSchema.optional(),
      eventKey: key.optional(),
      signingKey: key.optional(),
    }),
    output: engineOverviewSchema,
  },
  /** Forgets the keys of an Inngest elsewhere; where that runs the jobs, the embedded engine does from now on. */
  'engine.forgetKeys': { input: nothing, output: engineOverviewSchema },
  /** Shows the dashboard in the system's browser. `isOpen` false: whoever asks has to open it. */
  'engine.openDashboard': { input: nothing, output: z.object({ isOpen: z.boolean() }) },
  /** Does the work of a run again from the start, as far as it is not done. */
  'runs.again': { input: z.object({ id: runIdSchema }), output: nothing },
  /** Ends a run and what it works on. */
  'runs.cancel': { input: z.object({ id: runIdSchema }), output: nothing },
} as const
