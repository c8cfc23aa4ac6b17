import type { Activities } from '../activities/index.ts'
import type { JobClient } from '../client.ts'
import { googleImagesRequested, syncEnded } from '../events.ts'

/** Brings in a folder of Google Drive and answers how its files ended. The work is that of every import. */
export function createProcessGoogleImages(client: JobClient, activities: Activities) {
  return client.createFunction(
    {
      id: 'process-google-images',
      triggers: [googleImagesRequested],
      retries: 3,
      onFailure: async ({ event, step }) => {
        const { event: of, run_id } = event.data
        await step.run('end-access', () => activities.endRequest(of.data.requestId ?? run_id))
      },
    },
    async ({ event, step, runId }) => {
      const { requestId = runId } = event.data
      const root = await step.run('verify-user', () => activities.driveRootOf(requestId, event.data))
      // Both at once: a folder without news is done before a wait that came after it.
      const [ended] = await Promise.all([
        // A root is digits, a slash, and Google's letters: nothing that would end the quotation.
        step.waitForEvent('wait-for-media', { event: syncEnded, if: `async.data.root == "${root}"`, timeout: '30d' }),
        step.run('list-files', () => activities.startDriveSync(root)),
      ])
      await step.run('end-access', () => activities.endRequest(requestId))
      return step.run('update-sync-status', () => activities.resultOf(ended?.data.syncId ?? null))
    },
  )
}
