import { z } from 'zod'
import { mediaIdSchema, mediaTileSchema } from '../media.ts'
import { copySchema, copyTallySchema } from './copies.ts'
import { dimensionsSchema } from './dimensions.ts'
import { editionSchema } from './edition.ts'
import { priceSchema } from './price.ts'
import { artworkStatusSchema } from './status.ts'
import { parseYears } from './years.ts'

export const artworkIdSchema = z.number().int().positive()
export type ArtworkId = z.infer<typeof artworkIdSchema>

/** What a picture shows of a work. One is the main picture. */
export const mediaRoles = ['main', 'detail', 'in-progress', 'installation', 'scan', 'print'] as const
export const mediaRoleSchema = z.enum(mediaRoles)
export type MediaRole = (typeof mediaRoles)[number]

const line = z.string().trim().min(1).max(300)
const text = z.string().trim().min(1).max(20_000)

/** All that is said of a work. Null: nothing. */
export const artworkFieldsSchema = z.object({
  title: line,
  /** As `parseYears` reads it. */
  year: z
    .string()
    .trim()
    .max(40)
    .refine(year => parseYears(year).ok, 'A year is such as 2019, c. 2019, or 2019–21')
    .nullable(),
  medium: line.nullable(),
  support: line.nullable(),
  dimensions: dimensionsSchema.nullable(),
  /** Null: there is one. */
  edition: editionSchema.nullable(),
  /** By its name; one that is new is made. */
  series: line.nullable(),
  status: artworkStatusSchema,
  price: priceSchema.nullable(),
  location: line.nullable(),
  provenance: text.nullable(),
  statement: text.nullable(),
  /** Null on making one: the next by the pattern. */
  inventoryNumber: z.string().trim().min(1).max(60).nullable(),
})
export type ArtworkFields = z.infer<typeof artworkFieldsSchema>
export const artworkFieldNames = Object.keys(artworkFieldsSchema.shape) as (keyof ArtworkFields)[]

/** Who says so: the file itself, its folder, an analyser, the person. */
const fieldSources = ['file', 'folder', 'analysis', 'person'] as const
export const fieldSourceSchema = z.object({
  source: z.enum(fieldSources),
  /** 0..1; null where there is none, as of a person. */
  confidence: z.number().min(0).max(1).nullable(),
})
export type FieldSource = z.infer<typeof fieldSourceSchema>

const fieldNameSchema = z.enum(artworkFieldNames as [keyof ArtworkFields, ...(keyof ArtworkFields)[]])
/** Fields that are not there are the person's. */
export const fieldSourcesSchema = z.partialRecord(fieldNameSchema, fieldSourceSchema)
export type FieldSources = z.infer<typeof fieldSourcesSchema>

/** What an artwork could say, before anybody confirmed it. */
export const artworkDraftSchema = z.object({
  fields: artworkFieldsSchema.extend({ title: z.string() }),
  sources: fieldSourcesSchema,
  media: z.array(z.object({ media: mediaTileSchema, role: mediaRoleSchema })),
})
export type ArtworkDraft = z.infer<typeof artworkDraftSchema>

/** A line of a list. */
export const artworkTileSchema = artworkFieldsSchema
  .pick({ title: true, year: true, medium: true, dimensions: true, edition: true })
  .extend(artworkFieldsSchema.pick({ series: true, status: true, price: true }).shape)
  .extend({
    id: artworkIdSchema,
    inventoryNumber: z.string(),
    mediaCount: z.number(),
    /** Null where no copies are listed. */
    copies: copyTallySchema.nullable(),
    /** Null where it has no picture that is shown. */
    picture: mediaTileSchema.nullable(),
  })
export type ArtworkTile = z.infer<typeof artworkTileSchema>

export const artworkSchema = artworkFieldsSchema.extend({
  id: artworkIdSchema,
  inventoryNumber: z.string(),
  seriesId: z.number().nullable(),
  sources: fieldSourcesSchema,
  media: z.array(z.object({ media: mediaTileSchema, role: mediaRoleSchema })),
  /** Of an edition, those that are listed: the numbered ones first, then the proofs. */
  copies: z.array(copySchema),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Artwork = z.infer<typeof artworkSchema>

/** `series`: as the person put them within their series, those without a place last. */
export const artworkSorts = ['newest', 'oldest', 'title', 'year-newest', 'year-oldest', 'number', 'series'] as const
export const artworkSortSchema = z.enum(artworkSorts)
export type ArtworkSort = (typeof artworkSorts)[number]

export const artworkFilterSchema = z.object({
  /** Of the work, or of one of its copies. */
  status: artworkStatusSchema.optional(),
  seriesId: z.number().int().positive().optional(),
  /** Anywhere in what is said of it. */
  text: z.string().max(200).optional(),
})
export type ArtworkFilter = z.infer<typeof artworkFilterSchema>

export const chosenMediaSchema = z.object({ id: mediaIdSchema, role: mediaRoleSchema })
