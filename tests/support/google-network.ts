import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { ofGoogle, privateKey } from './certificates.ts'
import type { startGoogle } from './google.ts'

/**
 * A network in which Google's hosts are the servers of a test, for a program that nobody can tell where Google is: a proxy
 * that ends TLS. Whatever else is asked for is refused, and told.
 * @param folder for the certificate that the program has to trust.
 */
export async function startGoogleNetwork({ auth, drive }: Awaited<ReturnType<typeof startGoogle>>, folder: string) {
  const origins: Record<string, string> = {
    'oauth2.googleapis.com': new URL(auth.endpoints.tokenUrl).origin,
    'www.googleapis.com': new URL(drive.url).origin,
  }
  const refused: string[] = []
  const google = createTlsServer({ key: privateKey, cert: ofGoogle }, (asked, answer) => {
    passOn(origins[asked.headers.host ?? ''] ?? '', asked, answer)
  })
  const proxy = createServer((_asked, answer) => answer.writeHead(502).end())
  proxy.on('connect', ({ url = '' }, socket) => {
    const host = url.replace(/:443$/, '')
    if (!Object.hasOwn(origins, host)) {
      refused.push(url)
      socket.end('HTTP/1.1 502 Refused\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    google.emit('connection', socket)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  const certificate = join(folder, 'google.pem')
  await writeFile(certificate, ofGoogle)

  return {
    refused,
    environment: {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: certificate,
    },
    stop: () =>
      new Promise<void>(resolve => {
        proxy.close(() => resolve())
        proxy.closeAllConnections()
        google.closeAllConnections()
      }),
  }
}

/** The names of Google's own paths are `/token`, `/revoke` and `/drive/v3/…` on both sides. */
function passOn(origin: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { host: _host, ...headers } = asked.headers
  const passed = request(`${origin}${asked.url}`, { method: asked.method, headers }, got => {
    answer.writeHead(got.statusCode ?? 502, got.headers)
    got.pipe(answer)
  })
  passed.on('error', () => answer.destroy())
  asked.pipe(passed)
}
