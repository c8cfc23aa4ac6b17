/** Pictures that a person gathers, and views that they keep. Every command can be taken back by `history.undo`. */
import { z } from 'zod'
import { gridLayoutSchema, mediaFilterSchema, mediaGroupSchema, mediaIdSchema, mediaSortSchema } from '../media.ts'
import { commandIdSchema } from './marks.ts'
import { nothing } from './nothing.ts'

const idSchema = z.number().int().positive()
const nameSchema = z.string().trim().min(1, 'Give it a name.').max(100, 'A name has at most 100 letters.')
const mediaIds = z.array(mediaIdSchema).min(1).max(10_000)
const done = z.object({ commandId: commandIdSchema })

const collectionSchema = z.object({ id: idSchema, name: z.string(), count: z.number() })
export type Collection = z.infer<typeof collectionSchema>

const viewFields = {
  name: nameSchema,
  filter: mediaFilterSchema,
  sort: mediaSortSchema,
  group: mediaGroupSchema,
  /** Null: as the grid is. */
  layout: gridLayoutSchema.nullable(),
}
const viewSchema = z.object({ id: idSchema, ...viewFields })
export type View = z.infer<typeof viewSchema>
/** What of a view is understood; a newer program may have kept more. */
export const keptViewSchema = z.object({ ...viewFields, filter: mediaFilterSchema.strict() }).omit({ name: true })

export const collectionsQueries = {
  /** By name. */
  'collections.list': { input: nothing, output: z.array(collectionSchema) },
  /** By name. */
  'views.list': { input: nothing, output: z.array(viewSchema) },
} as const

export const collectionsCommands = {
  /** With these pictures in it from the beginning, where some are given. */
  'collections.create': {
    input: z.object({ name: nameSchema, mediaIds: z.array(mediaIdSchema).max(10_000).optional() }),
    output: done.extend({ id: idSchema, count: z.number() }),
  },
  'collections.rename': { input: z.object({ id: idSchema, name: nameSchema }), output: done },
  /** Its pictures stay in the library. */
  'collections.delete': { input: z.object({ id: idSchema }), output: done },
  /** `count`: how many were not in it yet. */
  'collections.add': { input: z.object({ id: idSchema, mediaIds }), output: done.extend({ count: z.number() }) },
  /** `count`: how many were in it. */
  'collections.remove': { input: z.object({ id: idSchema, mediaIds }), output: done.extend({ count: z.number() }) },
  'views.save': { input: z.object(viewFields), output: done.extend({ id: idSchema }) },
  'views.rename': { input: z.object({ id: idSchema, name: nameSchema }), output: done },
  'views.delete': { input: z.object({ id: idSchema }), output: done },
} as const
