/** Where originals are kept. */
import { z } from 'zod'
import { mediaIdSchema } from '../media.ts'
import { connectionReportSchema, moveDirections, storageOverviewSchema, storageSettingsSchema } from '../storage.ts'
import { nothing } from './nothing.ts'

export const storageQueries = {
  'storage.overview': { input: nothing, output: storageOverviewSchema },
  /** Address of an original in the store, for others: for good where the store is public, else for that long. */
  'media.link': {
    input: z.object({ id: mediaIdSchema, seconds: z.number().int().min(60).max(604_800) }),
    output: z.object({ url: z.string(), expiresAt: z.string().nullable() }),
  },
} as const

export const storageCommands = {
  /** Saves where originals are kept. A secret that is left out stays as it is; an empty one is forgotten. */
  'storage.save': {
    input: z.object({ settings: storageSettingsSchema, secretAccessKey: z.string().max(500).optional() }),
    output: nothing,
  },
  /** Writes, reads and deletes one object. A secret that is left out is the saved one. */
  'storage.test': {
    input: z.object({ settings: storageSettingsSchema, secretAccessKey: z.string().max(500).optional() }),
    output: connectionReportSchema,
  },
  'storage.pause': { input: nothing, output: nothing },
  /** Also what could not be sent, by the originals' own fault, is tried again. */
  'storage.resume': { input: nothing, output: nothing },
  'storage.move': { input: z.object({ direction: z.enum(moveDirections) }), output: z.object({ moveId: z.number() }) },
  'storage.pauseMove': { input: nothing, output: nothing },
  'storage.resumeMove': { input: nothing, output: nothing },
  /** What has been moved stays where it is now. */
  'storage.cancelMove': { input: nothing, output: nothing },
} as const
