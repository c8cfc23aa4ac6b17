import type { Flag, Label, MediaId } from './media.ts'

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

/** Whose word stands where the person has said something else: theirs, or that of the sidecar. */
export const sidecarConflicts = ['keep', 'take'] as const
export type SidecarConflicts = (typeof sidecarConflicts)[number]

/** A picture and what its sidecar says of it. */
export interface SidecarOfMedia {
  mediaId: MediaId
  words: SidecarWords
  /** Burg Ink wrote all of it: what it only suggested then is no more than that now. */
  isOwn: boolean
}

/** What would be otherwise, once the sidecar's word is taken. Tags are added and never taken away. */
export interface SidecarDifference {
  field: SidecarField
  /** The person's own word on it; null: they have said nothing. Of tags: those that they rejected. */
  mine: string | null
  theirs: string
  /** Of tags, each of them. */
  tags?: string[]
}
