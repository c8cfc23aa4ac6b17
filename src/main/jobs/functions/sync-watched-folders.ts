import { cron } from 'inngest'
import type { Activities } from '../activities/index.ts'
import type { JobClient } from '../client.ts'
import { foldersLookRequested } from '../events.ts'

/** Looks by itself for what changed in the folders a person wants to be kept in step. */
export function createSyncWatchedFolders(client: JobClient, activities: Activities) {
  return client.createFunction(
    { id: 'sync-watched-folders', triggers: [cron('*/15 * * * *'), foldersLookRequested], retries: 0 },
    async ({ step }) => {
      const folderIds = await step.run('find-watched', () => activities.watchedFolders())
      for (const id of folderIds) await step.run(`sync-${id}`, () => activities.syncFolder(id))
      return { folders: folderIds.length }
    },
  )
}
