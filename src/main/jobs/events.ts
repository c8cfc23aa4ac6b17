import { eventType, staticSchema } from 'inngest'

/** Events carry ids, never bytes, paths, or tokens in the clear. Their names and step ids are a stored format: runs outlive a start. */

/** Work on this sync begins or goes on; `part` counts the runs that share a long listing. */
export const importRequested = eventType('folder/import.requested', {
  schema: staticSchema<{ syncId: number; generation: number; part: number }>(),
})

/** One file has to be read. */
export const fileFound = eventType('file/found', { schema: staticSchema<{ syncId: number; fileId: number }>() })

/** Every run of this sync stops: it was paused or cancelled. What is unfinished stays `pending` in the ledger. */
export const syncHalted = eventType('sync/halted', { schema: staticSchema<{ syncId: number }>() })

/** Look into the watched folders now, not when their time comes. */
export const foldersLookRequested = eventType('folders/look.requested', {
  schema: staticSchema<Record<never, never>>(),
})

/** Nothing of this sync is left to read. */
export const syncDrained = eventType('sync/drained', { schema: staticSchema<{ syncId: number }>() })

/** A sync has completed, failed or been cancelled. `root` is that of its folder in Google Drive: an id; null for a folder on a disk. */
export const syncEnded = eventType('sync/ended', { schema: staticSchema<{ syncId: number; root: string | null }>() })

/** Originals are to be sent to the store in the cloud; `part` counts the runs that share the work. */
export const sendRequested = eventType('originals/send.requested', {
  schema: staticSchema<{ generation: number; part: number }>(),
})

/** All originals are to be brought from one place to the other. */
export const moveRequested = eventType('originals/move.requested', {
  schema: staticSchema<{ moveId: number; generation: number; part: number }>(),
})
/** Work on this run of describing pictures begins or goes on; of an earlier generation it ends. `part` counts as above. */
export const analysisRequested = eventType('analysis/run.requested', {
  schema: staticSchema<{ runId: number; generation: number; part: number }>(),
})

/** Every piece of work on this run stops: it was paused or cancelled. What has no answer waits in the library. */
export const analysisHalted = eventType('analysis/run.halted', { schema: staticSchema<{ runId: number }>() })

/** Descriptions have to be embedded, as far as the library counts them as due. `part` counts as above. */
export const embeddingsRequested = eventType('embeddings/requested', { schema: staticSchema<{ part: number }>() })

/**
 * A folder of Google Drive has to be brought in; `folderId` is Google's. `accessToken`, sealed, serves this request; without it:
 * by the account `accountId`, or the only one there is. `requestId` where this process keeps the request: see drive-requests.ts.
 */
export const googleImagesRequested = eventType('google.images.process', {
  schema: staticSchema<{
    userId: number
    folderId: string
    accountId?: number
    accessToken?: string
    requestId?: string
  }>(),
})
