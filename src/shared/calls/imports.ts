/** Imports, and all work as one. */
import { z } from 'zod'
import { mediaIdSchema } from '../media.ts'
import { outcomes } from '../outcomes.ts'
import { ledgerEntrySchema, syncIdSchema, syncSchema } from '../syncs.ts'
import { nothing } from './nothing.ts'

export const started = z.object({ syncId: syncIdSchema })

export const importsQueries = {
  'sync.list': { input: z.object({ limit: z.number().int().min(1).max(100) }), output: z.array(syncSchema) },
  /** The ledger of one sync, in the order found. `outcome` leaves out the others. */
  'sync.files': {
    input: z.object({
      syncId: syncIdSchema,
      outcome: z.enum(outcomes).optional(),
      after: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ items: z.array(ledgerEntrySchema), nextAfter: z.number().nullable() }),
  },
  /** Folders inside one, to pick a folder where the host has no dialog of its own. Without a path: home. */
  'folder.browse': {
    input: z.object({ path: z.string().max(4096).optional() }),
    output: z.object({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.object({ name: z.string(), path: z.string() })),
      /** Pictures directly inside, by their names. */
      pictureCount: z.number(),
    }),
  },
  /** `isPaused`: `work.resume` has something to take up. */
  'work.state': { input: nothing, output: z.object({ isUnderWay: z.boolean(), isPaused: z.boolean() }) },
} as const

export const importsCommands = {
  'folder.import': {
    input: z.object({ path: z.string().min(1).max(4096), copyOriginals: z.boolean().optional() }),
    output: started,
  },
  /**
   * Brings in what was dropped, by full paths. A folder is imported whole, as by `folder.import`. Of single files those are
   * imported and nothing else of their folder: one sync for each folder, which is the imported one that they are in, or
   * the one they lie in. The same again, while its sync runs or is paused, is that sync.
   *
   * What cannot be imported is `refused`, with the path as it was given and a sentence; everything else ends in the ledger of
   * a sync. Fails where all is refused.
   */
  'files.import': {
    input: z.object({
      paths: z.array(z.string().min(1).max(4096)).min(1).max(1000),
      copyOriginals: z.boolean().optional(),
    }),
    output: z.object({
      syncIds: z.array(syncIdSchema),
      refused: z.array(z.object({ path: z.string(), reason: z.string() })),
    }),
  },
  'folder.watch': {
    input: z.object({ folderId: z.number().int().positive(), isWatched: z.boolean() }),
    output: nothing,
  },
  'samples.import': { input: nothing, output: started },
  'sync.pause': { input: z.object({ syncId: syncIdSchema }), output: nothing },
  'sync.resume': { input: z.object({ syncId: syncIdSchema }), output: nothing },
  'sync.cancel': { input: z.object({ syncId: syncIdSchema }), output: nothing },
  /** One failed file, or without `fileId` all failed ones of that sync. Answers how many were taken up again. */
  'sync.retry': {
    input: z.object({ syncId: syncIdSchema, fileId: z.number().int().positive().optional() }),
    output: z.object({ count: z.number() }),
  },
  /** The failed file behind a tile. */
  'media.retry': { input: z.object({ id: mediaIdSchema }), output: nothing },
  /**
   * Imports, descriptions, uploads and moves that run now: `work.resume` takes up what this paused, also after a restart.
   * `isPaused` as in `work.state`: false where there was nothing to pause.
   */
  'work.pause': { input: nothing, output: z.object({ isPaused: z.boolean() }) },
  'work.resume': { input: nothing, output: nothing },
} as const
