/** How a person judges pictures, and the history of all that they did. */
import { z } from 'zod'
import { markChangeSchema } from '../marks.ts'
import { mediaIdSchema } from '../media.ts'
import { nothing } from './nothing.ts'

/** What `history.undo` takes; null where nothing changed. */
export const commandIdSchema = z.number().int().positive().nullable()

const titleSchema = z.string().nullable()

const reversalSchema = z.object({
  /** Of the command. */
  title: z.string(),
  /** How many pictures were changed. */
  count: z.number(),
  /** How many were left as they are, because something else has changed them since. */
  leftCount: z.number(),
})

export const marksQueries = {
  /** Titles of what undo and redo would do; null where there is nothing. */
  'history.state': { input: nothing, output: z.object({ undo: titleSchema, redo: titleSchema }) },
} as const

export const marksCommands = {
  /** Flag, stars and label, each where it is given. */
  'marks.set': {
    input: z.object({ mediaIds: z.array(mediaIdSchema).min(1).max(10_000), change: markChangeSchema }),
    output: z.object({ count: z.number(), commandId: commandIdSchema }),
  },
  /**
   * Takes back the latest command: of words, tags, suggestions, marks. With `commandId` that one, and nothing where another
   * one came after it.
   */
  'history.undo': { input: z.object({ commandId: commandIdSchema.unwrap().optional() }), output: reversalSchema },
  /** Does what was undone last again. A new command forgets what is undone. */
  'history.redo': { input: nothing, output: reversalSchema },
} as const
