import { z } from 'zod'

export const accountIdSchema = z.number().int().positive()

/** A person's account at Google. */
export const accountSchema = z.object({
  id: accountIdSchema,
  email: z.string(),
  name: z.string(),
  /** `reconnect`: Google has ended the access, and a person has to sign in again. */
  state: z.enum(['connected', 'reconnect']),
  connectedAt: z.string(),
})
export type Account = z.infer<typeof accountSchema>

/** What a person looks at in Drive: a folder, or one of the places Drive begins with. */
export const drivePlaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('my-drive') }),
  z.object({ kind: z.literal('shared-with-me') }),
  z.object({ kind: z.literal('shared-drives') }),
  z.object({ kind: z.literal('folder'), folderId: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('search'), text: z.string().min(1).max(200) }),
])

export const driveEntrySchema = z.object({
  kind: z.enum(['folder', 'picture']),
  /** Google's. */
  id: z.string(),
  name: z.string(),
  isShortcut: z.boolean(),
})
