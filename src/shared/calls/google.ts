/** Google accounts and their Drive. */
import { z } from 'zod'
import { accountIdSchema, accountSchema, driveEntrySchema, drivePlaceSchema } from '../accounts.ts'
import { started } from './imports.ts'
import { nothing } from './nothing.ts'

export const googleQueries = {
  'accounts.list': {
    input: nothing,
    output: z.object({
      accounts: z.array(accountSchema),
      /** There is a Google client to connect with. */
      hasClient: z.boolean(),
      /** Where accounts do not outlive the program: a sentence that says so. */
      notice: z.string().nullable(),
    }),
  },
  /** Folders first, then pictures and shortcuts, each by name: so Drive sorts them. */
  'drive.browse': {
    input: z.object({
      accountId: accountIdSchema,
      place: drivePlaceSchema,
      pageToken: z.string().max(4000).optional(),
    }),
    output: z.object({ entries: z.array(driveEntrySchema), pageToken: z.string().nullable() }),
  },
} as const

export const googleCommands = {
  /**
   * Brings in a folder of Drive, or what changed in it since the last time. `folderId` is Google's, or `root`. Whether it is
   * watched stays as it is where `isWatched` is left out.
   */
  'drive.import': {
    input: z.object({
      accountId: accountIdSchema,
      folderId: z.string().min(1).max(200),
      isWatched: z.boolean().optional(),
    }),
    output: started,
  },
  /** Opens the person's browser and answers when they have signed in there. */
  'account.connect': { input: nothing, output: accountSchema },
  /** Ends the sign-ins under way; each fails as cancelled. */
  'account.cancelConnect': { input: nothing, output: nothing },
  /** `notice`: it is gone here, but Google could not be told. */
  'account.disconnect': {
    input: z.object({ id: accountIdSchema }),
    output: z.object({ notice: z.string().nullable() }),
  },
  /** The client that a person made in the Google Cloud console, of the kind "Desktop app". */
  'account.setClient': {
    input: z.object({ clientId: z.string().max(300), clientSecret: z.string().max(300) }),
    output: nothing,
  },
} as const
