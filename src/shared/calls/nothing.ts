import { z } from 'zod'

/** What is asked or answered where there is nothing to say. */
export const nothing = z.object({})
