import { serve } from 'inngest/edge'
import type { EngineApp, JobEngine } from '../port.ts'
import { cancelRun } from '../rest.ts'
import { type Api, cancelRuns, reach } from './api.ts'
import { createCalls } from './calls.ts'
import { openConnection } from './connection.ts'
import { letIn } from './door.ts'
import { authorizationOf } from './keys.ts'
import { type Line, openLine } from './line.ts'
import { createOutbox, isEvents } from './outbox.ts'
import { createStanding, explain } from './trouble.ts'

export interface CloudEngineOptions {
  /** Of a self-hosted Inngest, without a path. Left out: Inngest Cloud. */
  baseUrl?: string | undefined
  /** Of its gateway for connections, where that is not what the server says of itself: behind a proxy. */
  gatewayUrl?: string | undefined
  eventKey: string
  signingKey: string
  /** Which library this is, for Inngest: the same at every start, and nothing that tells of its owner. */
  instanceId: string
  /** There is a connection: for the first time, or again after `onDown`. */
  onUp(): void
  /** There is none, or a key is not taken; it is tried again for as long as it takes. @param message for a person. */
  onDown(message: string): void
  /** Inngest does not say what it has queued. After as long without a call, in ms, it counts as idle. */
  restsAfterMs?: number
}

export interface CloudEngine extends JobEngine {
  readonly dashboardUrl: string
}

const cloudApiUrl = 'https://api.inngest.com'
/** Takes events, and nothing else. */
const cloudEventsUrl = 'https://inn.gs'
const cloudDashboardUrl = 'https://app.inngest.com'
const stopTimeoutMs = 10_000
/** Inngest begins what is due within a second. */
const defaultRestsAfterMs = 1500

/**
 * Inngest elsewhere as an engine, in its cloud or self-hosted: it keeps the runs, and calls the functions through a connection that
 * this program opens, so that nothing has to reach this computer.
 * @throws {Error} in words for a person, when what is given can be no key or address.
 */
export function createCloudEngine(options: CloudEngineOptions): CloudEngine {
  const { eventKey, signingKey, instanceId, gatewayUrl, restsAfterMs = defaultRestsAfterMs } = options
  const baseUrl = options.baseUrl && originOf(options.baseUrl)
  const eventsUrl = baseUrl || cloudEventsUrl
  const api: Api = { url: baseUrl || cloudApiUrl, authorization: authorizationOf(signingKey) }
  const place = baseUrl ? `Inngest at ${baseUrl}` : 'Inngest Cloud'
  const standing = createStanding(options.onUp, trouble => options.onDown(explain(trouble, place)))
  const calls = createCalls()
  let isConnected = false
  let isStopped = false
  let line: Line | undefined
  let app: EngineApp | undefined
  let handle = async (_request: Request): Promise<Response> => new Response(null, { status: 503 })
  const outbox = createOutbox({
    isUp: () => isConnected,
    onRefused: () => standing.set('event-key'),
    onTaken: () => standing.end('event-key'),
  })

  return {
    name: 'cloud',
    dashboardUrl: baseUrl || cloudDashboardUrl,
    // Everything the environment could set is set here, because what is set here wins.
    clientOptions: {
      isDev: false,
      baseUrl: api.url,
      eventKey,
      signingKey,
      // The SDK shows the other key after one was refused: without another, none.
      signingKeyFallback: signingKey,
      aiMetadata: false,
      sessionPropagation: false,
      middleware: [calls.middleware],
      async fetch(input, init) {
        calls.note()
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        return isEvents(pathname) ? outbox.post(new URL(pathname, eventsUrl), init ?? {}) : fetch(input, init)
      },
    },

    async start(given: EngineApp) {
      app = given
      handle = serve({ ...given, enableUnauthedSync: false })
      line = openLine({
        reach: signal => reach(api, signal),
        open: () => openConnection(given, { instanceId, gatewayUrl }),
        onConnected() {
          isConnected = true
          calls.note()
          standing.set(null)
          void outbox.empty()
        },
        onTrouble(trouble) {
          isConnected = false
          standing.set(trouble)
        },
        isWorking: () => calls.restMs === 0,
      })
      return { isResumed: true }
    },

    serveEndpoint: request => letIn(request, handle),

    // What there is to do while Inngest is away, nobody knows.
    async idle() {
      while (!isStopped && !(isConnected && outbox.isEmpty && calls.restMs > restsAfterMs)) {
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    },

    cancel: runId => cancelRun(api.url, runId, api.authorization),

    async stop() {
      isStopped = true
      outbox.stop()
      await line?.close(stopTimeoutMs)
    },

    async forget() {
      if (app) await cancelRuns(api, app)
    },
  }
}

function originOf(baseUrl: string): string {
  const { protocol, origin } = URL.parse(baseUrl) ?? {}
  if (origin && (protocol === 'http:' || protocol === 'https:')) return origin
  throw new Error(`“${baseUrl}” is no address of Inngest. One is https://inngest.example, without a path.`)
}
