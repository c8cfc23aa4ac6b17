import { expect, it } from 'vitest'
import { ManualClock, pass, startEngine } from '../../support/engine.ts'

it('tells those who listen for them of its own events: of a schedule, an invocation and the ends of runs', async () => {
  const clock = new ManualClock(Date.UTC(2026, 0, 1, 2, 59))
  const heard: unknown[] = []
  const { engine } = await startEngine(
    client => {
      const child = client.createFunction({ id: 'child', triggers: [{ event: 'child' }] }, async () => 'done')
      const daily = client.createFunction({ id: 'daily', triggers: [{ cron: '0 3 * * *' }] }, async ({ step }) => {
        await step.invoke('call', { function: child, data: { n: 1 } })
      })
      const hears = client.createFunction(
        { id: 'hears', triggers: [{ event: 'inngest/*' }] },
        async ({ event: { name, data } }) => {
          const about = data as { cron?: string; n?: number; function_id?: string }
          // Of its own runs it hears too, once each: an end that an end began is not told.
          if (about.function_id !== 'app-hears') heard.push([name, about.cron ?? about.n ?? about.function_id])
        },
      )
      return [child, daily, hears]
    },
    { clock },
  )
  await pass(60_000, clock, engine)
  expect(heard.toSorted()).toEqual([
    ['inngest/function.finished', 'app-child'],
    ['inngest/function.finished', 'app-daily'],
    ['inngest/function.invoked', 1],
    ['inngest/scheduled.timer', '0 3 * * *'],
  ])
})
