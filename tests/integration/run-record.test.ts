import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Inngest, type InngestFunction, NonRetriableError } from 'inngest'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  createEmbeddedEngine,
  createRunRecord,
  createServerEngine,
  type JobEngine,
  type RunRecord,
} from '../../src/main/engine/index.ts'
import { createGate, QUIET } from '../support/engine.ts'
import { standInCommand } from '../support/inngest-server/index.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const dayMs = 86_400_000

async function openRecordIn(folder: string, options: { completedMost?: number; now?: () => number } = {}) {
  const changes = vi.fn()
  const record = createRunRecord({
    databasePath: join(folder, 'runs.db'),
    keptForMs: () => 7 * dayMs,
    onChange: changes,
    report: error => {
      throw error
    },
    ...options,
  })
  onTestFinished(() => record.close())
  return { record, changes }
}

async function startRecorded(engine: JobEngine, record: RunRecord, make: (client: Inngest) => InngestFunction.Any[]) {
  const client = new Inngest({ id: 'app', ...engine.clientOptions, logger: QUIET, middleware: [record.middleware] })
  const functions = make(client)
  record.begin(engine.name, functions)
  await engine.start({ client, functions })
  return client
}

const all = { before: Number.MAX_SAFE_INTEGER, limit: 100 }

const engines: Record<string, (folder: string) => Promise<JobEngine>> = {
  embedded: async folder => createEmbeddedEngine({ databasePath: join(folder, 'jobs.db'), backoff: () => 10 }),
  server: async folder => {
    process.env.STAND_IN_RETRIES_AT_ONCE = '1'
    return createServerEngine({
      command: standInCommand,
      stateFolder: folder,
      onForgot() {},
      onUp() {},
      onDown() {},
      restsAfterMs: 150,
    })
  },
}

