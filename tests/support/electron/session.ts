import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { host } from './host.ts'
import { strict } from './strict.ts'

interface Base {
  url: string
  method: string
  resourceType: string
  webContents: never
  frame: never
}
interface Header {
  name: string
  value: string
}
type Listener = (details: any, callback: (response: any) => void) => void
let requests = 0
const resourceTypes: Record<string, string> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Media: 'media',
  WebSocket: 'webSocket',
}

function matches(urls: string[] | undefined, url: string) {
  return (
    !urls ||
    urls.some(
      p =>
        p === '<all_urls>' ||
        new RegExp(
          `^${p
            .split('*')
            .map(s => s.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
            .join('.*')}$`,
        ).test(url),
    )
  )
}
function slot() {
  let current: { urls: string[] | undefined; listener: Listener } | undefined
  return {
    set(first: { urls: string[] } | Listener | null, second?: Listener | null) {
      const listener = typeof first === 'function' ? first : second
      current = listener ? { urls: typeof first === 'function' ? undefined : first?.urls, listener } : undefined
    },
    ask(details: { url: string }): Promise<any> {
      const now = current
      return now && matches(now.urls, details.url)
        ? new Promise(resolve => now.listener(details, resolve))
        : Promise.resolve({})
    },
  }
}
const before = slot()
const headers = slot()
const details = (base: Base) => ({
  ...base,
  id: ++requests,
  resourceType: resourceTypes[base.resourceType] ?? 'other',
  timestamp: Date.now(),
  referrer: '',
})

export const webRequest = {
  beforeRequest: (base: Base): Promise<{ cancel?: boolean; redirectURL?: string }> => before.ask(details(base)),
  /** The headers to use, or undefined when the listener cancelled. */
  async headersReceived(base: Base, statusCode: number, list: Header[]): Promise<Header[] | undefined> {
    const responseHeaders: Record<string, string[]> = {}
    for (const { name, value } of list) (responseHeaders[name] ??= []).push(value)
    const result = await headers.ask({
      ...details(base),
      statusCode,
      statusLine: `HTTP/1.1 ${statusCode}`,
      responseHeaders,
    } as never)
    if (result.cancel) return undefined
    return Object.entries((result.responseHeaders ?? responseHeaders) as Record<string, string | string[]>).flatMap(
      ([name, values]) => [values].flat().map(value => ({ name, value })),
    )
  },
}

const builtin = new Set(['http', 'https', 'file'])
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
    if (host.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes) host.schemes.set(scheme, privileges ?? {})
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>) {
    if (!host.isReady) throw new Error('protocol.handle can only be used when app is ready')
    if (host.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    host.handlers.set(scheme, handler)
  },
  unhandle(scheme: string) {
    if (!host.handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  },
  isProtocolHandled: (scheme: string) => host.handlers.has(scheme) || builtin.has(scheme),
} satisfies Partial<Electron.Protocol>)

/** net.fetch: custom schemes go to their handlers and file: works, unlike with Node's own fetch. */
export async function fetchAny(
  input: string | URL | Request,
  init?: RequestInit & { bypassCustomProtocolHandlers?: boolean },
): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input)
  const scheme = url.slice(0, url.indexOf(':'))
  const handler = init?.bypassCustomProtocolHandlers ? undefined : host.handlers.get(scheme)
  if (handler) return handler(new Request(input, init))
  if (scheme === 'file') return new Response(await readFile(fileURLToPath(url)))
  return fetch(input, init)
}

type RequestHandler = (contents: unknown, permission: string, answer: (isGranted: boolean) => void) => void
type CheckHandler = (contents: unknown, permission: string) => boolean
let askPermission: RequestHandler | null = null
let checkPermission: CheckHandler | null = null

/** What Electron calls a permission, by what Chromium's protocol calls it. */
const permissions: Record<string, string> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  camera: 'media',
  microphone: 'media',
}

/** Without a handler Electron grants everything: so does this. Asked once for each, before a page is loaded. */
export async function settlePermissions(contents: unknown): Promise<void> {
  for (const [name, electronName] of Object.entries(permissions)) {
    const isGranted = await new Promise<boolean>(resolve => {
      if (checkPermission && !checkPermission(contents, electronName)) resolve(false)
      else if (askPermission) askPermission(contents, electronName, resolve)
      else resolve(true)
    })
    const setting = isGranted ? 'granted' : 'denied'
    await host.chromium!.send('Browser.setPermission', { permission: { name }, setting })
  }
}

export const defaultSession = strict(
  'session',
  Object.assign(new EventEmitter(), {
    protocol,
    fetch: fetchAny,
    webRequest: strict('webRequest', {
      onBeforeRequest: (first: never, second?: never) => before.set(first, second),
      onHeadersReceived: (first: never, second?: never) => headers.set(first, second),
    }),
    setPermissionRequestHandler(handler: RequestHandler | null) {
      askPermission = handler
    },
    setPermissionCheckHandler(handler: CheckHandler | null) {
      checkPermission = handler
    },
  }),
)
export const session = strict('session', { defaultSession })
