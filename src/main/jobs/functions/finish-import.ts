import type { Activities } from '../activities/index.ts'
import type { JobClient } from '../client.ts'
import { syncDrained, syncEnded } from '../events.ts'

/** Closes a sync whose last file has ended: what is missing, what only moved, and a copy of the database once a day. */
export function createFinishImport(client: JobClient, activities: Activities) {
  return client.createFunction(
    { id: 'finish-import', triggers: [syncDrained], retries: 3 },
    async ({ event, step }) => {
      const counts = await step.run('close-sync', () => activities.closeSync(event.data.syncId))
      await step.run('back-up', () => activities.backUp())
      if (counts) await step.sendEvent('say-ended', syncEnded.create({ syncId: event.data.syncId, root: counts.root }))
      return counts
    },
  )
}
