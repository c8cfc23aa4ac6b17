import { type CallName, type EventName, events, type Input, type Output } from './contract.ts'
import { type LiveListener, parseEvent, parseReply, SessionMissing, type Transport } from './transport.ts'

async function callByHttp<N extends CallName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Output<N>> {
  const response = await fetch(`/api/call/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    ...(signal && { signal }),
  })
  if (response.status === 401) throw new SessionMissing()
  return parseReply(name, await response.json())
}

const reconnectAfterMs = 2000

/** The browser reconnects by itself after an interruption, but not after an answer that is no stream: then it is asked why. */
function subscribeByHttp(listener: LiveListener): () => void {
  let source: EventSource
  let reconnect: ReturnType<typeof setTimeout> | undefined

  const askWhy = async (): Promise<void> => {
    const error = await callByHttp('settings.get', {}).catch(cause => cause)
    if (error instanceof SessionMissing) return listener.onConnection('locked')
    reconnect = setTimeout(connect, reconnectAfterMs)
  }
  const connect = (): void => {
    source = new EventSource('/api/events')
    source.addEventListener('ready', () => {
      listener.onConnection('open')
      listener.onReady()
    })
    for (const name of Object.keys(events) as EventName[]) {
      source.addEventListener(name, event => listener.onEvent(parseEvent(name, JSON.parse(event.data))))
    }
    source.onerror = () => {
      listener.onConnection('lost')
      if (source.readyState === EventSource.CLOSED) void askWhy()
    }
  }
  connect()
  return () => {
    clearTimeout(reconnect)
    source.close()
  }
}

/** The address the app prints carries a token once; the session it buys is a cookie no script can read. */
async function openSession(): Promise<void> {
  const token = /^#token=([^&]+)/.exec(location.hash)?.[1]
  if (!token) return
  // Taken out of the address first, so that it is neither bookmarked nor copied, whatever the answer is.
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  await fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: decodeURIComponent(token) }),
  })
}

export const httpTransport: Transport = {
  // A failed attempt shows as the missing session it leaves behind.
  open: () => openSession().catch(() => undefined),
  call: callByHttp,
  // A browser has several connections.
  keepsOrder: false,
  subscribe: subscribeByHttp,
  mediaUrl: (id, kind, version) => `/media/${id}/${kind}?v=${encodeURIComponent(version)}`,
  knowsPaths: false,
  pathsOf: () => [],
}
