import type { Flag, Label } from './media.ts'

/** What a sidecar says of a picture. What it does not say is not there; no flag, label or tag is nothing said. */
export interface SidecarWords {
  title?: string
  description?: string
  /** As they are written, each once. */
  tags: string[]
  /** 0 to 5. */
  rating?: number
  flag?: Flag
  label?: Label
  creator?: string
  rights?: string
}

/** What is read back of a sidecar, in the order in which it is shown. */
export const sidecarFields = ['title', 'description', 'tags', 'rating', 'flag', 'label'] as const
export type SidecarField = (typeof sidecarFields)[number]
