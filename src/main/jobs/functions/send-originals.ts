import type { Activities } from '../activities/index.ts'
import { waitMsAfter } from '../activities/step-answer.ts'
import type { JobClient } from '../client.ts'
import { sendRequested } from '../events.ts'

/** Steps of one run before it hands over to the next, so that no run has many hundred steps to replay. */
const stepsPerRun = 100

/** Sends originals to the store in the cloud until all are there. Beside the imports, which never wait for it. */
export function createSendOriginals(client: JobClient, activities: Activities) {
  return client.createFunction(
    {
      id: 'send-originals',
      triggers: [sendRequested],
      concurrency: { limit: 1 },
      retries: 3,
      onFailure: async ({ event, error, step }) => {
        const { generation } = event.data.event.data
        await step.run('give-up', () => activities.giveUpSending(generation, error))
      },
    },
    async ({ event, step }) => {
      const { generation, part } = event.data
      let inVain = 0
      for (let n = 0; n < stepsPerRun; n++) {
        const answer = await step.run(`send-${n}`, () => activities.sendOriginals(generation))
        if (answer.next === 'end') return { generation }
        const waitMs = waitMsAfter(answer, inVain)
        if (waitMs > 0) await step.sleep(`wait-${n}`, waitMs)
        inVain = answer.next === 'wait' && !answer.hasDone ? inVain + 1 : 0
      }
      const id = `send-originals-${generation}-${part + 1}`
      return step.sendEvent('hand-over', sendRequested.create({ generation, part: part + 1 }, { id }))
    },
  )
}
