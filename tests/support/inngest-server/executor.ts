import type { Backoff } from '../../../src/main/engine/embedded/backoff.ts'
import { createSystemClock } from '../../../src/main/engine/embedded/clock.ts'
import { openDatabase } from '../../../src/main/engine/embedded/database.ts'
import type { Execution } from '../../../src/main/engine/embedded/executions.ts'
import { Executor } from '../../../src/main/engine/embedded/executor.ts'
import { compileFunction } from '../../../src/main/engine/embedded/functions.ts'
import { createGateway } from '../../../src/main/engine/embedded/gateway.ts'
import { createLedgers } from '../../../src/main/engine/embedded/ledgers.ts'
import { Registry } from '../../../src/main/engine/embedded/registry.ts'
import type { SdkResult } from '../../../src/main/engine/embedded/sdk.ts'
import { createStore } from '../../../src/main/engine/embedded/store.ts'
import type { FunctionConfig, Op, StoredStep } from '../../../src/main/engine/embedded/wire.ts'

/** Has the SDK run a function, wherever that is. @param url where the function said it is called. */
export type CallFunction = (url: string, execution: Execution, steps: StoredStep[]) => Promise<SdkResult>

/** The engine's memory and decisions, with functions that are called as Inngest's server calls them. */
export function createExecutor(databasePath: string, callFunction: CallFunction, backoff: Backoff) {
  let executor: Executor | undefined
  let configs: FunctionConfig[] = []
  const running = (): Executor => {
    if (!executor) throw new Error('No functions have been registered.')
    return executor
  }
  const gateway = createGateway({
    now: () => Date.now(),
    receive: events => running().receive(events),
    report: (executionId, ops) => running().report(executionId, ops),
    signal: (signal, data) => running().signal(signal, data),
  })

  function open(): void {
    const { db } = openDatabase(databasePath)
    const store = createStore(db)
    const compiled = configs.map(config => compileFunction(config, store.functionRef(config.id)))
    const urls = new Map(configs.map(config => [config.id, urlOf(config)]))
    executor = new Executor({
      db,
      store,
      ledgers: createLedgers(db),
      registry: new Registry(compiled),
      sdk: {
        functionConfigs: () => [...configs],
        call: (execution, steps) => callFunction(urls.get(execution.fn.id) ?? '', execution, steps),
      },
      clock: createSystemClock(),
      backoff,
      concurrency: 100,
      onStuck: cause => process.stderr.write(`${cause}\n`),
    })
    executor.start()
  }

  return {
    functionIds: () => configs.map(({ id }) => id),

    async register(functions: FunctionConfig[]): Promise<Response> {
      await executor?.stop(0)
      configs = functions
      open()
      return Response.json({ ok: true, modified: true })
    },

    async gateway(request: Request): Promise<Response> {
      return gateway(request.url, { method: request.method, body: await request.text() })
    },

    cancel: (runId: string): Promise<void> => running().cancel(runId),

    stop: async (): Promise<void> => executor?.stop(0),
  }
}

/** Each registered step says where it is called. */
function urlOf({ steps }: FunctionConfig): string {
  const [step] = Object.values(steps) as { runtime?: { url?: string } }[]
  return step?.runtime?.url ?? ''
}

/** @param retriable false, or after when. */
export function resultOf(status: number, body: unknown, retriable: boolean | string): SdkResult {
  return readAnswer(status, body, retriable) as SdkResult
}

function readAnswer(status: number, body: unknown, retriable: boolean | string) {
  if (status === 200) return { type: 'function-resolved', data: body }
  if (status === 206) {
    const ops = body as Op[]
    const [failed] = ops.filter(({ op }) => op === 'StepError' || op === 'StepFailed')
    return failed ? { type: 'step-ran', step: failed, retriable } : { type: 'steps-found', steps: ops }
  }
  return { type: 'function-rejected', error: body, retriable }
}
