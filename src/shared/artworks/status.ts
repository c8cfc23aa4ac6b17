import { z } from 'zod'

/** Where a work, or a copy of it, stands with those who would have it. */
export const artworkStatuses = ['available', 'reserved', 'sold', 'on-loan', 'not-for-sale'] as const
export const artworkStatusSchema = z.enum(artworkStatuses)
export type ArtworkStatus = (typeof artworkStatuses)[number]
