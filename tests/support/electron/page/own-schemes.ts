import { fromWeb, schemeOf, toWeb } from '../chromium/addresses.ts'
import type { Session } from '../chromium/pipe.ts'
import type { Protocol } from '../chromium/protocol.ts'
import { addressOfStream } from '../chromium/streams.ts'
import { host } from '../host.ts'

type Paused = Protocol.Events['Fetch.requestPaused']
type Headers = Protocol.Fetch.HeaderEntry[]

/** What the program answered, as Chromium can be given it. */
export type OwnAnswer =
  | { kind: 'failed' }
  | { kind: 'whole'; status: number; headers: Headers; body: Buffer }
  /** It goes on while it is read. */
  | { kind: 'streamed'; status: number; headers: Headers; serve(headers: Headers): Promise<string> }
  /** Chromium fetches it from there. */
  | { kind: 'elsewhere'; address: string }

/** Asks the program's `protocol.handle` for what a page wants of a scheme of its own. */
export async function answerRequest(paused: Paused, session: Session): Promise<OwnAnswer> {
  const url = fromWeb(paused.request.url)
  const privileges = host.schemes.get(schemeOf(url)) ?? {}
  if (paused.resourceType === 'Fetch' && !privileges.supportFetchAPI) return { kind: 'failed' }
  if (paused.resourceType === 'Media' && privileges.stream) return answerMedia(paused, url)
  const body = await bodyOf(paused, session)
  const response = await ask(paused, { ...(body && { body }) })
  if (response.type === 'error') return { kind: 'failed' }
  const { status } = response
  const headers = [...response.headers].map(([name, value]) => ({ name, value }))
  if (isOpenEnded(paused, response))
    return { kind: 'streamed', status, headers, serve: own => serve(response, own, paused) }
  return { kind: 'whole', status, headers, body: Buffer.from(await response.arrayBuffer()) }
}

/** Blink streams and seeks over http alone: it is led to what stands for the scheme, and fetches a real stream from there. */
async function answerMedia(paused: Paused, url: string): Promise<OwnAnswer> {
  if (url === paused.request.url) {
    const headers = [{ name: 'Location', value: toWeb(url) }]
    return { kind: 'whole', status: 307, headers, body: Buffer.alloc(0) }
  }
  return { kind: 'elsewhere', address: await addressOfStream(({ signal }) => ask(paused, { signal })) }
}

/** Of a script that reads it as it comes: whoever says how long it is has it, and waits for nothing. */
const isOpenEnded = ({ resourceType }: Paused, { body, headers }: Response): boolean =>
  (resourceType === 'Fetch' || resourceType === 'XHR') && body !== null && !headers.has('content-length')

/** To Chromium the server is of another origin than the page. */
function serve({ body, status }: Response, headers: Headers, { request }: Paused): Promise<string> {
  const origin = new URL(request.url).origin
  const own = [...headers, { name: 'access-control-allow-origin', value: origin }]
  const all = own.map(({ name, value }) => [name, value] as [string, string])
  return addressOfStream(async () => new Response(body, { status, headers: all }))
}

async function ask({ request }: Paused, init: { body?: string; signal?: AbortSignal }): Promise<Response> {
  const url = fromWeb(request.url)
  const headers = new Headers(request.headers)
  for (const name of ['origin', 'referer']) {
    const value = headers.get(name)
    if (value) headers.set(name, fromWeb(value))
  }
  try {
    const answer = host.answers.get(schemeOf(url))
    return (await answer?.(new Request(url, { method: request.method, headers, ...init }))) ?? Response.error()
  } catch (error) {
    console.error(error)
    return Response.error()
  }
}

async function bodyOf({ request, networkId = '' }: Paused, session: Session): Promise<string | undefined> {
  if (!request.hasPostData) return undefined
  if (request.postData !== undefined) return request.postData
  const { postData } = await session.send('Network.getRequestPostData', { requestId: networkId })
  return postData
}
