/** Copies of an edition. */
import { z } from 'zod'
import { artworkIdSchema, copiesMost, copyFieldsSchema, copyKeySchema, copyKinds } from '../artworks.ts'
import { commandIdSchema } from './marks.ts'

const id = artworkIdSchema
const done = z.object({ commandId: commandIdSchema })

/** Each can be undone. The status of the work follows, see `statusOfCopies`. */
export const artworkCopiesCommands = {
  /** Every copy of a limited edition that is not listed yet. */
  'artworks.listCopies': { input: z.object({ id }), output: done },
  'artworks.addCopy': {
    /** Without a number it is the next one. */
    input: z.object({ id, kind: z.enum(copyKinds), number: copyKeySchema.shape.number.nullable() }),
    output: done.extend({ copy: copyKeySchema }),
  },
  /** Changes the fields that are given. A new status holds from today on, where no day is given with it. */
  'artworks.changeCopy': {
    input: z.object({ id, copy: copyKeySchema, fields: copyFieldsSchema.partial() }),
    output: done,
  },
  'artworks.removeCopies': {
    input: z.object({ id, copies: z.array(copyKeySchema).min(1).max(copiesMost) }),
    output: done,
  },
} as const
