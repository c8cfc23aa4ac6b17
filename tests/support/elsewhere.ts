import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A page that is not ours, on loopback, and how often it was asked for. */
export async function serveElsewhere(): Promise<{ address: string; asked(): number; stop(): Promise<void> }> {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Elsewhere</title>')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked: () => asked,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
