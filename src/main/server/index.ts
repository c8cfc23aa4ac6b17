import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { ServerParts } from './parts.ts'
import { createWebApp } from './web-app.ts'

export { type AnswerCall, createCalls } from './calls.ts'
export type { AppEvent, EventListener, PictureFile, PictureFiles, PictureKind, ServerParts } from './parts.ts'

export { contentSecurityPolicy } from './security.ts'
export { servePageTo, servePicturesTo } from './window-app.ts'

export interface RunningServer {
  port: number
  /** The page with the token in its fragment, which no server and no log ever sees. */
  address: string
  stop(): Promise<void>
}

/**
 * Serves on 127.0.0.1 and nowhere else.
 * @param port 0 takes a free one.
 * @throws {PortRefused}
 */
export async function startServer(parts: ServerParts, port: number): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: createWebApp(parts).fetch })
  await new Promise<void>((resolve, reject) => {
    server.once('error', cause => reject(listenFailure(cause as NodeJS.ErrnoException, port)))
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    address: `http://127.0.0.1:${bound}/#token=${encodeURIComponent(parts.token)}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        // Event streams stay open for ever by themselves.
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

function listenFailure(cause: NodeJS.ErrnoException, port: number): Error {
  if (cause.code === 'EADDRINUSE') return new PortRefused(`Port ${port} is taken by another program.`, { cause })
  if (cause.code === 'EACCES') return new PortRefused(`Port ${port} is reserved by the system.`, { cause })
  return cause
}

class PortRefused extends Error {
  constructor(what: string, options: ErrorOptions) {
    super(`${what} Choose another with --port, or leave it out to take a free one.`, options)
    this.name = 'PortRefused'
  }
}
