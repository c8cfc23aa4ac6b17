import type { Activities } from '../activities/index.ts'
import type { JobClient } from '../client.ts'
import { fileFound, syncDrained, syncHalted } from '../events.ts'

/** One file, from its bytes to a picture that is shown and found. One bad file never stops the rest. */
export function createImportFile(client: JobClient, activities: Activities, filesAtOnce: number) {
  return client.createFunction(
    {
      id: 'import-file',
      triggers: [fileFound],
      concurrency: { limit: filesAtOnce },
      cancelOn: [{ event: syncHalted, match: 'data.syncId' }],
      retries: 2,
      onFailure: async ({ event, error, step }) => {
        const { fileId, syncId } = event.data.event.data
        const { isDrained } = await step.run('give-up', () => activities.giveUp(syncId, fileId, error))
        if (isDrained) await step.sendEvent('say-drained', syncDrained.create({ syncId }))
      },
    },
    async ({ event, step }) => {
      const { fileId, syncId } = event.data
      const claim = await step.run('read-original', () => activities.readOriginal(fileId))
      if (claim.kind !== 'settled') await step.run('keep-original', () => activities.keepOriginal(fileId))
      if (claim.kind === 'derive') {
        await step.run('derive-previews', () => activities.derivePreviews(fileId))
        await step.run('analyse', () => activities.analyse(fileId))
      }
      const { isDrained, isChanged } = await step.run('finish', () => activities.finishFile(syncId, fileId, claim.kind))
      if (isChanged) await step.sendEvent('begin-again', fileFound.create({ syncId, fileId }))
      if (isDrained) await step.sendEvent('say-drained', syncDrained.create({ syncId }))
      return { fileId }
    },
  )
}
