import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { redirectPage, redirectPageHeaders } from './redirect-page.ts'

/** What the browser brought back from Google: a code to exchange, or why there is none. */
export type Redirect = { code: string } | { error: string }

export interface RedirectListener {
  redirectUri: string
  /** The first redirect with the right `state`. Its browser waits for `tell`. */
  redirect: Promise<Redirect>
  /** Shows a page to every browser that waits. */
  tell(title: string, text: string): Promise<void>
  close(): Promise<void>
}

/**
 * Listens on a free port of 127.0.0.1 for the redirect of one sign-in (RFC 8252, 7.3). Every web page can make a browser ask
 * this address: what does not know `state` is answered 400 and changes nothing.
 */
export async function listenForRedirect(state: string): Promise<RedirectListener> {
  const waiting: ServerResponse[] = []
  const { promise: redirect, resolve } = Promise.withResolvers<Redirect>()

  function take(request: IncomingMessage, response: ServerResponse): void {
    const url = URL.parse(request.url ?? '', 'http://127.0.0.1')
    if (request.method !== 'GET' || url?.pathname !== '/') {
      response.writeHead(404, { connection: 'close' }).end()
      return
    }
    const found = redirectOf(url.searchParams, state)
    if (found === null)
      return void show(response, 400, 'Not this sign-in', 'This answer belongs to no sign-in of Burg Ink.')
    waiting.push(response)
    resolve(found)
  }

  const server = createServer(take)
  await new Promise<void>((listening, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', listening)
  })

  return {
    redirectUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    redirect,
    async tell(title, text) {
      await Promise.all(waiting.splice(0).map(response => show(response, 200, title, text)))
    },
    close: () =>
      new Promise(closed => {
        server.close(() => closed())
        // Browsers open connections ahead of need and keep them.
        server.closeAllConnections()
      }),
  }
}

function redirectOf(searchParams: URLSearchParams, state: string): Redirect | null {
  if (!isSame(searchParams.get('state') ?? '', state)) return null
  const error = searchParams.get('error')
  if (error !== null) return { error }
  const code = searchParams.get('code')
  return code ? { code } : { error: 'no_code' }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Until it is sent, or its browser is gone. */
function show(response: ServerResponse, status: number, title: string, text: string): Promise<void> {
  return new Promise(resolve => {
    if (response.closed) return resolve()
    response.once('close', resolve)
    response.writeHead(status, redirectPageHeaders).end(redirectPage(title, text))
  })
}
