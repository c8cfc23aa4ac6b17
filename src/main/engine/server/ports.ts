import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** Ports of loopback that nobody listens on now, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  // All of them are held until the last is known.
  const held = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(held.map(server => once(server, 'listening')))
  const ports = held.map(server => (server.address() as AddressInfo).port)
  await Promise.all(held.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
