/** The files that pictures are, and the folders they lie in. What is shown outside is named by its number, never by a path. */
import { z } from 'zod'
import { mediaIdSchema } from '../media.ts'
import { started } from './imports.ts'
import { nothing } from './nothing.ts'

const idSchema = z.number().int().positive()

export const filesQueries = {
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
