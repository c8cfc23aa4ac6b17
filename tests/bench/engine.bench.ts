import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Inngest } from 'inngest'
import { createEmbeddedEngine } from '../../src/main/engine/index.ts'
import { createBenchClient, measureEngines, row } from './engines.ts'
import type { BenchRow } from './rows.ts'

const RUNS = 10_000
const STEPS_PER_RUN = 3
const EVENTS_PER_SEND = 2000
const CANCELLED_RUNS = 100_000

/** Each engine that can be had, side by side; of the embedded one also its database and the cancelling of a large queue. */
export async function benchEngine(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'burg-ink-engine-bench-'))
  try {
    return [...(await measureEngines(folder)), ...(await benchSteps(folder)), ...(await benchCancel(folder))]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function benchSteps(folder: string): Promise<BenchRow[]> {
  const databasePath = join(folder, 'steps.db')
  const engine = createEmbeddedEngine({ databasePath })
  const client = createBenchClient(engine)
  let completed = 0
  const threeSteps = client.createFunction(
    { id: 'three-steps', triggers: [{ event: 'bench/run' }] },
    async ({ step, event }) => {
      const first = await step.run('first', () => event.data.n as number)
      const second = await step.run('second', () => first + 1)
      await step.run('third', () => second + 1)
      completed += 1
    },
  )
  await engine.start({ client, functions: [threeSteps] })
  await sendAll(client, 'bench/run', RUNS) // Warm: compiled, and memory at its level.
  await engine.idle()
  completed = 0
  const rssBefore = process.memoryUsage.rss()
  const startedAt = performance.now()
  await sendAll(client, 'bench/run', RUNS)
  await engine.idle()
  const elapsedS = (performance.now() - startedAt) / 1000
  const rssGrowthMb = (process.memoryUsage.rss() - rssBefore) / 1e6
  await engine.stop()
  if (completed !== RUNS) throw new Error(`${completed} of ${RUNS} runs were completed`)
  const stepsPerSecond = (RUNS * STEPS_PER_RUN) / elapsedS
  const sizeMb = statSync(databasePath).size / 1e6
  return [
    row('engine: 10,000 runs of three steps', stepsPerSecond, 'steps/s', '>= 3000', stepsPerSecond >= 3000),
    row('engine: memory growth over them', rssGrowthMb, 'MB', '<= 50', rssGrowthMb <= 50),
    row('engine: database after them', sizeMb, 'MB', '<= 10', sizeMb <= 10),
  ]
}

async function benchCancel(folder: string): Promise<BenchRow[]> {
  const engine = createEmbeddedEngine({ databasePath: join(folder, 'cancel.db'), concurrency: 1 })
  const client = createBenchClient(engine)
  let release = () => {}
  const gate = new Promise<void>(resolve => {
    release = resolve
  })
  let ran = 0
  const fn = client.createFunction(
    {
      id: 'queued',
      triggers: [{ event: 'bench/queued' }],
      cancelOn: [{ event: 'bench/cancel', match: 'data.syncId' }],
    },
    async () => {
      ran += 1
      await gate
    },
  )
  await engine.start({ client, functions: [fn] })
  const enqueueStartedAt = performance.now()
  await sendAll(client, 'bench/queued', CANCELLED_RUNS)
  const enqueuedPerSecond = CANCELLED_RUNS / ((performance.now() - enqueueStartedAt) / 1000)
  const startedAt = performance.now()
  await client.send({ name: 'bench/cancel', data: { syncId: 'sync' } })
  const acceptedMs = performance.now() - startedAt
  release()
  await engine.idle()
  const cancelledMs = performance.now() - startedAt
  await engine.stop()
  if (ran !== 1) throw new Error(`${ran} runs were executed, and the first alone should have been`)
  return [
    row('engine: events enqueued', enqueuedPerSecond, 'events/s', '>= 10000', enqueuedPerSecond >= 10_000),
    row('engine: cancel of 100,000 queued runs is on disk', acceptedMs, 'ms', '<= 100', acceptedMs <= 100),
    row('engine: cancel of 100,000 queued runs is done', cancelledMs, 'ms', '<= 5000', cancelledMs <= 5000),
  ]
}

async function sendAll(client: Inngest, name: string, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += EVENTS_PER_SEND) {
    const size = Math.min(EVENTS_PER_SEND, count - sent)
    await client.send(Array.from({ length: size }, (_, index) => ({ name, data: { n: sent + index, syncId: 'sync' } })))
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await benchEngine())
