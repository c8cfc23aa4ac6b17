/** What a person makes of pictures: flag, stars, label. */
import { z } from 'zod'
import { type Flag, flagSchema, type Label, labelSchema } from './media.ts'

/** What is left out stays as it is; null takes the person's word back. */
export const markChangeSchema = z.object({
  flag: flagSchema.nullable().optional(),
  /** 0 is no stars, also where the file has some; null shows those of the file. */
  rating: z.number().int().min(0).max(5).nullable().optional(),
  label: labelSchema.nullable().optional(),
})
export type MarkChange = z.infer<typeof markChangeSchema>

const flagVerbs: Record<Flag, string> = { picked: 'Pick', rejected: 'Reject' }

/** What a change is called: something to do. @param what "3 pictures" */
export function markTitle(change: MarkChange, what: string): string {
  const { flag, rating, label } = change
  if (Object.values(change).filter(value => value !== undefined).length !== 1) return `Mark ${what}`
  if (flag !== undefined) return `${flag === null ? 'Unflag' : flagVerbs[flag]} ${what}`
  if (label !== undefined) return label === null ? `Take the label from ${what}` : `Label ${what} ${label}`
  if (rating === null) return `Take your stars from ${what}`
  return `Rate ${what} ${starsInWords(rating ?? 0)}`
}

/** "3 stars" */
export const starsInWords = (rating: number): string =>
  rating === 0 ? 'no stars' : rating === 1 ? '1 star' : `${rating} stars`

export interface Marks {
  flag: Flag | null
  rating: number | null
  label: Label | null
}
