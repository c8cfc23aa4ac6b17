import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../../src/main/engine/embedded/database.ts'
import type { Execution } from '../../../src/main/engine/embedded/executions.ts'
import { Executor } from '../../../src/main/engine/embedded/executor.ts'
import { compileFunction } from '../../../src/main/engine/embedded/functions.ts'
import { createGateway } from '../../../src/main/engine/embedded/gateway.ts'
import { createLedgers } from '../../../src/main/engine/embedded/ledgers.ts'
import { Registry } from '../../../src/main/engine/embedded/registry.ts'
import { type Sdk, type SdkResult, toRequestBody } from '../../../src/main/engine/embedded/sdk.ts'
import { createStore } from '../../../src/main/engine/embedded/store.ts'
import { ManualClock } from '../../support/engine.ts'
import { resultOf } from '../../support/inngest-server/executor.ts'
import {
  type CallBody,
  comparableBody,
  expectedOf,
  type Recorded,
  type RecordedCall,
  type RecordedWire,
  readRecorded,
} from '../../support/inngest-wire.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const wire = await readRecorded()
const recordings = [...new Set(wire.entries.map(entry => entry.recording))]

/** A server polls, so what it did came later than it was due; and what we do may be due a little after it. */
const SLACK_MS = 2500
/** By how much what is due may be done sooner than the server did it. */
const EARLY_MS = 1400
/** The recorded server tried again after a second, and so does the engine here. */
const RETRY_MS = 1000

interface OpenCall {
  madeAt: number
  execution: Execution
  body: CallBody
  answer(result: SdkResult): void
}

/** In the place of the SDK: calls stay open until the recording says how they were answered. */
class RecordedSdk implements Sdk {
  readonly open: OpenCall[] = []
  readonly #clock: ManualClock

  constructor(clock: ManualClock) {
    this.#clock = clock
  }

  functionConfigs() {
    return wire.functions
  }

