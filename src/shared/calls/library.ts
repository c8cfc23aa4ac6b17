/** Looking at the library: lists, single pictures, filters, settings. */
import { z } from 'zod'
import { accountIdSchema, accountSchema } from '../accounts.ts'
import { currencySchema, inventoryPatternSchema, sizeUnitSchema } from '../artworks.ts'
import { colourNames } from '../colours.ts'
import {
  flagSchema,
  labelSchema,
  mediaDetailSchema,
  mediaFilterSchema,
  mediaGroupSchema,
  mediaIdSchema,
  mediaSortSchema,
  mediaTileSchema,
  processingStatuses,
  sectionSchema,
} from '../media.ts'
import { artistNameSchema, pageSizeSchema } from '../printing.ts'
import { syncSchema } from '../syncs.ts'
import { nothing } from './nothing.ts'

const listView = { filter: mediaFilterSchema, sort: mediaSortSchema, group: mediaGroupSchema.optional() }
const count = z.object({ value: z.string(), count: z.number() })

const folderSchema = z.object({
  id: z.number(),
  name: z.string(),
  path: z.string(),
  source: z.string(),
  mediaCount: z.number(),
  /** Originals are copied into the library as well. */
  keepsCopies: z.boolean(),
  /** Of Google Drive: the account it is in; null when that is not connected any more. */
  account: z.object({ id: accountIdSchema, email: z.string(), state: accountSchema.shape.state }).nullable(),
  /** It is looked into by itself every quarter of an hour. */
  isWatched: z.boolean(),
  lastSyncedAt: z.string().nullable(),
})
export type Folder = z.infer<typeof folderSchema>

export const settingsSchema = z.object({
  /** Keep a copy of every original in the library when a folder is imported. */
  copyOriginals: z.boolean(),
  /** Of the Google client that accounts are connected by; empty: none. Its secret is in the keychain. */
  googleClientId: z.string().max(300),
  /** How inventory numbers of works are made, such as {year}-{number:3}. */
  inventoryPattern: inventoryPatternSchema,
  /** Of works, where a person writes none. */
  sizeUnit: sizeUnitSchema,
  currency: currencySchema,
  /** Of catalogues and labels. */
  artistName: artistNameSchema,
  pageSize: pageSizeSchema,
  /** How long runs of jobs are kept after their end, to be looked at. */
  runsKeptDays: z.number().int().min(1).max(365),
})
export type Settings = z.infer<typeof settingsSchema>

export const libraryQueries = {
  /** What the frame shows all the time. */
  'library.overview': {
    input: nothing,
    output: z.object({
      name: z.string(),
      /** Where the library folder is. */
      path: z.string(),
      /** Something is wrong with the library as a whole, and what to do; null when all is well. */
      problem: z.string().nullable(),
      counts: z.object({
        /** Everything the grid shows without a filter. */
        shown: z.number(),
        byStatus: z.object(
          Object.fromEntries(processingStatuses.map(s => [s, z.number()])) as Record<
            (typeof processingStatuses)[number],
            z.ZodNumber
          >,
        ),
        missing: z.number(),
        /** Complete, without a flag or a star. */
        toReview: z.number(),
        /** Came within the last seven days. */
        recent: z.number(),
      }),
      folders: z.array(folderSchema),
      /** Of Google, by the order in which they were connected. */
      accounts: z.array(accountSchema.pick({ id: true, email: true, state: true })),
      /** Running and paused ones, newest first. */
      activeSyncs: z.array(syncSchema),
      hasSamples: z.boolean(),
    }),
  },
  /**
   * How many there are and where its pages begin, so that a grid knows its height and can jump anywhere: page `i` is
   * `media.page` after `cursors[i]` (null for the first). With `hasShapes` also the proportions of every picture, so that
   * nothing has to move when its tile arrives, and with `hasFirst` its first page, which is looked at before anything else.
   */
  'media.index': {
    input: z.object({
      ...listView,
      pageSize: z.number().int().min(10).max(500),
      hasShapes: z.boolean().optional(),
      hasFirst: z.boolean().optional(),
    }),
    output: z.object({
      total: z.number(),
      cursors: z.array(z.string().nullable()),
      /** From the beginning to the end of the list; none where it is not grouped. */
      sections: z.array(sectionSchema),
      /** Base64: a byte for each picture, see shapes.ts. */
      shapes: z.string().nullable(),
      first: z.array(mediaTileSchema).nullable(),
    }),
  },
  'media.page': {
    input: z.object({ ...listView, after: z.string().max(1000).nullable(), limit: z.number().int().min(1).max(500) }),
    output: z.object({ items: z.array(mediaTileSchema), nextCursor: z.string().nullable() }),
  },
  'media.get': { input: z.object({ id: mediaIdSchema }), output: mediaDetailSchema },
  /** Counts for the filters. Over `sampledFrom` newest matches where there are more: then a count means "at least". */
  'media.facets': {
    input: z.object({ filter: mediaFilterSchema }),
    output: z.object({
      isSampled: z.boolean(),
      tags: z.array(count),
      colours: z.array(z.object({ value: z.enum(colourNames), count: z.number() })),
      years: z.array(count),
      statuses: z.array(count),
      sources: z.array(count),
      /** Of those with stars. */
      ratings: z.array(count),
      flags: z.array(z.object({ value: flagSchema, count: z.number() })),
      labels: z.array(z.object({ value: labelSchema, count: z.number() })),
      /** `jpeg`, `png` …, and whether it is an `image` or a `video`. */
      types: z.array(count),
      kinds: z.array(count),
      style: z.array(count),
      mood: z.array(count),
      subject: z.array(count),
      medium: z.array(count),
      series: z.array(count),
    }),
  },
  /** Tags that begin with `prefix`, most used first. */
  'tags.suggest': {
    input: z.object({ prefix: z.string().max(200), limit: z.number().int().min(1).max(50) }),
    output: z.array(count),
  },
  /** What is said of pictures in a field, or titles and numbers of the works they show, beginning with `prefix`, most used first. */
  'values.suggest': {
    input: z.object({
      field: z.enum(['style', 'mood', 'subject', 'medium', 'series', 'artwork']),
      prefix: z.string().max(200),
      limit: z.number().int().min(1).max(50),
    }),
    output: z.array(count),
  },
  'settings.get': { input: nothing, output: settingsSchema },
} as const

export const libraryCommands = {
  'settings.set': { input: settingsSchema.partial(), output: settingsSchema },
} as const