describe.each(Object.keys(engines))('runs of the %s engine are recorded', name => {
  async function begin(make: (client: Inngest) => InngestFunction.Any[]) {
    const folder = await makeTempFolder('record')
    const { record, changes } = await openRecordIn(folder)
    const engine = await (engines[name] as (folder: string) => Promise<JobEngine>)(folder)
    onTestFinished(() => engine.stop())
    const client = await startRecorded(engine, record, make)
    return { record, changes, client, engine }
  }

  test('steps, attempts, errors, a wait and what it answered', async () => {
    let tries = 0
    const { record, client, changes, engine } = await begin(client => [
      client.createFunction({ id: 'all', triggers: [{ event: 't/all' }] }, async ({ step, event }) => {
        await step.run('first', () => event.data.n)
        await step.run('flaky', () => {
          tries += 1
          if (tries === 1) throw new TypeError('not yet')
        })
        await step.waitForEvent('wait', { event: 't/go', timeout: '1h' })
        return { n: event.data.n }
      }),
    ])
    await client.send({ name: 't/all', data: { n: 5 } })
    await vi.waitFor(() => expect(record.list(all).runs[0]?.state).toBe('waiting'), 15_000)
    // It is known to wait before its engine has taken that down.
    await engine.idle()
    await client.send({ name: 't/go', data: {} })
    await vi.waitFor(() => expect(record.list(all).runs[0]?.state).toBe('completed'), 15_000)
    const [run] = record.list(all).runs
    expect(run).toMatchObject({ functionId: 'all', failedAttempts: 1, error: null })
    const detail = record.get(run?.id ?? '')
    expect(detail).toMatchObject({ engine: name, event: { name: 't/all', data: { n: 5 } }, result: '{"n":5}' })
    expect(
      detail?.steps.map(({ name, kind, attempt, error }) => [name, kind, attempt, error?.message ?? null]),
    ).toEqual([
      ['first', 'run', 0, null],
      ['flaky', 'run', 0, 'not yet'],
      ['flaky', 'run', 1, null],
      ['wait', 'waitForEvent', 0, null],
    ])
    expect(detail?.steps.every(({ endedAt, startedAt }) => endedAt !== null && endedAt >= startedAt)).toBe(true)
    await vi.waitFor(() => expect(changes).toHaveBeenCalled())
    expect(record.counts()).toEqual([{ functionId: 'all', state: 'completed', count: 1 }])
  })

  test('a run that failed for good, and the one that cleans up after it', async () => {
    const { record, client } = await begin(client => [
      client.createFunction(
        { id: 'doomed', triggers: [{ event: 't/doomed' }], onFailure: async () => 'cleaned' },
        async () => {
          throw new NonRetriableError('no way')
        },
      ),
    ])
    await client.send({ name: 't/doomed', data: {} })
    await vi.waitFor(() => expect(record.list(all).runs).toHaveLength(2), 15_000)
    await vi.waitFor(() => expect(record.list({ ...all, state: 'completed' }).runs).toHaveLength(1), 15_000)
    expect(record.list({ ...all, state: 'failed' }).runs).toMatchObject([
      { functionId: 'doomed', error: { name: 'NonRetriableError', message: 'no way' } },
    ])
    expect(record.list({ ...all, functionId: 'doomed-failure' }).runs).toMatchObject([{ state: 'completed' }])
    expect(record.list({ ...all, functionId: 'doomed', state: 'completed' }).runs).toEqual([])
  })

  test('a run that is cancelled while a step works is cancelled, whatever the step comes to', async () => {
    const { opened, open } = createGate()
    const { record, client, engine } = await begin(client => [
      client.createFunction({ id: 'works', triggers: [{ event: 't/works' }] }, async ({ step }) => {
        await step.run('work', () => opened)
        await step.run('more', () => 1)
      }),
    ])
    await client.send({ name: 't/works', data: {} })
    await vi.waitFor(() => expect(record.list(all).runs).toHaveLength(1), 15_000)
    const [run] = record.list(all).runs
    const id = run?.id ?? ''
    await vi.waitFor(() => expect(record.get(id)?.steps).toHaveLength(1))
    await engine.cancel(id)
    record.cancelled(id)
    open()
    await engine.idle()
    expect(record.get(id)).toMatchObject({ state: 'cancelled', steps: [{ name: 'work', error: null }] })
    // Who is cancelled twice, or never was, is where it should be.
    await engine.cancel(id)
    await engine.cancel('01NEVERWAS')
  })

  test('a run that an event cancels', async () => {
    const { record, client } = await begin(client => [
      client.createFunction(
        { id: 'long', triggers: [{ event: 't/long' }], cancelOn: [{ event: 't/halt', match: 'data.id' }] },
        async ({ step }) => {
          await step.sleep('nap', '1h')
        },
      ),
    ])
    await client.send([
      { name: 't/long', data: { id: 1 } },
      { name: 't/long', data: { id: 2 } },
    ])
    await vi.waitFor(() => expect(record.list({ ...all, state: 'running' }).runs).toHaveLength(2), 15_000)
    await client.send({ name: 't/halt', data: { id: 1 } })
    const [cancelled] = record.list({ ...all, state: 'cancelled' }).runs
    expect(record.get(cancelled?.id ?? '')).toMatchObject({ event: { data: { id: 1 } }, steps: [{ kind: 'sleep' }] })
    expect(record.list({ ...all, state: 'running' }).runs).toHaveLength(1)
  })
})

