import { z } from 'zod'
import { analysisResultSchema, ownWordFields, suggestionSchema, usageSchema } from './analysis.ts'
import { colourNames } from './colours.ts'
import { isCalendarDate } from './find/days.ts'

/** The statuses of `media.processing_status`. */
export const processingStatuses = ['pending', 'processing', 'completed', 'failed'] as const
export const processingStatusSchema = z.enum(processingStatuses)
export type ProcessingStatus = z.infer<typeof processingStatusSchema>

export const mediaIdSchema = z.number().int().positive()
export type MediaId = z.infer<typeof mediaIdSchema>

/** Keyset orders. `relevance` needs `text` and ranks the newest matches only, so that it stays fast at a million. */
export const mediaSorts = ['newest', 'oldest', 'taken-newest', 'taken-oldest', 'name', 'largest', 'relevance'] as const
export const mediaSortSchema = z.enum(mediaSorts)
export type MediaSort = z.infer<typeof mediaSortSchema>

/**
 * What a list is cut into sections by: when a picture was taken, the folder it lies in, the import it came with. Sections come
 * in an order of their own: days from the last one back, or forwards where the sort begins with the oldest; imports likewise;
 * folders by their names. Within a section the pictures are in the order that was asked for. `relevance` knows no sections.
 */
export const mediaGroups = ['none', 'day', 'month', 'year', 'folder', 'sync'] as const
export const mediaGroupSchema = z.enum(mediaGroups)
export type MediaGroup = z.infer<typeof mediaGroupSchema>

/** A run of a grouped list. */
export const sectionSchema = z.object({
  /** Tells it from the others of its list; empty where it is not known what they belong to. */
  key: z.string(),
  /** `2023-05` of a month, the way from the imported folder on, the folder that was imported; empty as above. */
  name: z.string(),
  /** Of an import. */
  startedAt: z.string().nullable(),
  count: z.number(),
})
export type Section = z.infer<typeof sectionSchema>

/** Cells of one size, or rows of one height in which each picture has its own proportions. */
export const gridLayouts = ['square', 'justified'] as const
export const gridLayoutSchema = z.enum(gridLayouts)
export type GridLayoutName = z.infer<typeof gridLayoutSchema>

const dateSchema = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'A date is YYYY, YYYY-MM or YYYY-MM-DD')
  .refine(isCalendarDate, 'There is no such date')

/** What the grid, the facets and `GET /api/media` filter by. Everything given must hold. */
export const mediaFilterSchema = z.object({
  /** Without it everything but `pending` is shown: a picture appears when it is done, or has failed. */
  status: processingStatusSchema.optional(),
  source: z.string().max(64).optional(),
  folderId: z.number().int().positive().optional(),
  /** All of them must be there. */
  tags: z.array(z.string().max(200)).max(20).optional(),
  colours: z.array(z.enum(colourNames)).max(colourNames.length).optional(),
  /** Inclusive, by the day the picture was taken (or last changed, where no camera wrote a date). */
  takenFrom: dateSchema.optional(),
  takenTo: dateSchema.optional(),
  /**
   * What was typed into the find box: words and terms such as `color:blue`, see find/parse.ts. The last may be unfinished.
   * The box takes 500 letters; what find/former.ts adds has room beside them.
   */
  text: z.string().max(540).optional(),
  isMissing: z.boolean().optional(),
  collectionId: z.number().int().positive().optional(),
})
export type MediaFilter = z.infer<typeof mediaFilterSchema>

const reasonSchema = z.object({ code: z.string(), message: z.string() })

/** How a person judges a picture: keep it, or not. */
export const flags = ['picked', 'rejected'] as const
export const flagSchema = z.enum(flags)
export type Flag = z.infer<typeof flagSchema>

/** Of what a person makes of them. The names are those that other programs write into sidecars, in lower case. */
export const labels = ['red', 'yellow', 'green', 'blue', 'purple'] as const
export const labelSchema = z.enum(labels)
export type Label = z.infer<typeof labelSchema>

/** What the container of a video says; what it does not say is null. */
export const videoFactsSchema = z.object({
  durationMs: z.number().nullable(),
  frameRate: z.number().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  /** Degrees clockwise, as stored. */
  rotation: z.number(),
  /** `frame`: there is one. `no-decoder`: nothing on this computer could take one. `undecodable`: what is here could not. */
  poster: z.enum(['frame', 'no-decoder', 'undecodable']),
  /** Frames that were taken besides the poster. */
  frames: z.number(),
})
export type VideoFacts = z.infer<typeof videoFactsSchema>

