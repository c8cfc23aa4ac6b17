// Stands in for Inngest in the cloud, or self-hosted, where that cannot be had: its API, its events, its gateway for connections, with
// the keys checked, and on demand everything that a network and a key can do. What a run does next is decided by our own engine.
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { makeTempFolder } from '../temp-folder.ts'
import { codecs } from './codecs.ts'
import { createConnectGateway } from './connect-gateway.ts'
import { createExecutor } from './executor.ts'

export interface CloudOptions {
  heartbeatMs?: number
  leaseMs?: number
}

/** What has come in: the head of a request with its body, or a frame. */
export interface Received {
  what: string
  bytes: Buffer
}

export type Cloud = Awaited<ReturnType<typeof startCloud>>

const subprotocol = 'v0.connect.inngest.com'

/** Until the test ends. It retries at once. */
export async function startCloud({ heartbeatMs = 1000, leaseMs = 2000 }: CloudOptions = {}) {
  const hex = randomBytes(32).toString('hex')
  const signingKey = `signkey-test-${hex}`
  /** What can be changed while it runs. */
  const settings = {
    eventKey: randomBytes(16).toString('base64url'),
    /** Paths for which somebody on the way gives a page of his own instead of an answer. */
    garbled: null as RegExp | null,
  }
  const { eventKey } = settings
  const authorization = `Bearer signkey-test-${createHash('sha256').update(hex, 'hex').digest('hex')}`
  const sessionToken = randomBytes(16).toString('hex')
  const received: Received[] = []
  let isRefusing = false
  let synced = ''

  const gateway = createConnectGateway({
    sessionToken,
    heartbeatMs,
    leaseMs,
    async sync(functions) {
      const text = JSON.stringify(functions)
      if (text === synced) return
      synced = text
      await executor.register(functions)
    },
    onFrame: (kind, bytes) => received.push({ what: kind, bytes }),
  })
  const databasePath = join(await makeTempFolder('inngest-cloud'), 'runs.db')
  const executor = createExecutor(databasePath, gateway.callFunction, () => 10)

  // Before anybody has connected, events start nothing and signals find nobody.
  await executor.register([])

  const isKnown = (request: Request): boolean => !isRefusing && request.headers.get('authorization') === authorization

  const server: Server = createServer(
    getRequestListener(async request => {
      const body = Buffer.from(await request.clone().arrayBuffer())
      const { pathname } = new URL(request.url)
      const head = JSON.stringify([request.url, Object.fromEntries(request.headers)])
      received.push({ what: `${request.method} ${pathname}`, bytes: Buffer.concat([Buffer.from(head), body]) })
      if (settings.garbled?.test(pathname)) return new Response('<html>Welcome to our network</html>')
      if (pathname.startsWith('/e/')) {
        const isTaken = !isRefusing && pathname === `/e/${settings.eventKey}`
        return isTaken ? executor.gateway(request) : refusal('Event key not found')
      }
      if (!isKnown(request)) return refusal('authentication failed')
      if (pathname === '/v0/connect/start') return startOf(server.address() as AddressInfo)
      if (pathname === '/v0/connect/flush') {
        const { requestId } = gateway.take(body)
        return new Response(codecs.FlushResponse.encode({ requestId }).finish())
      }
      if (/^\/v1\/runs\/\w+$/.test(pathname)) return answerForRun(request.method, pathname.slice('/v1/runs/'.length))
      if (pathname === '/v1/cancellations') return Response.json({ data: {} })
      return executor.gateway(request)
    }),
  )

  function startOf({ port }: AddressInfo): Response {
    const start = {
      connectionId: randomBytes(8).toString('hex'),
      gatewayEndpoint: `ws://127.0.0.1:${port}/v0/connect`,
      gatewayGroup: 'stand-in',
      sessionToken,
      syncToken: authorization,
    }
    return new Response(codecs.StartResponse.encode(start).finish())
  }

  async function answerForRun(method: string, runId: string): Promise<Response> {
    if (method !== 'DELETE') return Response.json({ error: `Unable to load function run: ${runId}` }, { status: 404 })
    await executor.cancel(runId)
    return new Response(null, { status: 200 })
  }

  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => subprotocol })
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, connection => gateway.accept(connection))
  })

  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  async function leave(): Promise<void> {
    if (!server.listening) return
    const closed = new Promise(resolve => server.close(resolve))
    gateway.drop()
    server.closeAllConnections()
    await closed
  }

  const port = await listen(0)
  onTestFinished(async () => {
    await leave()
    await executor.stop()
  })

  return {
    url: `http://127.0.0.1:${port}`,
    signingKey,
    eventKey,
    settings,
    gateway,
    received,
    /** It is gone, with every connection; what it knows, it keeps. */
    leave,
    comeBack: () => listen(port),
    /** No key is taken any more. Connections that there are stay. */
    refuseKeys: (isRefused: boolean) => {
      isRefusing = isRefused
    },
  }
}

/** As the real one answers. */
const refusal = (error: string): Response => Response.json({ status: 401, message: '', error }, { status: 401 })
