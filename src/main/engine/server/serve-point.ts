import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'

export interface ServePoint {
  /** What the engine's server is told: who knows it may call the functions. */
  readonly url: string
  /** Calls under way. */
  readonly underWay: number
  /** Takes no more calls, lets those under way end for as long as `timeoutMs`, and closes. */
  close(timeoutMs: number): Promise<void>
}

/**
 * Where the engine's server calls the functions: on loopback, at a port and under a secret path that nobody else is told. Whoever
 * asks for anything else gets 401, before a byte of the body is read.
 */
export async function openServePoint(
  secret: string,
  handle: (request: Request) => Promise<Response>,
  onChange: () => void,
): Promise<ServePoint> {
  let underWay = 0
  let isClosing = false
  let origin = ''
  const path = `/${secret}/api/inngest`
  const listener = getRequestListener(async incoming => {
    const { pathname, search } = new URL(incoming.url)
    if (!isSame(pathname, path)) return Response.json({ message: 'Unauthorized' }, { status: 401 })
    // On a connection that is kept alive calls go on to come: a step that answers would be followed by the next one.
    if (isClosing) return new Response(null, { status: 503, headers: { connection: 'close' } })
    underWay += 1
    try {
      // Inngest's server says "localhost" for every address of loopback; the functions are told the address they registered.
      return await handle(new Request(`${origin}${path}${search}`, incoming))
    } finally {
      underWay -= 1
      onChange()
    }
  })
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: origin + path,
    get underWay() {
      return underWay
    },
    close(timeoutMs) {
      isClosing = true
      return closeServer(server, timeoutMs)
    },
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

async function closeServer(server: Server, timeoutMs: number): Promise<void> {
  const closed = new Promise(resolve => server.close(resolve))
  // A connection that was in use is kept alive for seconds after its last answer.
  const idle = setInterval(() => server.closeIdleConnections(), 20)
  const timer = setTimeout(() => server.closeAllConnections(), timeoutMs)
  await closed
  clearInterval(idle)
  clearTimeout(timer)
}
