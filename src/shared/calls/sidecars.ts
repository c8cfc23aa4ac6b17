/** What other programs wrote in sidecars beside the originals. It is looked at first and taken over only then. */
import { z } from 'zod'
import { mediaIdSchema } from '../media.ts'
import { sidecarConflicts, sidecarFields } from '../sidecars.ts'
import { publishedChoiceSchema } from './exports.ts'
import { commandIdSchema } from './marks.ts'
import { nothing } from './nothing.ts'

const byField = z.partialRecord(z.enum(sidecarFields), z.number())

export const sidecarReadingSchema = z.object({
  id: z.number(),
  /** `looked`: it waits for the person. */
  state: z.enum(['looking', 'looked', 'taking', 'taken', 'cancelled', 'failed']),
  /** Of the pictures that are looked at or, once it is taken over, of those that change. */
  total: z.number(),
  done: z.number(),
  /** Pictures that have a sidecar that can be read, and those of them on which it says something new. */
  found: z.number(),
  changed: z.number(),
  /** Pictures on which the person has said something else. */
  conflicting: z.number(),
  /** Both together: pictures on which it says anything else. */
  differing: z.number(),
  /** How many pictures would get a word of each field where the person has none, and where they have another. */
  changes: byField,
  conflicts: byField,
  /** The first hundred of both. `mine` is null where the person has said nothing. */
  examples: z.array(
    z.object({
      mediaId: mediaIdSchema,
      file: z.string(),
      field: z.enum(sidecarFields),
      mine: z.string().nullable(),
      theirs: z.string(),
    }),
  ),
  /** Sidecars that cannot be read, and the first hundred of them. */
  refused: z.number(),
  refusals: z.array(z.object({ file: z.string(), reason: z.string() })),
  /** Pictures whose words were changed by it. */
  taken: z.number(),
  commandId: commandIdSchema,
  /** Why it failed, and what to do. */
  message: z.string().nullable(),
})
export type SidecarReading = z.infer<typeof sidecarReadingSchema>

export const sidecarsQueries = {
  /** The one that is under way or waits, else the last one since the program was started. */
  'sidecars.state': { input: nothing, output: z.object({ reading: sidecarReadingSchema.nullable() }) },
} as const

export const sidecarsCommands = {
  /** Reads the sidecars of these pictures and changes nothing. One at a time. */
  'sidecars.look': { input: z.object({ chosen: publishedChoiceSchema }), output: sidecarReadingSchema },
  /** Takes over what was looked at: one command, by `history.undo`. */
  'sidecars.take': {
    input: z.object({ id: z.number(), conflicts: z.enum(sidecarConflicts) }),
    output: sidecarReadingSchema,
  },
  /** What was taken over until then is taken back. */
  'sidecars.cancel': { input: nothing, output: nothing },
} as const
