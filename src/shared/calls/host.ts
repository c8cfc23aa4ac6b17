/** What the program around the page can do. */
import { z } from 'zod'
import { hostSchema, programPreferencesSchema, themes } from '../host.ts'
import { nothing } from './nothing.ts'

export const hostQueries = {
  /** What the program around the page can do. */
  'host.get': { input: nothing, output: hostSchema },
} as const

export const hostCommands = {
  /** The system's dialog, where `host.get` says there is one. Null: the person changed their mind. */
  'folder.choose': {
    input: z.object({ startIn: z.string().max(4096).optional() }),
    output: z.object({ path: z.string().nullable() }),
  },
  'host.set': { input: programPreferencesSchema.partial(), output: hostSchema },
  /** How the page looks, so that what is around it looks alike. */
  'host.theme': { input: z.object({ theme: z.enum(themes) }), output: nothing },
  /** Ends the program and starts the newer one, which is ready. */
  'update.install': { input: nothing, output: nothing },
} as const
