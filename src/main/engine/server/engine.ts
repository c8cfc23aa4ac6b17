import { randomBytes } from 'node:crypto'
import { serve } from 'inngest/edge'
import type { EngineApp, JobEngine } from '../port.ts'
import { cancelRun } from '../rest.ts'
import { createDevServer } from './dev-server.ts'
import { freePorts, isFree } from './ports.ts'
import { openServePoint } from './serve-point.ts'

export interface ServerEngineOptions {
  /** Inngest's program and what stands before its own arguments; see `findInngestCli`. */
  command: readonly [string, ...string[]]
  /** For its log, and a note by which the next start finds a server that was left behind. */
  stateFolder: string
  /** For its HTTP and its dashboard; left out: any that is free. */
  port?: number | undefined
  /** The server was started again and has forgotten everything: what the library counts as unfinished has to be sent again. */
  onForgot(): void
  /** It answers. */
  onUp(): void
  /** The server is gone, and is started again. @param message for a person. */
  onDown(message: string): void
  /** A server does not say what it has queued. After as long without a call, in ms, it counts as idle. */
  restsAfterMs?: number
}

export interface ServerEngine extends JobEngine {
  readonly dashboardUrl: string
}

/** How long what is sent waits for a server that is being started again. */
const waitForServerMs = 60_000
const stopTimeoutMs = 10_000
/** Where functions introduce themselves to a server. */
const registerPath = '/fn/register'
/** It begins what is due within a second. */
const defaultRestsAfterMs = 1500

/**
 * Inngest's own dev server as an engine: it keeps the runs, in its memory, and calls the functions here. It forgets them when it
 * ends; the library's ledger does not.
 * @throws {Error} when the port asked for is taken.
 */
export async function createServerEngine(options: ServerEngineOptions): Promise<ServerEngine> {
  const [anyPort = 0, ...others] = await freePorts(4)
  const port = options.port ?? anyPort
  if (options.port !== undefined && !(await isFree(port))) {
    throw new Error(`Port ${port} is taken by another program. End that one, or choose another port.`)
  }
  const baseUrl = `http://127.0.0.1:${port}`
  const secret = randomBytes(24).toString('base64url')
  let handle = async (_request: Request): Promise<Response> => new Response(null, { status: 503 })
  let lastCallAt = 0
  const point = await openServePoint(
    secret,
    request => handle(request),
    () => {
      lastCallAt = performance.now()
    },
  )
  const { restsAfterMs = defaultRestsAfterMs } = options
  let hasStarted = false
  const server = createDevServer({
    command: options.command,
    ports: [port, ...others] as unknown as readonly [number, number, number, number],
    serveUrl: point.url,
    secret,
    stateFolder: options.stateFolder,
    async onUp() {
      // The functions introduce themselves: the server, told to look by itself, would take its time.
      const answer = await fetch(point.url, { method: 'PUT' })
      if (!answer.ok) throw new Error(`Inngest’s server did not take the functions: ${await answer.text()}`)
      options.onUp()
      if (hasStarted) options.onForgot()
    },
    onDown: message => {
      if (hasStarted) options.onDown(message)
    },
  })

  return {
    name: 'server',
    dashboardUrl: baseUrl,
    clientOptions: {
      isDev: true,
      baseUrl,
      eventKey: 'local',
      aiMetadata: false,
      async fetch(input, init) {
        // An event that comes before the functions are known would start none of them.
        if (pathOf(input) !== registerPath) await server.whenUp(waitForServerMs)
        lastCallAt = performance.now()
        return fetch(input, init)
      },
    },

    async start({ client, functions }: EngineApp) {
      const { origin, pathname } = new URL(point.url)
      handle = serve({ client, functions, serveOrigin: origin, servePath: pathname })
      await server.start()
      hasStarted = true
      return { isResumed: false }
    },

    // The server calls at an address of its own: whoever comes here is somebody else.
    serveEndpoint: async () => Response.json({ message: 'Unauthorized' }, { status: 401 }),

    async idle() {
      while (point.underWay > 0 || performance.now() - lastCallAt < restsAfterMs) {
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    },

    async cancel(runId) {
      await server.whenUp(waitForServerMs)
      await cancelRun(baseUrl, runId)
    },

    async stop() {
      // In this order: what is under way may still report, and nothing new is begun.
      await point.close(stopTimeoutMs)
      await server.stop()
    },

    // It did when it ended.
    forget: async () => {},
  }
}

const pathOf = (input: string | URL | Request): string => new URL(input instanceof Request ? input.url : input).pathname
