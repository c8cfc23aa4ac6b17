/** What leaves the library for other programs and people. */
import { z } from 'zod'
import { artworkFilterSchema, artworkIdSchema, artworkSortSchema } from '../artworks.ts'
import { mediaFilterSchema, mediaIdSchema, mediaSortSchema } from '../media.ts'
import { artistNameSchema, catalogueLayoutSchema, labelSizeSchema, pageSizeSchema } from '../printing.ts'
import { nothing } from './nothing.ts'

/** Which pictures leave: named ones in that order, or all that a filter shows in the order of a list. */
export const publishedChoiceSchema = z.union([
  z.object({ mediaIds: z.array(mediaIdSchema).min(1).max(10_000) }),
  z.object({ filter: mediaFilterSchema, sort: mediaSortSchema }),
])
export type PublishedChoice = z.infer<typeof publishedChoiceSchema>

/** Which works leave: named ones in that order, or all that a list shows in its order. */
const worksChoiceSchema = z.union([
  z.object({ artworkIds: z.array(artworkIdSchema).min(1).max(10_000) }),
  z.object({ filter: artworkFilterSchema, sort: artworkSortSchema }),
])
export type WorksChoice = z.infer<typeof worksChoiceSchema>

const to = z.string().min(1).max(4096)

/** `barn.xmp`, or `barn.jpg.xmp`. */
const sidecarNamingSchema = z.enum(['short', 'long'])
export type SidecarNaming = z.infer<typeof sidecarNamingSchema>

const table = {
  /** A folder, or a file that is not there yet. */
  to,
  /** With a byte order mark, and nothing that a spreadsheet would run. */
  isForSpreadsheets: z.boolean(),
}

const exportOrderSchema = z.discriminatedUnion('format', [
  z.object({ format: z.literal('csv'), ...table }),
  z.object({ format: z.literal('json'), to }),
  z.object({
    format: z.literal('xmp'),
    /** A folder, in which that of the originals is repeated; null: beside the originals, which stay as they are. */
    to: to.nullable(),
    naming: sidecarNamingSchema,
    /** Also what analysers said and nobody has confirmed. */
    includesSuggestions: z.boolean(),
  }),
])
export type ExportOrder = z.infer<typeof exportOrderSchema>

const sheets = {
  /** A folder, or a file that is not there yet. */
  to,
  artist: artistNameSchema,
  pageSize: pageSizeSchema,
  showsPrices: z.boolean(),
}

const worksOrderSchema = z.discriminatedUnion('format', [
  z.object({ format: z.literal('works-csv'), ...table }),
  z.object({ format: z.literal('works-json'), to }),
  z.object({
    format: z.literal('catalogue'),
    ...sheets,
    title: z.string().trim().min(1, 'A catalogue needs a title.').max(200),
    layout: catalogueLayoutSchema,
    showsStatus: z.boolean(),
    showsStatement: z.boolean(),
    showsProvenance: z.boolean(),
    /** At the end, with the page of each. */
    listsWorks: z.boolean(),
  }),
  z.object({ format: z.literal('labels'), ...sheets, labelSize: labelSizeSchema }),
  z.object({
    format: z.literal('portfolio'),
    /** A folder that is empty, or that a portfolio was exported into. */
    to,
    artist: artistNameSchema,
    /** Empty: nothing. */
    about: z.string().max(20_000),
    contact: z.string().max(2000),
    /** Where it will be on the web; empty: not known. */
    address: z.string().max(500),
    /** Search engines may list it. */
    isIndexed: z.boolean(),
    showsStatus: z.boolean(),
    showsPrices: z.boolean(),
    showsProvenance: z.boolean(),
  }),
])
export type WorksOrder = z.infer<typeof worksOrderSchema>

export const exportSchema = z.object({
  id: z.number(),
  format: z.enum(['csv', 'json', 'xmp', 'works-csv', 'works-json', 'catalogue', 'labels', 'portfolio']),
  state: z.enum(['running', 'completed', 'cancelled', 'failed']),
  /** Pictures or works there were when it began, and those that are done with. */
  total: z.number(),
  done: z.number(),
  /** The file or the folder that is written; null: sidecars beside the originals. */
  path: z.string().nullable(),
  /** Files of many, as sidecars are: up to date already, and those that could not be written or were not ours to. */
  unchanged: z.number(),
  refused: z.number(),
  /** The first hundred of those. */
  refusals: z.array(z.object({ file: z.string(), reason: z.string() })),
  /** What of works could not be printed as it is written; the first hundred of them. */
  remarks: z.array(z.object({ work: z.string(), text: z.string() })),
  remarked: z.number(),
  /** Why it failed, and what to do. */
  message: z.string().nullable(),
})
export type Export = z.infer<typeof exportSchema>

export const exportsQueries = {
  /** The one that runs, else the last one since the program was started. */
  'export.state': { input: nothing, output: z.object({ export: exportSchema.nullable() }) },
} as const

export const exportsCommands = {
  /** One at a time. What others wrote is never overwritten. */
  'export.start': {
    input: z.union([
      z.object({ chosen: publishedChoiceSchema, order: exportOrderSchema }),
      z.object({ works: worksChoiceSchema, order: worksOrderSchema }),
    ]),
    output: exportSchema,
  },
  /** Nothing of a file that is not whole is left; of many files, those that were written stay. */
  'export.cancel': { input: nothing, output: nothing },
} as const