test('a run that goes on after a kill is the same run, and what was cut off is run again in its place', async () => {
  const folder = await makeTempFolder('record')
  const make = (work: () => Promise<unknown>) => (client: Inngest) => [
    client.createFunction({ id: 'goes-on', triggers: [{ event: 't/goes-on' }] }, async ({ step }) => {
      await step.run('before', () => 1)
      await step.run('cut-off', work)
    }),
  ]
  const first = await openRecordIn(folder)
  const { opened, open } = createGate()
  const engine = createEmbeddedEngine({ databasePath: join(folder, 'jobs.db'), stopTimeoutMs: 0 })
  const client = await startRecorded(
    engine,
    first.record,
    make(() => opened),
  )
  await client.send({ name: 't/goes-on', data: {} })
  await vi.waitFor(() => expect(first.record.get(first.record.list(all).runs[0]?.id ?? '')?.steps).toHaveLength(2))
  first.record.close()
  await engine.stop()
  open()

  const { record } = await openRecordIn(folder)
  const again = createEmbeddedEngine({ databasePath: join(folder, 'jobs.db') })
  onTestFinished(() => again.stop())
  await startRecorded(
    again,
    record,
    make(async () => 2),
  )
  await vi.waitFor(() => expect(record.list(all).runs).toMatchObject([{ state: 'completed' }]))
  expect(record.get(record.list(all).runs[0]?.id ?? '')?.steps.map(step => step.name)).toEqual(['before', 'cut-off'])
})

test('what an engine forgot is lost, and what began afterwards is not', async () => {
  const folder = await makeTempFolder('record')
  let now = 1000
  const { record } = await openRecordIn(folder, { now: () => now })
  const engine = createEmbeddedEngine({ databasePath: join(folder, 'jobs.db') })
  onTestFinished(() => engine.stop())
  const client = await startRecorded(engine, record, client => [
    client.createFunction({ id: 'waits', triggers: [{ event: 't/waits' }] }, async ({ step }) => {
      await step.sleep('nap', '1h')
    }),
  ])
  await client.send({ name: 't/waits', data: {} })
  await vi.waitFor(() => expect(record.list(all).runs).toHaveLength(1))
  now = 2000
  await client.send({ name: 't/waits', data: {} })
  await vi.waitFor(() => expect(record.list(all).runs).toHaveLength(2))
  record.lose(2000)
  expect(record.list(all).runs.map(({ state }) => state)).toEqual(['waiting', 'lost'])
})

test('runs go when their time is over, and of those that went well only so many stay', async () => {
  const folder = await makeTempFolder('record')
  let now = 0
  const { record } = await openRecordIn(folder, { now: () => now })
  const engine = createEmbeddedEngine({ databasePath: join(folder, 'jobs.db'), backoff: () => 0 })
  const client = await startRecorded(engine, record, client => [
    client.createFunction({ id: 'either', retries: 0, triggers: [{ event: 't/either' }] }, async ({ event }) => {
      if (event.data.n % 2 === 0) throw new Error('even')
    }),
  ])
  await client.send({ name: 't/either', data: { n: 0 } })
  await engine.idle()
  now = 6 * dayMs
  await client.send(Array.from({ length: 40 }, (_, n) => ({ name: 't/either', data: { n } })))
  await engine.idle()
  await engine.stop()
  expect(record.list(all).runs).toHaveLength(41)
  record.close()

  now = 8 * dayMs
  const { record: later } = await openRecordIn(folder, { now: () => now, completedMost: 5 })
  await vi.waitFor(() =>
    expect(later.counts().map(({ state, count }) => [state, count])).toEqual([
      ['completed', 5],
      ['failed', 20],
    ]),
  )
  // Page by page, the youngest first.
  const first = later.list({ before: Number.MAX_SAFE_INTEGER, limit: 15 })
  const second = later.list({ before: first.next ?? 0, limit: 15 })
  expect([first.runs.length, second.runs.length, second.next]).toEqual([15, 10, null])
  expect(new Set([...first.runs, ...second.runs].map(({ id }) => id)).size).toBe(25)
})

test('a record that cannot be read is begun anew', async () => {
  const folder = await makeTempFolder('record')
  await writeFile(join(folder, 'runs.db'), 'This is no database. '.repeat(100))
  const { record } = await openRecordIn(folder)
  expect(record.list(all).runs).toEqual([])
})
