import { defaultBackoff } from '../../../src/main/engine/embedded/backoff.ts'
import { createSystemClock } from '../../../src/main/engine/embedded/clock.ts'
import { openDatabase } from '../../../src/main/engine/embedded/database.ts'
import type { Execution } from '../../../src/main/engine/embedded/executions.ts'
import { Executor } from '../../../src/main/engine/embedded/executor.ts'
import { compileFunction } from '../../../src/main/engine/embedded/functions.ts'
import { createGateway } from '../../../src/main/engine/embedded/gateway.ts'
import { createLedgers } from '../../../src/main/engine/embedded/ledgers.ts'
import { Registry } from '../../../src/main/engine/embedded/registry.ts'
import { type Sdk, type SdkResult, toRequestBody } from '../../../src/main/engine/embedded/sdk.ts'
import { createStore } from '../../../src/main/engine/embedded/store.ts'
import type { FunctionConfig, Op, StoredStep } from '../../../src/main/engine/embedded/wire.ts'

/** The engine's memory and decisions, with functions that are called over HTTP as Inngest's server calls them. */
export function createHttpExecutor(databasePath: string) {
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
    executor = new Executor({
      db,
      store,
      ledgers: createLedgers(db),
      registry: new Registry(compiled),
      sdk: createHttpSdk(configs),
      clock: createSystemClock(),
      // The contract's functions fail on purpose: Inngest's fifteen seconds would be most of its time.
      backoff: process.env.STAND_IN_RETRIES_AT_ONCE ? () => 10 : defaultBackoff,
      concurrency: 100,
      onStuck: cause => process.stderr.write(`${cause}\n`),
    })
    executor.start()
  }

  return {
    functionIds: () => configs.map(({ id }) => id),

    async register(body: { functions: FunctionConfig[] }): Promise<Response> {
      await executor?.stop(0)
      configs = body.functions
      open()
      return Response.json({ ok: true, modified: true })
    },

    async gateway(request: Request): Promise<Response> {
      return gateway(request.url, { method: request.method, body: await request.text() })
    },
  }
}

function createHttpSdk(configs: readonly FunctionConfig[]): Sdk {
  const urls = new Map(configs.map(config => [config.id, urlOf(config)]))
  return {
    functionConfigs: () => [...configs],
    async call(execution, steps) {
      const url = new URL(urls.get(execution.fn.id) ?? '')
      url.searchParams.set('stepId', execution.step ?? 'step')
      return callByHttp(url, execution, steps)
    },
  }
}

/** Each registered step says where it is called. */
function urlOf({ steps }: FunctionConfig): string {
  const [step] = Object.values(steps) as { runtime?: { url?: string } }[]
  return step?.runtime?.url ?? ''
}

async function callByHttp(url: URL, execution: Execution, steps: StoredStep[]): Promise<SdkResult> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-inngest-server-kind': 'dev' },
    body: JSON.stringify(toRequestBody(execution, steps)),
  })
  const body = await response.json()
  const retriable =
    response.headers.get('x-inngest-no-retry') === 'true' ? false : (response.headers.get('retry-after') ?? true)
  return resultOf(response.status, body, retriable) as SdkResult
}

function resultOf(status: number, body: unknown, retriable: boolean | string) {
  if (status === 200) return { type: 'function-resolved', data: body }
  if (status === 206) {
    const ops = body as Op[]
    const [failed] = ops.filter(({ op }) => op === 'StepError' || op === 'StepFailed')
    return failed ? { type: 'step-ran', step: failed, retriable } : { type: 'steps-found', steps: ops }
  }
  return { type: 'function-rejected', error: body, retriable }
}
