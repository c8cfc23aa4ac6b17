import { type Inngest, InngestCommHandler, type InngestFunction } from 'inngest'
import type { Execution } from './executions.ts'
import type { StoredStep } from './wire.ts'

/** Where the client believes its Inngest to be. `.invalid` never resolves: what is not caught in process goes nowhere. */
export const BASE_URL = 'http://engine.invalid/'

/** The SDK's answer to a call, before it would be put into an HTTP response. */
export type SdkResult = Awaited<ReturnType<InProcessHandler['call']>>

interface ServedFunction {
  fn: InngestFunction.Any
  handlerKind: 'main' | 'failure'
}

/**
 * The SDK's own handler, entered where it has read its HTTP request: what lies before that works out headers from the
 * whole environment several times a request, and measured 45 % of the time of a run of three steps.
 */
class InProcessHandler extends InngestCommHandler {
  #client: Inngest.Any
  #functions = new Map<string, ServedFunction>()

  constructor(client: Inngest.Any, functions: InngestFunction.Any[]) {
    super({ frameworkName: 'embedded', client, functions, handler: () => NO_REQUEST })
    this.#client = client
    for (const fn of functions) {
      this.#functions.set(fn.id(client.id), { fn, handlerKind: 'main' })
      this.#functions.set(`${fn.id(client.id)}-failure`, { fn, handlerKind: 'failure' })
    }
  }

  functionConfigs() {
    return this.configs(new URL(BASE_URL))
  }

  /** Calls a function with what is known of its run. */
  call(execution: Execution, steps: StoredStep[]) {
    const served = this.#functions.get(execution.fn.id) as ServedFunction
    const middleware = [...this.#client.middleware, ...(served.fn.opts.middleware ?? [])]
    return this.runStep({
      actions: NO_REQUEST,
      functionId: execution.fn.id,
      stepId: execution.step ?? 'step',
      data: toRequestBody(execution, steps),
      timer: NO_TIMER,
      reqArgs: [],
      headers: {},
      fn: served,
      forceExecution: false,
      mwInstances: middleware.map(Middleware => new Middleware({ client: this.#client })),
    }).result
  }
}

// Where there is no request, there is nothing to ask it and nothing to time.
const NO_REQUEST = { headers: async () => null } as never
const NO_TIMER = {} as never

export interface Sdk {
  functionConfigs(): unknown[]
  call(execution: Execution, steps: StoredStep[]): Promise<SdkResult>
}

export function createSdk(client: Inngest.Any, functions: InngestFunction.Any[]): Sdk {
  // Asked of at each report, and worked out from all variables of the process each time: a seventh of the time of a run.
  // There are no environments in process.
  Object.defineProperty(client, 'env', { value: null, configurable: true })
  return new InProcessHandler(client, functions)
}

/** The body of a call, field for field as a real Inngest server sends it. */
export function toRequestBody(execution: Execution, steps: StoredStep[]) {
  const queueItem = String(execution.id)
  return {
    ctx: {
      attempt: execution.attempt,
      // While other steps of the run are under way, the SDK must run the step it is asked for and nothing else.
      disable_immediate_execution: execution.step !== null || execution.isRace,
      env: '',
      fn_id: execution.fn.id,
      generation_id: 1,
      job_id: queueItem,
      max_attempts: execution.fn.maxAttempts,
      qi_id: queueItem,
      request_id: queueItem,
      run_id: execution.runId,
      stack: { current: steps.length, stack: steps.map(step => step.hash) },
      step_id: 'step',
      use_api: false,
    },
    defers: {},
    event: execution.events[0],
    events: execution.events,
    steps: Object.fromEntries(steps.map(step => [step.hash, JSON.parse(step.state)])),
    use_api: false,
    version: -1,
  }
}
