/** Works made of pictures: what is said of them, and the series they are in. */
import { z } from 'zod'
import {
  artworkDraftSchema,
  artworkFieldsSchema,
  artworkFilterSchema,
  artworkIdSchema,
  artworkSchema,
  artworkSortSchema,
  artworkStatusSchema,
  artworkTileSchema,
  chosenMediaSchema,
  fieldSourcesSchema,
  mediaRoleSchema,
} from '../artworks.ts'
import { mediaIdSchema } from '../media.ts'
import { commandIdSchema } from './marks.ts'

const seriesId = z.number().int().positive()
const seriesSchema = z.object({ id: z.number(), name: z.string(), count: z.number() })
const id = artworkIdSchema
const done = z.object({ commandId: commandIdSchema })
/** As many pictures as one work can have. */
const mediaMost = 500
const mediaIds = z.array(mediaIdSchema).min(1).max(mediaMost)

export const artworksQueries = {
  /** What pictures say of the work they show, each field with its source. Nothing is written. */
  'artworks.propose': { input: z.object({ mediaIds }), output: artworkDraftSchema },
  'artworks.get': { input: z.object({ id }), output: artworkSchema },
  'artworks.list': {
    input: z.object({
      filter: artworkFilterSchema,
      sort: artworkSortSchema,
      after: z.string().max(1000).nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ items: z.array(artworkTileSchema), nextCursor: z.string().nullable() }),
  },
  /** The works before and behind one in a list, also where it is not in it any more; null at the ends. */
  'artworks.beside': {
    input: z.object({ id, filter: artworkFilterSchema, sort: artworkSortSchema }),
    output: z.object({ previousId: id.nullable(), nextId: id.nullable() }),
  },
  /** How many there are in all, and of each status: a work is counted under its own and those of its copies. */
  'artworks.counts': {
    input: z.object({}),
    output: z.object({ total: z.number(), byStatus: z.record(artworkStatusSchema, z.number()) }),
  },
  /** The works that a picture shows. */
  'artworks.ofMedia': {
    input: z.object({ mediaId: mediaIdSchema }),
    output: z.array(z.object({ id, title: z.string(), inventoryNumber: z.string(), role: mediaRoleSchema })),
  },
  /** Those that have works, by name. */
  'series.list': { input: z.object({}), output: z.array(seriesSchema) },
} as const

/** Each can be undone, by `history.undo`. */
export const artworksCommands = {
  /** Fields without a source are the person's. */
  'artworks.create': {
    input: z.object({
      fields: artworkFieldsSchema,
      sources: fieldSourcesSchema,
      media: z.array(chosenMediaSchema).min(1).max(mediaMost),
    }),
    output: done.extend({ id }),
  },
  /** Changes the fields that are given; they are the person's from then on. */
  'artworks.update': {
    input: z.object({ id, fields: artworkFieldsSchema.partial() }),
    output: done,
  },
  /** What a file or an analyser said of these fields is the person's word from now on. */
  'artworks.confirm': {
    input: z.object({ id, fields: z.array(z.string().max(40)).min(1).max(40) }),
    output: done,
  },
  'artworks.addMedia': { input: z.object({ id, mediaIds }), output: done },
  'artworks.removeMedia': { input: z.object({ id, mediaIds }), output: done },
  /** A picture that becomes the main one takes the place of the one that was. */
  'artworks.setRole': {
    input: z.object({ id, mediaId: mediaIdSchema, role: mediaRoleSchema }),
    output: done,
  },
  /** All pictures of the work, in their new order. */
  'artworks.reorder': { input: z.object({ id, mediaIds }), output: done },
  /** The pictures stay, and its inventory number is not given again. */
  'artworks.delete': { input: z.object({ id }), output: done },
  'series.rename': {
    input: z.object({ id: seriesId, name: z.string().trim().min(1).max(300) }),
    output: done,
  },
  /** All works of the one are of the other, which keeps its name; the one is gone. */
  'series.merge': { input: z.object({ id: seriesId, intoId: seriesId }), output: done },
  /** Its works are of no series any more, and stay. */
  'series.remove': { input: z.object({ id: seriesId }), output: done },
  /** Works of the series in their order; those that are not named come after them. */
  'series.reorder': {
    input: z.object({ id: seriesId, artworkIds: z.array(id).min(1).max(10_000) }),
    output: done,
  },
} as const
