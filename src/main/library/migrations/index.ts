import { foundation } from './0001-foundation.ts'
import { accounts } from './0002-accounts.ts'
import { remoteFolders } from './0003-remote-folders.ts'

/** In order; the position is the database's `user_version`. A migration that has landed is never changed. */
export const migrations: readonly string[] = [foundation, accounts, remoteFolders]
