import { fromWeb, policyForWeb, schemeOf, toWeb } from '../chromium/addresses.ts'
import type { Session } from '../chromium/pipe.ts'
import type { Protocol } from '../chromium/protocol.ts'
import { host } from '../host.ts'
import { settlePermissions } from '../module/permissions.ts'
import { webRequest } from '../module/web-request.ts'
import type { Frames } from './frames.ts'
import type { Navigation } from './navigation.ts'
import { answerRequest } from './own-schemes.ts'
import type { Owner } from './owner.ts'

type Paused = Protocol.Events['Fetch.requestPaused']
type Headers = Protocol.Fetch.HeaderEntry[]

/**
 * Without `allow-popups` Chromium reports a window that the page wants and gives it null, as Electron does when the program's
 * handler refuses. Where there is no handler the header is left out, and windows open.
 */
const noPopups = {
  name: 'Content-Security-Policy',
  value: [
    'sandbox allow-same-origin allow-scripts allow-forms allow-modals allow-downloads allow-pointer-lock',
    'allow-top-navigation allow-presentation allow-orientation-lock',
  ].join(' '),
}

interface Parts {
  session: Session
  frames: Frames
  navigation: Navigation
  owner: Owner
}

/** All that a page asks for goes through here: to the program's own schemes, its `webRequest`, or the network. */
export class Requests {
  readonly #parts: Parts
  /** Documents on their way, by their id in Chromium's network. */
  readonly #documents = new Map<string, { url: string; frameId: string }>()
  /** Not let through by the program: nothing has failed. */
  readonly #stopped = new Set<string>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async follow(): Promise<unknown> {
    const { session } = this.#parts
    session.on('Fetch.requestPaused', paused => {
      // A page that goes takes its requests with it.
      this.#onPaused(paused).catch(
        error => /Interception|attached|exited|crashed/i.test(String(error)) || console.error(error),
      )
    })
    session.on('Network.loadingFailed', ({ requestId, errorText }) => this.#onFailed(requestId, errorText))
    const patterns: Protocol.Fetch.RequestPattern[] = [
      { urlPattern: '*', requestStage: 'Request' },
      { urlPattern: 'http*', requestStage: 'Response' },
      { urlPattern: 'file:*', requestStage: 'Response' },
    ]
    return Promise.all([session.send('Fetch.enable', { patterns }), session.send('Network.enable')])
  }

  #onFailed(networkId: string, errorText: string): void {
    const document = this.#documents.get(networkId)
    this.#documents.delete(networkId)
    if (!document || this.#stopped.delete(networkId)) return
    this.#parts.navigation.failed(errorText, document.url, document.frameId)
  }

  #details({ request, frameId, resourceType }: Paused) {
    const { owner, frames } = this.#parts
    const frame = frames.shown(frameId)
    const isMainFrame = frames.isMain(frameId)
    return {
      url: fromWeb(request.url),
      method: request.method,
      resourceType,
      isMainFrame,
      webContents: owner.shown,
      frame,
    }
  }

  #onPaused(paused: Paused): Promise<unknown> {
    const isAnswered = paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined
    return isAnswered ? this.#onAnswer(paused) : this.#onRequest(paused)
  }

  /** Of the network, or of a file. */
  async #onAnswer(paused: Paused): Promise<unknown> {
    const { requestId, responseStatusCode: responseCode = 0, responseHeaders = [] } = paused
    if (paused.responseErrorReason) return this.#send('Fetch.continueRequest', { requestId })
    if (responseCode >= 300 && responseCode < 400) {
      if (!this.#mayBeRedirected(paused, responseHeaders)) return this.#stop(paused)
      return this.#send('Fetch.continueRequest', { requestId })
    }
    const headers = await webRequest.headersReceived(this.#details(paused), responseCode, responseHeaders)
    if (!headers) return this.#fail(paused, 'BlockedByClient')
    const all = [...headers, ...this.#ownHeaders(paused)]
    return this.#send('Fetch.continueResponse', { requestId, responseCode, responseHeaders: all })
  }

  async #onRequest(paused: Paused): Promise<unknown> {
    const { requestId, request, resourceType } = paused
    const details = this.#details(paused)
    // A wish of Chromium's own.
    if (resourceType === 'Other' && details.url.endsWith('/favicon.ico')) return this.#fulfil(paused, 204, [])
    if (resourceType === 'Document' && !(await this.#mayGo(paused))) return this.#stop(paused)
    const { cancel, redirectURL } = await webRequest.beforeRequest(details)
    if (cancel) return this.#fail(paused, 'BlockedByClient')
    if (redirectURL) return this.#fulfil(paused, 307, [{ name: 'Location', value: toWeb(redirectURL) }])
    if (host.answers.has(schemeOf(details.url))) return this.#answer(paused)
    // What stands for a scheme of the program is nowhere in the network.
    if (details.url !== request.url) return this.#fail(paused, 'Failed')
    return this.#send('Fetch.continueRequest', { requestId })
  }

  async #mayGo(paused: Paused): Promise<boolean> {
    const { frameId, networkId, redirectedRequestId } = paused
    const url = fromWeb(paused.request.url)
    if (networkId) this.#documents.set(networkId, { url, frameId })
    // Whether it may be redirected was asked before.
    if (!redirectedRequestId && !this.#parts.navigation.mayGo(url, frameId)) return false
    if (this.#parts.frames.isMain(frameId)) await settlePermissions(this.#parts.owner.shown, url)
    return true
  }

  #mayBeRedirected({ request, resourceType, frameId }: Paused, headers: Headers): boolean {
    const location = headers.find(({ name }) => name.toLowerCase() === 'location')?.value
    if (resourceType !== 'Document' || location === undefined) return true
    const url = URL.canParse(location, request.url) ? new URL(location, request.url).href : location
    return this.#parts.navigation.mayBeRedirected(fromWeb(url), frameId)
  }

  /** By the program, for one of its schemes. */
  async #answer(paused: Paused): Promise<unknown> {
    const { resourceType, requestId } = paused
    const answer = await answerRequest(paused, this.#parts.session)
    if (answer.kind === 'failed') return this.#fail(paused, 'Failed')
    if (answer.kind === 'elsewhere') return this.#send('Fetch.continueRequest', { requestId, url: answer.address })
    const { status, headers } = answer
    if (status >= 300 && status < 400 && !this.#mayBeRedirected(paused, headers)) return this.#stop(paused)
    const received = await webRequest.headersReceived(this.#details(paused), status, headers)
    if (!received) return this.#fail(paused, 'BlockedByClient')
    if (answer.kind === 'streamed') {
      return this.#send('Fetch.continueRequest', { requestId, url: await answer.serve(received) })
    }
    const isEnforced = resourceType === 'Document' || resourceType === 'Other'
    const shown = isEnforced ? received.map(forWeb) : received.map(header => ({ ...header, value: redirected(header) }))
    return this.#fulfil(paused, status, [...shown, ...this.#ownHeaders(paused)], answer.body)
  }

  #ownHeaders({ resourceType }: Paused): Headers {
    return resourceType === 'Document' && this.#parts.owner.windowOpenHandler ? [noPopups] : []
  }

  #fulfil({ requestId }: Paused, responseCode: number, responseHeaders: Headers, body?: Buffer): Promise<unknown> {
    const encoded = body && { body: body.toString('base64') }
    return this.#send('Fetch.fulfillRequest', { requestId, responseCode, responseHeaders, ...encoded })
  }

  /** The program did not let it go on: the page stays where it is. */
  #stop(paused: Paused): Promise<unknown> {
    if (paused.networkId) this.#stopped.add(paused.networkId)
    return this.#fail(paused, 'Aborted')
  }

  #fail({ requestId }: Paused, errorReason: Protocol.Network.ErrorReason): Promise<unknown> {
    return this.#send('Fetch.failRequest', { requestId, errorReason })
  }

  #send: Session['send'] = (method, parameters) => this.#parts.session.send(method, parameters)
}

const redirected = ({ name, value }: Headers[number]) => (name.toLowerCase() === 'location' ? toWeb(value) : value)

function forWeb(header: Headers[number]): Headers[number] {
  if (/^content-security-policy/i.test(header.name)) return { ...header, value: policyForWeb(header.value) }
  return { ...header, value: redirected(header) }
}
