import type { Activities } from '../activities/index.ts'
import type { JobClient } from '../client.ts'
import { analysisHalted, analysisRequested } from '../events.ts'

/** Steps one run of the function takes before it hands over to the next, so that none has many hundred to replay. */
const stepsPerRun = 100
const passingMs = { first: 10_000, longest: 10 * 60_000 }
/** A batch takes minutes at least and a day at most. */
const pollMs = { first: 60_000, longest: 15 * 60_000 }

/** Describes the pictures of a run, part by part, and waits where it has to. */
export function createDescribePictures(client: JobClient, activities: Activities) {
  return client.createFunction(
    {
      id: 'describe-pictures',
      triggers: [analysisRequested],
      // One worker a run. Runs share the pace, which is that of the key.
      concurrency: { limit: 1, key: 'event.data.runId' },
      cancelOn: [{ event: analysisHalted, match: 'data.runId' }],
      retries: 3,
      onFailure: async ({ event, error, step }) => {
        const { runId } = event.data.event.data
        await step.run('halt-run', () => activities.haltRun(runId, error))
      },
    },
    async ({ event, step }) => {
      const { runId, generation, part } = event.data
      let inARow = 0
      let before = ''
      for (let n = 0; n < stepsPerRun; n++) {
        const next = await step.run(`describe-${n}`, () => activities.describe(runId, generation))
        if (next.kind === 'ended') return { runId }
        inARow = next.kind === before ? inARow + 1 : 0
        before = next.kind
        if (next.kind === 'wait') await step.sleep(`wait-${n}`, next.waitMs)
        if (next.kind === 'passing') {
          await step.sleep(`wait-${n}`, Math.max(next.atLeastMs, growing(passingMs, inARow)))
        }
        if (next.kind === 'poll') await step.sleep(`wait-${n}`, growing(pollMs, inARow))
      }
      const more = { runId, generation, part: part + 1 }
      return step.sendEvent(
        'hand-over',
        analysisRequested.create(more, { id: `analysis-${runId}-${generation}-${part + 1}` }),
      )
    },
  )
}

function growing({ first, longest }: { first: number; longest: number }, inARow: number): number {
  return Math.min(longest, first * 2 ** Math.min(inARow, 20))
}
