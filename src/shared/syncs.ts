import { z } from 'zod'
import { outcomes } from './outcomes.ts'

export const syncIdSchema = z.number().int().positive()
export type SyncId = z.infer<typeof syncIdSchema>

export const syncStates = ['running', 'paused', 'completed', 'cancelled', 'failed'] as const
export type SyncState = (typeof syncStates)[number]

/** One import of one folder, or of files that were chosen of it, and how far it is. `found = imported + duplicates + skipped + failed + pending`. */
export const syncSchema = z.object({
  id: syncIdSchema,
  folderId: z.number(),
  folderName: z.string(),
  folderPath: z.string(),
  source: z.string(),
  /** How many files were chosen of the folder; nothing else of it is in this sync. Null: the folder itself was imported. */
  chosenCount: z.number().nullable(),
  state: z.enum(syncStates),
  /** False while files are still being found: then `found` grows and there is no time left to tell. */
  isListed: z.boolean(),
  found: z.number(),
  imported: z.number(),
  duplicates: z.number(),
  skipped: z.number(),
  failed: z.number(),
  pending: z.number(),
  /** Files a second over the last half minute or so; null until there is something to measure. */
  filesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Why the whole sync failed, for a person to read. */
  error: z.string().nullable(),
})
export type Sync = z.infer<typeof syncSchema>

/** What a watched folder does by itself and what it is called differ between Google Drive and a disk. */
export const isOfDrive = ({ source }: { source: string }): boolean => source === 'google_drive'

/** A row of the ledger: one file found by a sync and how it ended. */
export const ledgerEntrySchema = z.object({
  fileId: z.number(),
  /** Relative to the folder. */
  path: z.string(),
  outcome: z.enum(outcomes),
  reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  mediaId: z.number().nullable(),
  sizeBytes: z.number().nullable(),
})
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>
