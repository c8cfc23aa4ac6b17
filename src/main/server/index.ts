import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { ServerParts } from './parts.ts'
import { createWebApp } from './web-app.ts'

export type { AppEvent, EventListener, PictureFile, PictureKind, ServerParts } from './parts.ts'
export { createWebApp } from './web-app.ts'

export interface RunningServer {
  port: number
  /** The page with the token in its fragment, which no server and no log ever sees. */
  address: string
  stop(): Promise<void>
}

/**
 * Serves on 127.0.0.1 and nowhere else.
 * @param port 0 takes a free one.
 * @throws {PortTaken}
 */
export async function startServer(parts: ServerParts, port: number): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: createWebApp(parts).fetch })
  await new Promise<void>((resolve, reject) => {
    server.once('error', cause =>
      reject((cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortTaken(port) : cause),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    address: `http://127.0.0.1:${bound}/#token=${parts.token}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        // Event streams stay open for ever by themselves.
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

export class PortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} is taken by another program. Choose another with --port, or leave it out to take a free one.`)
    this.name = 'PortTaken'
  }
}
