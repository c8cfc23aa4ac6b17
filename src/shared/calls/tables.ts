/** Tables of other programs: read, mapped, previewed, and brought in as one command. */
import { z } from 'zod'
import {
  columnTargetSchema,
  previewRowSchema,
  rowCountsSchema,
  rowKindSchema,
  tableDelimiterSchema,
  tableEncodingSchema,
  tableSubjectSchema,
  tableTargetsSchema,
} from '../tables.ts'
import { commandIdSchema } from './marks.ts'
import { nothing } from './nothing.ts'

/** More is no inventory; it is told before it is sent. */
export const tableBytesMax = 200_000_000
/** As much of a file as is sent at once. */
export const tablePieceBytes = 512 * 1024

const tableId = z.number().int().positive()

const tableSchema = z.object({
  id: tableId,
  /** Of the file. */
  name: z.string(),
  sizeBytes: z.number(),
  encoding: tableEncodingSchema,
  /** Nothing in the file says which it is. */
  isEncodingGuessed: z.boolean(),
  delimiter: tableDelimiterSchema,
  subject: tableSubjectSchema,
  columns: z.array(
    z.object({
      name: z.string(),
      /** The first values that are not empty, cut. */
      samples: z.array(z.string()),
      target: columnTargetSchema.nullable(),
    }),
  ),
  /** Columns are read as they were the last time that a table had them. */
  isRemembered: z.boolean(),
})
export type Table = z.infer<typeof tableSchema>

const tableWorkSchema = z.object({
  /** Grows with each preview; names the one whose rows are shown. */
  previewId: z.number(),
  state: z.enum(['previewing', 'previewed', 'importing', 'imported', 'cancelled', 'failed']),
  subject: tableSubjectSchema,
  /** As it was previewed. */
  clearsEmpty: z.boolean(),
  /** Rows that are done with, and of how many; null while that is not known. */
  done: z.number(),
  total: z.number().nullable(),
  counts: rowCountsSchema,
  /** Of `failed`: what to do. */
  message: z.string().nullable(),
  /** Of `imported`: what `history.undo` takes. */
  commandId: commandIdSchema,
})
export type TableWork = z.infer<typeof tableWorkSchema>

export const tablesQueries = {
  /** The table that was opened last, and what is done with it. Nothing of it is left at the end of the program. */
  'table.state': {
    input: nothing,
    output: z.object({ table: tableSchema.nullable(), work: tableWorkSchema.nullable() }),
  },
  /** Rows of a preview, in the order of the file; null: of all kinds. */
  'table.rows': {
    input: z.object({
      previewId: z.number().int().positive(),
      kind: rowKindSchema.nullable(),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ items: z.array(previewRowSchema), total: z.number() }),
  },
} as const

export const tablesCommands = {
  /** A file comes from the page, piece by piece: the page needs to know no paths. */
  'table.begin': {
    input: z.object({ name: z.string().max(1000), sizeBytes: z.number().int().nonnegative() }),
    output: z.object({ id: tableId }),
  },
  'table.append': { input: z.object({ id: tableId, base64: z.string().max(tablePieceBytes * 2) }), output: nothing },
  /** Once all of it is there; again, where it is to be read in another way. */
  'table.read': {
    input: z.object({
      id: tableId,
      encoding: tableEncodingSchema.optional(),
      delimiter: tableDelimiterSchema.optional(),
      subject: tableSubjectSchema.optional(),
    }),
    output: tableSchema,
  },
  /** Says what would become of each row. Writes nothing. */
  'table.preview': {
    input: z.object({
      id: tableId,
      subject: tableSubjectSchema,
      targets: tableTargetsSchema,
      /** An empty cell takes away what there is; else it leaves it. */
      clearsEmpty: z.boolean(),
    }),
    output: nothing,
  },
  /** Does what the preview shows, as one command. */
  'table.import': { input: z.object({ previewId: z.number().int().positive() }), output: nothing },
  /** Resolves when it has ended. Of an import nothing is left. */
  'table.cancel': { input: nothing, output: nothing },
  /** The table is forgotten. */
  'table.close': { input: nothing, output: nothing },
} as const
