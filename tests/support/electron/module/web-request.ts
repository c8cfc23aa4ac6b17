import type { Protocol } from '../chromium/protocol.ts'
import { strict } from '../strict.ts'

type Headers = Protocol.Fetch.HeaderEntry[]

/** A request of a page. */
export interface Asked {
  url: string
  method: string
  /** As Chromium calls it. */
  resourceType: string
  isMainFrame: boolean
  webContents: unknown
  frame: unknown
}

type Answer<R> = (response: R) => void
type Listener<D, R> = (details: D, answer: Answer<R>) => void
interface Filter {
  urls: string[]
}

const kinds: Record<string, string> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Media: 'media',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  WebSocket: 'webSocket',
}
let lastId = 0

function detailsOf({ resourceType, isMainFrame, ...asked }: Asked) {
  lastId += 1
  const kind = resourceType === 'Document' ? (isMainFrame ? 'mainFrame' : 'subFrame') : (kinds[resourceType] ?? 'other')
  return { ...asked, id: lastId, resourceType: kind, timestamp: Date.now(), referrer: '' }
}

function asPattern(filter: string): RegExp {
  const parts = filter.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return filter === '<all_urls>' ? /^/ : new RegExp(`^${parts.join('.*')}$`)
}

/** One listener at most, and none after `null`. */
class Slot<D extends { url: string }, R extends object> {
  #listener: Listener<D, R> | null = null
  #patterns: RegExp[] = []

  set = (first: Filter | Listener<D, R> | null, second?: Listener<D, R> | null): void => {
    this.#listener = typeof first === 'function' ? first : (second ?? null)
    const urls = typeof first === 'function' ? ['<all_urls>'] : (first?.urls ?? [])
    this.#patterns = urls.map(asPattern)
  }

  ask(details: D): Promise<R> {
    const listener = this.#listener
    const isMeant = listener !== null && this.#patterns.some(pattern => pattern.test(details.url))
    return isMeant ? new Promise(resolve => listener(details, resolve)) : Promise.resolve({} as R)
  }
}

type Details = ReturnType<typeof detailsOf>
interface Received extends Details {
  statusCode: number
  statusLine: string
  responseHeaders: Record<string, string[]>
}

const before = new Slot<Details, { cancel?: boolean; redirectURL?: string }>()
const received = new Slot<Received, { cancel?: boolean; responseHeaders?: Record<string, string | string[]> }>()

/** What pages ask for is told here, of every scheme, as in Electron. */
export const webRequest = {
  beforeRequest: (asked: Asked) => before.ask(detailsOf(asked)),
  /** The headers to use. Undefined: the program has cancelled. */
  async headersReceived(asked: Asked, statusCode: number, headers: Headers): Promise<Headers | undefined> {
    const responseHeaders: Record<string, string[]> = {}
    for (const { name, value } of headers) responseHeaders[name] = [...(responseHeaders[name] ?? []), value]
    const statusLine = `HTTP/1.1 ${statusCode}`
    const answer = await received.ask({ ...detailsOf(asked), statusCode, statusLine, responseHeaders })
    if (answer.cancel) return undefined
    const all = Object.entries(answer.responseHeaders ?? responseHeaders)
    return all.flatMap(([name, values]) => [values].flat().map(value => ({ name, value })))
  },
}

export const shownWebRequest = strict('webRequest', { onBeforeRequest: before.set, onHeadersReceived: received.set })
