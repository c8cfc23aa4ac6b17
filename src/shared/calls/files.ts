/** The files that pictures are, the folders they lie in, and what happened to them. What is shown outside is named by its number, never by a path. */
import { z } from 'zod'
import { mediaIdSchema } from '../media.ts'
import { started } from './imports.ts'
import { nothing } from './nothing.ts'

const idSchema = z.number().int().positive()

const historyEntrySchema = z.discriminatedUnion('kind', [
  /** It came into the library. */
  z.object({ kind: z.literal('arrived'), at: z.string(), folder: z.string().nullable(), path: z.string().nullable() }),
  z.object({ kind: z.literal('missing'), at: z.string() }),
  /** `model`: null where it was looked at without one. */
  z.object({
    kind: z.literal('described'),
    at: z.string(),
    model: z.string().nullable(),
    failure: z.string().nullable(),
  }),
  /** A person's, as something to do: "Rate 12 pictures 3 stars". */
  z.object({ kind: z.literal('command'), at: z.string(), title: z.string() }),
])
export type HistoryEntry = z.infer<typeof historyEntrySchema>

export const filesQueries = {
  /** What happened to a picture, newest first; of a person's commands the last thirty that are not undone. */
  'media.history': { input: z.object({ id: mediaIdSchema }), output: z.array(historyEntrySchema) },
  /** Imported folders of this computer that are not there now: moved, or on a disk that is not connected. */
  'folders.absent': { input: nothing, output: z.array(idSchema) },
} as const

export const filesCommands = {
  /** Shows a file of the picture in the folder it lies in, by the system's own program. Without `fileId` the first there is. */
  'file.show': { input: z.object({ mediaId: mediaIdSchema, fileId: idSchema.optional() }), output: nothing },
  /** The same for an imported folder of this computer. */
  'folder.show': { input: z.object({ folderId: idSchema }), output: nothing },
  /** Brings in what changed in an imported folder since the last time. */
  'folder.sync': { input: z.object({ folderId: idSchema }), output: started },
} as const
