import { type Inngest, InngestCommHandler, type InngestFunction } from 'inngest'
import { type InngestExecution, InngestExecutionEngine, types } from 'inngest/internals'
import type { Execution } from './executions.ts'
import type { InngestEvent, StoredStep } from './wire.ts'

/** Where the client believes its Inngest to be. `.invalid` never resolves: what is not caught in process goes nowhere. */
export const BASE_URL = 'http://engine.invalid/'

/** The SDK's answer to a call, before it would be put into an HTTP response. */
export type SdkResult = InngestExecution.ExecutionResult

interface ServedFunction {
  fn: InngestFunction.Any
  handlerKind: 'main' | 'failure'
}

/**
 * What the SDK's handler makes of a request: the execution of a function. The handler itself would work out headers from the
 * whole environment and build schemas anew for every request, which took more than half of the time of a short run.
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
  call(execution: Execution, steps: StoredStep[]): Promise<SdkResult> {
    const { fn, handlerKind } = this.#functions.get(execution.fn.id) as ServedFunction
    const { ctx, steps: states } = toRequestBody(execution, steps)
    const events = execution.events as [InngestEvent, ...InngestEvent[]]
    const requestedRunStep = execution.step ?? undefined
    const isDisabled = ctx.disable_immediate_execution
    // biome-ignore lint/complexity/useLiteralKeys: it is private, and what it decides must be decided alike.
    const checkpointing = fn['shouldAsyncCheckpoint'](requestedRunStep, ctx.fn_id, isDisabled, NO_LIMIT)
    const { Async, AsyncCheckpointing } = types.StepMode
    return InngestExecutionEngine.createExecutionEngine({
      client: this.#client,
      fn,
      handlerKind,
      runId: ctx.run_id,
      data: { event: events[0], events, runId: ctx.run_id, attempt: ctx.attempt, maxAttempts: ctx.max_attempts },
      stepState: toStepState(states),
      stepCompletionOrder: ctx.stack.stack,
      stepMode: checkpointing ? AsyncCheckpointing : Async,
      ...(checkpointing && { checkpointingConfig: checkpointing }),
      internalFnId: ctx.fn_id,
      queueItemId: ctx.qi_id,
      ...(requestedRunStep !== undefined && { requestedRunStep }),
      disableImmediateExecution: isDisabled,
      reqArgs: [],
      headers: {},
      middlewareInstances: this.#middlewareOf(fn),
    }).start()
  }

  #middlewareOf(fn: InngestFunction.Any) {
    const all = [...this.#client.middleware, ...(fn.opts.middleware ?? [])]
    return all.map(Middleware => new Middleware({ client: this.#client }))
  }
}

type ExecutionOptions = Parameters<typeof InngestExecutionEngine.createExecutionEngine>[0]

/** `{ data }` or `{ error }`. */
type StepState = Record<string, unknown>

function toStepState(states: Record<string, StepState>): ExecutionOptions['stepState'] {
  return Object.fromEntries(Object.entries(states).map(([id, state]) => [id, { ...state, id }]))
}

const NO_REQUEST = { headers: async () => null } as never
/** For a function that turns its checkpoints on by itself: it reports step by step for as long as it runs. */
const NO_LIMIT = 0

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
    steps: Object.fromEntries(steps.map(step => [step.hash, JSON.parse(step.state) as StepState])),
    use_api: false,
    version: -1,
  }
}
