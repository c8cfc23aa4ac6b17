import { expect, test } from 'vitest'
import { query } from '../support/app.ts'
import { countsOfRun, passSleep, startDescribing, untilRun } from '../support/describing.ts'

const hour = 60 * 60_000
const noon = new Date(2026, 10, 26, 12).getTime()

/** What all of a few pictures may cost at most, by the app's own reckoning. */
async function worstUsd({ app, run }: Awaited<ReturnType<typeof startDescribing>>): Promise<number> {
  const ended = await untilRun(app, await run({ mediaIds: [] as never, promptId: null }).catch(() => 0), 'completed')
  return ended.spentUsd
}

test('the cap of a run holds while many pictures are asked about at once, and says so', async () => {
  const { app, server, run } = await startDescribing({ pictures: 12, server: { latencyMs: 100 } })
  const paused = await untilRun(app, await run({ capUsd: 0.02 }), 'paused')
  expect(paused.message).toMatch(/cap of this run, \$0\.02/)
  expect(paused.spentUsd).toBeGreaterThan(0)
  expect(paused.spentUsd).toBeLessThanOrEqual(0.02)
  expect(paused.done).toBeLessThan(12)
  expect(server.answers.count).toBe(paused.done)
  // At no moment was more kept back than the cap.
  const [row] = query(app, 'SELECT reserved_usd AS reserved FROM analysis_runs')
  expect(row?.reserved).toBeCloseTo(0, 9)
})
