import type { Activities } from '../activities/index.ts'
import type { JobClient } from '../client.ts'
import { embeddingsRequested } from '../events.ts'

/** As of a run that describes pictures. */
const stepsPerRun = 100
const firstWaitMs = 10_000
const longestWaitMs = 10 * 60_000

/** Has descriptions embedded, part by part, and waits where it has to. */
export function createEmbedDescriptions(client: JobClient, activities: Activities) {
  return client.createFunction(
    {
      id: 'embed-descriptions',
      triggers: [embeddingsRequested],
      // Whoever comes second finds nothing left to do.
      concurrency: { limit: 1 },
      retries: 3,
      onFailure: async ({ error, step }) => {
        await step.run('give-up', () => activities.giveUpComparing(error))
      },
    },
    async ({ event, step }) => {
      let inARow = 0
      for (let n = 0; n < stepsPerRun; n++) {
        const next = await step.run(`embed-${n}`, () => activities.embedDescriptions())
        if (next.kind === 'ended') return {}
        inARow = next.kind === 'passing' ? inARow + 1 : 0
        if (next.kind === 'wait') await step.sleep(`wait-${n}`, next.waitMs)
        if (next.kind === 'passing') {
          const growing = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(inARow - 1, 20))
          await step.sleep(`wait-${n}`, Math.max(next.atLeastMs, growing))
        }
      }
      await step.sendEvent('hand-over', embeddingsRequested.create({ part: event.data.part + 1 }))
      return {}
    },
  )
}
