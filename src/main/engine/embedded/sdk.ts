import { type Inngest, InngestCommHandler, type InngestFunction } from 'inngest'
import type { Execution } from './executions.ts'
import type { StoredStep } from './wire.ts'

/** Where the client believes its Inngest to be. `.invalid` never resolves: what is not caught in process goes nowhere. */
export const BASE_URL = 'http://engine.invalid/'

interface Call {
  method: 'POST' | 'PUT'
  url: URL
  headers: Record<string, string>
  body: unknown
}

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** The SDK's own handler, called with objects instead of HTTP. */
class InProcessHandler extends InngestCommHandler<[Call], Answer> {
  // INNGEST_STREAMING would turn this on, and an answer in process is not a stream.
  protected override readonly streaming = false
}

// The variables the SDK reads for itself: in this engine, none may change what it does.
const DEAF_TO_ENVIRONMENT = { INNGEST_STREAMING: 'false', INNGEST_SERVE_ORIGIN: '', INNGEST_SERVE_PATH: '' }

export interface Sdk {
  /** Makes the SDK report its functions to `/fn/register`. */
  register(): Promise<Answer>
  /** Calls a function with what is known of its run. */
  call(execution: Execution, steps: StoredStep[]): Promise<Answer>
}

export function createSdk(client: Inngest.Any, functions: InngestFunction.Any[]): Sdk {
  const handle = new InProcessHandler({
    frameworkName: 'embedded',
    client,
    functions,
    serveOrigin: BASE_URL,
    servePath: '/api/inngest',
    handler: call => ({
      method: () => call.method,
      url: () => call.url,
      headers: name => call.headers[name.toLowerCase()],
      // The SDK parses text but takes an object as it is, which its types do not say.
      body: () => call.body as string,
      env: () => DEAF_TO_ENVIRONMENT,
      transformResponse: ({ status, headers, body }) => ({ status, headers, body }),
    }),
  }).createHandler<(call: Call) => Promise<Answer>>()
  const serveUrl = new URL('/api/inngest', BASE_URL)
  return {
    register: () => handle({ method: 'PUT', url: serveUrl, headers: {}, body: { url: serveUrl.href } }),
    call: (execution, steps) => handle(toCall(serveUrl, execution, steps)),
  }
}

function toCall(serveUrl: URL, execution: Execution, steps: StoredStep[]): Call {
  const url = new URL(serveUrl)
  url.searchParams.set('fnId', execution.fn.id)
  url.searchParams.set('stepId', execution.step ?? 'step')
  return { method: 'POST', url, headers: { 'x-run-id': execution.runId }, body: toRequestBody(execution, steps) }
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
