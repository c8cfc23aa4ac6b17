/** A person's words, what is suggested to them, and what is alike. */
import { z } from 'zod'
import { ownWordFields, suggestionSchema } from '../analysis.ts'
import { mediaIdSchema, mediaTileSchema } from '../media.ts'
import { commandIdSchema } from './marks.ts'

export const wordsQueries = {
  /** Pictures like this one, most alike first: by how they look, or by what their descriptions mean. */
  'media.similar': {
    input: z.object({ id: mediaIdSchema, by: z.enum(['look', 'meaning']), limit: z.number().int().min(1).max(200) }),
    output: z.object({
      items: z.array(mediaTileSchema.extend({ likeness: z.number() })),
      /** Why there are none, where something can be done about it. */
      notice: z.string().nullable(),
    }),
  },
  /** What is suggested for most of these pictures, at most fifty, and for how many of them. */
  'suggestions.common': {
    input: z.object({ mediaIds: z.array(mediaIdSchema).min(1).max(10_000) }),
    output: z.array(suggestionSchema.pick({ field: true, value: true }).extend({ count: z.number() })),
  },
  /** Pictures that look nearly the same, a group each, largest first. */
  'media.nearDuplicates': {
    input: z.object({ after: z.number().int().nonnegative(), limit: z.number().int().min(1).max(100) }),
    output: z.object({
      /** `items` are the oldest of the group; `count` is how many it has. */
      groups: z.array(z.object({ items: z.array(mediaTileSchema), count: z.number() })),
      total: z.number(),
      nextAfter: z.number().nullable(),
    }),
  },
} as const

export const wordsCommands = {
  /** What an analyser suggests becomes a person's word, or is never suggested again. Without `suggestion`: all of them. */
  'suggestions.decide': {
    input: z.object({
      mediaIds: z.array(mediaIdSchema).min(1).max(10_000),
      decision: z.enum(['confirm', 'reject']),
      suggestion: suggestionSchema.pick({ field: true, value: true }).optional(),
    }),
    output: z.object({ count: z.number(), commandId: commandIdSchema }),
  },
  /** A person's own words; null takes them back, and the analyser's are shown again. */
  'words.set': {
    input: z.object({
      mediaIds: z.array(mediaIdSchema).min(1).max(10_000),
      field: z.enum(ownWordFields),
      value: z.string().trim().min(1).max(4000).nullable(),
    }),
    output: z.object({ commandId: commandIdSchema }),
  },
  'tags.change': {
    input: z.object({
      mediaIds: z.array(mediaIdSchema).min(1).max(10_000),
      add: z.array(z.string().trim().min(1).max(60)).max(50),
      remove: z.array(z.string().trim().min(1).max(200)).max(50),
    }),
    output: z.object({ commandId: commandIdSchema }),
  },
} as const