  call(execution: Execution, steps: Parameters<Sdk['call']>[1]): Promise<SdkResult> {
    const body = structuredClone(toRequestBody(execution, steps)) as unknown as CallBody
    return new Promise(answer => this.open.push({ madeAt: this.#clock.now(), execution, body, answer }))
  }

  take(fnId: string, stepId: string, runId: string | undefined, isTaken: (runId: string) => boolean) {
    const index = this.open.findIndex(({ execution }) => {
      if (execution.fn.id !== fnId || (execution.step ?? 'step') !== stepId) return false
      return runId === undefined ? !isTaken(execution.runId) : execution.runId === runId
    })
    return index < 0 ? undefined : this.open.splice(index, 1)[0]
  }
}

class Replay {
  readonly #clock: ManualClock
  readonly #sdk: RecordedSdk
  readonly #executor: Executor
  readonly #gateway: ReturnType<typeof createGateway>
  #runIds = new Map<number, string>()
  #calls = new Map<number, OpenCall>()
  #startedAt: number

  constructor(databasePath: string, startedAt: number) {
    this.#startedAt = startedAt
    this.#clock = new ManualClock(startedAt)
    this.#sdk = new RecordedSdk(this.#clock)
    const { db } = openDatabase(databasePath)
    const store = createStore(db)
    const functions = wire.functions.map(config => compileFunction(config, store.functionRef(config.id)))
    this.#executor = new Executor({
      ...{ db, store, ledgers: createLedgers(db), registry: new Registry(functions) },
      ...{
        sdk: this.#sdk,
        clock: this.#clock,
        backoff: () => RETRY_MS,
        concurrency: 100,
        onStuck: cause => expect.unreachable(String(cause)),
      },
    })
    this.#executor.start()
    this.#gateway = createGateway({
      now: () => this.#clock.now(),
      receive: events => this.#executor.receive(events),
      report: (executionId, ops) => this.#executor.report(executionId, ops),
      signal: (signal, data) => this.#executor.signal(signal, data),
    })
  }

  async step(entry: Recorded): Promise<void> {
    await this.#passUntil(entry.at)
    if (entry.kind === 'events') {
      expect((await this.#post('/e/key', entry.events)).status).toBe(200)
    } else if (entry.kind === 'call') {
      const call = await this.#awaitCall(entry)
      const { fnId, stepId } = entry
      expect(comparableBody(fnId, stepId, call.body, wire), describeCall(entry)).toEqual(expectedOf(entry))
      expect(this.#startedAt + entry.at - call.madeAt, `${describeCall(entry)}: too early`).toBeLessThan(EARLY_MS)
      this.#runIds.set(entry.run, call.execution.runId)
      this.#calls.set(entry.call, call)
    } else if (entry.kind === 'checkpoint') {
      const qi_id = this.#callOf(entry.call).body.ctx.qi_id
      expect((await this.#post('/v1/checkpoint/run/async', { qi_id, steps: entry.ops })).status).toBe(200)
    } else {
      const { status, body, isFinal, retryAfter } = entry
      this.#callOf(entry.call).answer(resultOf(status, body, isFinal ? false : (retryAfter ?? true)) as SdkResult)
      await settle()
    }
  }

  /** Nothing is left that the recorded server did not do too. */
  async end(): Promise<void> {
    await settle()
    expect(this.#sdk.open.map(({ execution }) => execution.fn.id)).toEqual([])
    await this.#executor.stop(0)
  }

  /** Timer by timer, so that what is due does not wait for the next entry. */
  async #passUntil(at: number): Promise<void> {
    const leftMs = () => this.#startedAt + at - this.#clock.now()
    while (leftMs() > 0) await this.#pass(Math.min(leftMs(), Math.max(1, this.#clock.nextTimerMs)))
  }

  async #pass(ms: number): Promise<void> {
    this.#clock.advance(ms)
    await settle()
  }

  async #awaitCall({ fnId, stepId, run }: RecordedCall): Promise<OpenCall> {
    const known = new Set(this.#runIds.values())
    for (let passedMs = 0; ; ) {
      const call = this.#sdk.take(fnId, stepId, this.#runIds.get(run), runId => known.has(runId))
      if (call) return call
      const waitMs = this.#clock.nextTimerMs
      passedMs += waitMs
      if (passedMs > SLACK_MS) throw new Error(`The engine did not call ${fnId} (${stepId}).`)
      await this.#pass(waitMs)
    }
  }

  #callOf(call: number): OpenCall {
    return this.#calls.get(call) as OpenCall
  }

  #post(path: string, body: unknown): Promise<Response> {
    return this.#gateway(path, { method: 'POST', body: JSON.stringify(body) })
  }
}

const describeCall = ({ fnId, stepId, attempt }: RecordedCall) => `${fnId} ${stepId}, attempt ${attempt}`

/** Long enough for the engine to have done what it can do now. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
}

describe('the recorded traffic of a real server', () => {
  it.each(recordings)('(%s): answered as it was then, the engine makes the same calls', async recording => {
    const databasePath = join(await makeTempFolder('replay'), 'jobs.db')
    const replay = new Replay(databasePath, wire.startedAt[recording] ?? 0)
    const entries = wire.entries.filter(entry => entry.recording === recording)
    for (const entry of entries) await replay.step(entry)
    await replay.end()
    const db = new Database(databasePath, { readonly: true })
    onTestFinished(() => void db.close())
    expect(db.prepare('SELECT count(*) FROM run').pluck().get(), 'runs that did not end').toBe(0)
  })

  it('has every kind of answer and of operation, a retry and an end of each kind', () => {
    expect(kindsOf(wire)).toEqual(
      expect.arrayContaining([
        ...['200', '206', '400', '500', 'retry-after', 'checkpoint StepRun'],
        ...['StepRun', 'StepError', 'StepFailed', 'StepPlanned', 'RunComplete'],
        ...['Sleep', 'WaitForEvent', 'InvokeFunction'],
      ]),
    )
  })
})

function kindsOf({ entries }: RecordedWire): string[] {
  return entries.flatMap(entry => {
    if (entry.kind === 'checkpoint') return entry.ops.map(({ op }) => `checkpoint ${op}`)
    if (entry.kind !== 'answer') return []
    const ops = entry.status === 206 ? (entry.body as { op: string }[]).map(({ op }) => op) : []
    return [String(entry.status), ...ops, ...(entry.retryAfter ? ['retry-after'] : [])]
  })
}
