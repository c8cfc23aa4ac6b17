import type { Activities } from '../activities/index.ts'
import { waitMsAfter } from '../activities/step-answer.ts'
import type { JobClient } from '../client.ts'
import { moveRequested } from '../events.ts'

/** Steps of one run before it hands over to the next, so that no run has many hundred steps to replay. */
const stepsPerRun = 100

/** Brings all originals from the disk to the store in the cloud, or back. Nothing is removed before its copy is verified. */
export function createMoveOriginals(client: JobClient, activities: Activities) {
  return client.createFunction(
    {
      id: 'move-originals',
      triggers: [moveRequested],
      concurrency: { limit: 1 },
      retries: 3,
      onFailure: async ({ event, error, step }) => {
        const { moveId, generation } = event.data.event.data
        await step.run('give-up', () => activities.giveUpMove(moveId, generation, error))
      },
    },
    async ({ event, step }) => {
      const { moveId, generation, part } = event.data
      let inVain = 0
      for (let n = 0; n < stepsPerRun; n++) {
        const answer = await step.run(`move-${n}`, () => activities.moveOriginals(moveId, generation))
        if (answer.next === 'end') return { moveId }
        const waitMs = waitMsAfter(answer, inVain)
        if (waitMs > 0) await step.sleep(`wait-${n}`, waitMs)
        inVain = answer.next === 'wait' && !answer.hasDone ? inVain + 1 : 0
      }
      const id = `move-originals-${moveId}-${generation}-${part + 1}`
      return step.sendEvent('hand-over', moveRequested.create({ moveId, generation, part: part + 1 }, { id }))
    },
  )
}