/** All the grid needs to draw a cell before its picture is there. */
export const mediaTileSchema = z.object({
  id: mediaIdSchema,
  /** Changes when the pixels do: part of every picture's URL, so that URLs can be cached for ever. */
  version: z.string(),
  filename: z.string(),
  mimeType: z.string(),
  status: processingStatusSchema,
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** ThumbHash, base64. */
  placeholder: z.string().nullable(),
  meanColour: z.string().nullable(),
  /** 0 to 5: the person's, else the one in the file. */
  rating: z.number().nullable(),
  flag: flagSchema.nullable(),
  label: labelSchema.nullable(),
  isMissing: z.boolean(),
  failure: reasonSchema.nullable(),
  /** Null of a picture. */
  video: videoFactsSchema.nullable(),
})
export type MediaTile = z.infer<typeof mediaTileSchema>

const paletteEntrySchema = z.object({ name: z.enum(colourNames), hex: z.string(), share: z.number() })

const mediaFileSchema = z.object({
  id: z.number(),
  /** Relative to its folder, with `/`. */
  path: z.string(),
  folder: z.object({ name: z.string(), path: z.string() }),
  source: z.string(),
  /** The source's own name of it: of Drive its id there. */
  sourceId: z.string(),
  /** Of Google Drive: whose it is; null when that is not connected any more. */
  account: z.object({ email: z.string() }).nullable(),
  missingSince: z.string().nullable(),
})
export type MediaFile = z.infer<typeof mediaFileSchema>

/** Every fact the inspector shows. */
export const mediaDetailSchema = mediaTileSchema.extend({
  /** The person has given none of their own. */
  isRatingOfFile: z.boolean(),
  /** The stars that are written in the file. */
  ratingInFile: z.number().nullable(),
  source: z.string(),
  sourceId: z.string().nullable(),
  folder: z.object({ id: z.number(), name: z.string(), path: z.string() }).nullable(),
  /** Relative to its folder, with `/`. */
  path: z.string().nullable(),
  /** The same bytes elsewhere: paths relative to their folders. */
  otherPaths: z.array(z.string()),
  /** Every file with these bytes, at most a hundred: those that are there first, as they were found. */
  files: z.array(mediaFileSchema),
  sizeBytes: z.number().nullable(),
  sha256: z.string().nullable(),
  fingerprint: z.string().nullable(),
  hasCopy: z.boolean(),
  /** Where copies of the original are that the library keeps. */
  keptIn: z.array(z.enum(['disk', 'cloud'])),
  /** Of the original in the store, where everybody can read it. */
  publicUrl: z.string().nullable(),
  takenAt: z.string().nullable(),
  modifiedAt: z.string().nullable(),
  createdAt: z.string(),
  processedAt: z.string().nullable(),
  missingSince: z.string().nullable(),
  palette: z.array(paletteEntrySchema),
  light: z.object({ brightness: z.number(), contrast: z.number(), colourfulness: z.number() }).nullable(),
  frameCount: z.number().nullable(),
  hasAlpha: z.boolean().nullable(),
  /** The person's, else the one in the file. */
  title: z.string().nullable(),
  caption: z.string().nullable(),
  artist: z.string().nullable(),
  copyright: z.string().nullable(),
  camera: z.string().nullable(),
  lens: z.string().nullable(),
  keywords: z.array(z.string()),
  colourProfile: z.string().nullable(),
  bitsPerSample: z.number().nullable(),
  tags: z.array(z.object({ name: z.string(), source: z.string(), confidence: z.number().nullable() })),
  /** The person's, else the analyser's. */
  description: z.string().nullable(),
  /** What the person said, by field. */
  words: z.partialRecord(z.enum(ownWordFields), z.string()),
  /** What analysers said and the person has neither confirmed nor rejected: fields in their order, then tags, surest first. */
  suggestions: z.array(suggestionSchema),
  analysis: z
    .object({
      analyser: z.string(),
      version: z.string(),
      createdAt: z.string(),
      promptName: z.string().nullable(),
      usage: usageSchema.nullable(),
      failure: z.string().nullable(),
      result: analysisResultSchema.nullable(),
    })
    .nullable(),
})
export type MediaDetail = z.infer<typeof mediaDetailSchema>
