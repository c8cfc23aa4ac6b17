import { foundation } from './0001-foundation.ts'

/** In order; the position is the database's `user_version`. A migration that has landed is never changed. */
export const migrations: readonly string[] = [foundation]
