import { z } from 'zod'

/** Where a store in the cloud is, and how originals are kept there. Its secret key is in the keychain and never here. */
export const storageSettingsSchema = z.object({
  /** `cloud`: what the library keeps is on disk first and then sent to the store as well. */
  keepsIn: z.enum(['disk', 'cloud']),
  preset: z.enum(['spaces', 'aws', 'r2', 'custom']),
  /** For `custom`: the address of the server. */
  endpoint: z.string().max(500),
  /** For `r2`: the id of the account. */
  region: z.string().max(100),
  bucket: z.string().max(100),
  /** Goes before every key; empty or `some/folder`. */
  prefix: z.string().max(200),
  /** A CDN or domain of one's own, which public addresses begin with; empty: none. */
  cdnUrl: z.string().max(500),
  /** Spaces has a CDN that can be switched on for a bucket: public addresses are then its. */
  usesCdn: z.boolean(),
  /** For `custom`: the bucket is in the path and not in the host name. */
  isPathStyle: z.boolean(),
  /** Everyone who knows an original's address can read it. */
  isPublic: z.boolean(),
  accessKeyId: z.string().max(200),
  /** How much room originals may take on this computer once the store has them; null: all stay. */
  localBudgetBytes: z.number().int().nonnegative().nullable(),
})
export type StorageSettings = z.infer<typeof storageSettingsSchema>

/** What a test of a store found out. `code` is a `StoreFailure` of the storage room. */
export const connectionReportSchema = z.discriminatedUnion('ok', [
  /** `notice`: it works, but not as asked for; what to do. */
  z.object({ ok: z.literal(true), notice: z.string().nullable() }),
  z.object({ ok: z.literal(false), step: z.enum(['write', 'read', 'delete']), code: z.string(), message: z.string() }),
])
export type ConnectionReport = z.infer<typeof connectionReportSchema>

const amountSchema = z.object({ count: z.number(), bytes: z.number() })

export const moveDirections = ['to-cloud', 'to-disk'] as const

/** All originals on their way from one place to the other: each is copied, read back and compared, and only then removed. */
export const moveSchema = z.object({
  id: z.number(),
  direction: z.enum(moveDirections),
  /** `waiting`: it goes on by itself once the store is reached again. */
  state: z.enum(['running', 'waiting', 'paused', 'completed', 'cancelled']),
  /** Why it is paused or waits, where it was not a person who paused it. */
  message: z.string().nullable(),
  total: amountSchema,
  done: amountSchema,
  secondsLeft: z.number().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})
export type Move = z.infer<typeof moveSchema>

/** The work of sending originals to the store. `idle`: all of them are there. `off`: they are kept on disk only. */
const sendingSchema = z.object({
  state: z.enum(['off', 'idle', 'running', 'waiting', 'paused']),
  message: z.string().nullable(),
  /** Not in the store yet. */
  left: amountSchema,
  bytesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
})

/** All the storage page shows. */
export const storageOverviewSchema = z.object({
  settings: storageSettingsSchema,
  hasSecret: z.boolean(),
  /** Where secrets do not outlive the program: a sentence that says so. */
  notice: z.string().nullable(),
  disk: amountSchema,
  cloud: amountSchema,
  /** Only in the store: looking at one whole needs the network. */
  cloudOnly: amountSchema,
  sending: sendingSchema,
  /** The one under way, else the last one. */
  move: moveSchema.nullable(),
  /** Originals that could not be copied, by their own fault: gone or damaged on the disk. */
  faults: z.object({
    count: z.number(),
    items: z.array(z.object({ mediaId: z.number().nullable(), filename: z.string(), message: z.string() })),
  }),
})
export type StorageOverview = z.infer<typeof storageOverviewSchema>
