import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Script } from 'node:vm'
import { fromWeb, host, mapCsp, streamUrl, toWeb } from './host.ts'
import { ipcMain } from './ipc-main.ts'
import { fetchAny, settlePermissions, webRequest } from './session.ts'
import { strict } from './strict.ts'
import { makeWire } from './wire.ts'
import { preloadParameters, worldScripts } from './world.ts'

const wire = makeWire()
const bindingName = '__electron_harness_post'
const receiverName = '__electron_harness_receive'
const pathsName = '__electron_harness_paths'
const worldName = 'Electron Isolated Context'
const all = new Map<number, WebContents>()
let lastId = 0
let created: (contents: unknown) => void = () => {}
/** For app's 'web-contents-created'. */
export function watchWebContents(listener: (contents: unknown) => void): void {
  created = listener
}

export function makeEvent<T extends object>(properties: T) {
  return {
    ...properties,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}
interface Header {
  name: string
  value: string
}
/** No allow-popups: Chromium reports Page.windowOpen and then returns null, just as Electron's { action: 'deny' } does. */
const noPopups = {
  name: 'Content-Security-Policy',
  value:
    'sandbox allow-same-origin allow-scripts allow-forms allow-modals allow-downloads allow-pointer-lock allow-top-navigation allow-presentation allow-orientation-lock',
}
interface Paused {
  requestId: string
  frameId: string
  resourceType: string
  responseStatusCode?: number
  responseErrorReason?: string
  responseHeaders?: Header[]
  request: { url: string; method: string; headers: Record<string, string>; postData?: string; hasPostData?: boolean }
}

class WebContents extends EventEmitter {
  readonly id = ++lastId
  session: unknown
  targetId = ''
  private sessionId = ''
  private attached: Promise<void>
  private url = ''
  private title = ''
  private frameId = ''
  private expected: string | undefined
  private preloadContext: number | undefined
  private loading: PromiseWithResolvers<void> | undefined
  private windowOpenHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | undefined
  private destroyed = false
  private loadingNow = false
  private crashed = false
  private zoom = 0
  private readonly webPreferences: object
  /** Where files are that a test drops: see `getPathForFile` in world.ts. */
  private droppedPaths: Record<string, string> = {}
  readonly mainFrame: Record<string, unknown>

  constructor(size: { width: number; height: number }, preload: string | undefined, webPreferences: object) {
    super()
    this.webPreferences = webPreferences
    const contents = this
    this.mainFrame = {
      get url() {
        return contents.url
      },
      get origin() {
        const u = new URL(contents.url)
        return u.host ? `${u.protocol}//${u.host}` : 'null'
      },
      parent: null,
      name: '',
      routingId: 1,
      processId: 1,
      detached: false,
    }
    this.attached = this.attach(size, preload)
    this.attached.catch((error: unknown) => {
      if (!this.destroyed) console.error('[harness]', error)
    })
  }
  private cdp(method: string, params: object = {}): Promise<any> {
    return host.chromium!.send(method, params, this.sessionId)
  }

  private async attach(size: { width: number; height: number }, preload: string | undefined) {
    const chromium = host.chromium!
    const { targetId } = await chromium.send('Target.createTarget', { url: 'about:blank', newWindow: true, ...size })
    this.targetId = targetId
    const { sessionId } = await chromium.send('Target.attachToTarget', { targetId, flatten: true })
    this.sessionId = sessionId
    chromium.on(sessionId, (method: string, params: any) => this.onEvent(method, params))
    chromium.on('browser', (method: string, params: any) => {
      if (method === 'Target.detachedFromTarget' && params.sessionId === sessionId) this.gone()
    })
    await Promise.all([
      settlePermissions(this),
      this.cdp('Page.enable'),
      this.cdp('Runtime.enable'),
      this.cdp('Inspector.enable'),
      this.cdp('Page.getFrameTree').then(({ frameTree }) => {
        this.frameId = frameTree.frame.id
      }),
      preload === undefined ? undefined : this.installPreload(preload),
      this.cdp('Fetch.enable', {
        patterns: [
          { urlPattern: '*', requestStage: 'Request' },
          { urlPattern: 'http*', requestStage: 'Response' },
          { urlPattern: 'file:*', requestStage: 'Response' },
        ],
      }),
      this.cdp('Emulation.setFocusEmulationEnabled', { enabled: true }),
    ])
  }

  private async installPreload(path: string) {
    const failed = (error: unknown) => {
      console.error(`Unable to load preload script: ${path}`)
      console.error(error)
      setImmediate(() => this.emit('preload-error', makeEvent({}), path, error))
    }
    if (!existsSync(path)) return failed(new Error(`ENOENT: no such file or directory, open '${path}'`))
    const source = readFileSync(path, 'utf8')
    try {
      new Script(`(function (${preloadParameters}) {\n${source}\n})`, { filename: path })
    } catch (error) {
      return failed(error)
    }
    const process_ = {
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      platform: process.platform,
      arch: process.arch,
      pid: process.pid,
      versions: { ...process.versions },
      env: { ...process.env },
      argv: [],
      isMainFrame: true,
    }
    const scripts = worldScripts(
      `h${crypto.randomUUID()}`,
      { bindingName, receiverName, pathsName, process: process_, path },
      source,
    )
    await this.cdp('Runtime.addBinding', { name: bindingName, executionContextName: worldName })
    await this.cdp('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main })
    await this.cdp('Page.addScriptToEvaluateOnNewDocument', { source: scripts.isolated, worldName })
  }

  private onEvent(method: string, p: any) {
    switch (method) {
      case 'Fetch.requestPaused':
        void this.onPaused(p).catch((error: unknown) => {
          if (!this.destroyed && !/Invalid InterceptionId|not attached|has exited/.test(String(error)))
            console.error('[harness]', error)
        })
        break
      case 'Runtime.executionContextCreated':
        if (p.context.name === worldName && p.context.auxData.frameId === this.frameId)
          this.preloadContext = p.context.id
        break
      case 'Runtime.executionContextDestroyed':
        if (p.executionContextId === this.preloadContext) this.preloadContext = undefined
        break
      case 'Runtime.executionContextsCleared':
        this.preloadContext = undefined
        break
      case 'Runtime.bindingCalled':
        if (p.name === bindingName && p.executionContextId === this.preloadContext)
          this.onMessage(wire.decode(p.payload), p.executionContextId)
        break
      case 'Page.frameNavigated':
        if (p.frame.parentId) break
        this.url = fromWeb(p.frame.url) + (p.frame.urlFragment ?? '')
        this.emit('did-navigate', makeEvent({}), this.url, 200, 'OK')
        break
      case 'Page.navigatedWithinDocument':
        if (p.frameId === this.frameId) {
          this.url = fromWeb(p.url)
          this.emit('did-navigate-in-page', makeEvent({}), this.url, true, 1, 1)
        }
        break
      case 'Page.domContentEventFired':
        this.emit('dom-ready', makeEvent({}))
        break
      case 'Page.loadEventFired':
        if (this.url === 'about:blank') break
        this.loadingNow = false
        this.loading?.resolve()
        this.emit('did-finish-load', makeEvent({}))
        break
      case 'Page.windowOpen': {
        const result = this.windowOpenHandler?.({
          url: fromWeb(p.url),
          frameName: p.windowName === '_blank' ? '' : p.windowName,
          features: p.windowFeatures.join(),
          disposition: 'foreground-tab',
          referrer: { url: '', policy: 'default' },
        } as Electron.HandlerDetails)
        if (result?.action !== 'deny')
          console.error(`[harness] window.open(${p.url}) was allowed, but the harness opens no child windows`)
        break
      }
      case 'Inspector.targetCrashed':
        this.crashed = true
        this.preloadContext = undefined
        this.emit('render-process-gone', makeEvent({}), { reason: 'crashed', exitCode: 133 })
        break
    }
  }

  private onMessage(m: any, context: number) {
    const event = {
      sender: this.proxy,
      senderFrame: this.mainFrame,
      frameId: 1,
      processId: 1,
      ports: [],
      type: 'frame',
      reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    }
    if (m.op === 'preload-error') this.emit('preload-error', makeEvent({}), '', m.error)
    else if (m.op === 'send') {
      this.emit('ipc-message', event, m.channel, ...m.args)
      ipcMain.emit(m.channel, event, ...m.args)
    } else
      void ipcMain
        .answer(m.channel, event, m.args, result => wire.encode({ op: 'result', id: m.id, ...result }))
        .then(text => this.post(context, text))
  }
  private post(context: number, text: string) {
    this.cdp('Runtime.callFunctionOn', {
      functionDeclaration: `function (text) { ${receiverName}(text) }`,
      executionContextId: context,
      arguments: [{ value: text }],
    }).catch(() => {})
  }

  private async onPaused(p: Paused) {
    const url = fromWeb(p.request.url)
    const popups = p.resourceType === 'Document' ? [noPopups] : []
    const base = {
      url,
      method: p.request.method,
      resourceType: p.resourceType,
      webContents: this.proxy as never,
      frame: this.mainFrame as never,
    }
    if (p.responseStatusCode !== undefined || p.responseErrorReason) {
      if (p.responseErrorReason || (p.responseStatusCode! >= 300 && p.responseStatusCode! < 400))
        return this.cdp('Fetch.continueRequest', { requestId: p.requestId })
      const headers = await webRequest.headersReceived(base, p.responseStatusCode!, p.responseHeaders ?? [])
      if (!headers) return this.cdp('Fetch.failRequest', { requestId: p.requestId, errorReason: 'BlockedByClient' })
      return this.cdp('Fetch.continueResponse', {
        requestId: p.requestId,
        responseCode: p.responseStatusCode,
        responseHeaders: [...headers, ...popups],
      })
    }
    if (/\/favicon\.ico$/.test(url) && p.resourceType === 'Other')
      return this.cdp('Fetch.fulfillRequest', { requestId: p.requestId, responseCode: 204 }) // Chrome's own wish
    if (p.resourceType === 'Document' && p.frameId === this.frameId) {
      if (this.expected === p.request.url) this.expected = undefined
      else {
        const event = makeEvent({
          url,
          isSameDocument: false,
          isMainFrame: true,
          frame: this.mainFrame,
          initiator: this.mainFrame,
        })
        this.emit('will-frame-navigate', event)
        this.emit('will-navigate', event, url, false, true, 1, 1)
        if (event.defaultPrevented)
          return this.cdp('Fetch.failRequest', { requestId: p.requestId, errorReason: 'Aborted' })
      }
    }
    if (p.resourceType === 'Document' && p.frameId !== this.frameId) {
      const event = makeEvent({
        url,
        isSameDocument: false,
        isMainFrame: false,
        frame: null,
        initiator: this.mainFrame,
      })
      this.emit('will-frame-navigate', event)
      if (event.defaultPrevented)
        return this.cdp('Fetch.failRequest', { requestId: p.requestId, errorReason: 'Aborted' })
    }
    const before = await webRequest.beforeRequest(base)
    if (before.cancel) return this.cdp('Fetch.failRequest', { requestId: p.requestId, errorReason: 'BlockedByClient' })
    if (before.redirectURL)
      return this.cdp('Fetch.fulfillRequest', {
        requestId: p.requestId,
        responseCode: 307,
        responseHeaders: [{ name: 'Location', value: toWeb(before.redirectURL) }],
      })
    const scheme = url.slice(0, url.indexOf(':'))
    const handler = host.handlers.get(scheme)
    if (!handler) {
      if (url !== p.request.url) return this.cdp('Fetch.failRequest', { requestId: p.requestId, errorReason: 'Failed' }) // our stand-in host: never to the network
      return this.cdp('Fetch.continueRequest', { requestId: p.requestId })
    }

    const respond = async (headers: Record<string, string>, body?: string, signal?: AbortSignal): Promise<Response> => {
      const requestHeaders = new Headers(headers)
      for (const name of ['origin', 'referer']) {
        const value = requestHeaders.get(name)
        if (value) requestHeaders.set(name, fromWeb(value))
      }
      if (requestHeaders.get('origin') === 'null') requestHeaders.delete('origin')
      try {
        return await handler(
          new Request(url, {
            method: p.request.method,
            headers: requestHeaders,
            body: body ?? null,
            ...(signal ? { signal } : {}),
          }),
        )
      } catch (error) {
        console.error(error)
        return Response.error()
      }
    }
    if (p.resourceType === 'Media' && host.schemes.get(scheme)?.stream) {
      // Blink streams and seeks only over http(s): redirect to the stand-in, then let Chromium fetch a real HTTP stream.
      if (url === p.request.url)
        return this.cdp('Fetch.fulfillRequest', {
          requestId: p.requestId,
          responseCode: 307,
          responseHeaders: [{ name: 'Location', value: toWeb(url) }],
        })
      const target = await streamUrl(request => respond(p.request.headers, undefined, request.signal))
      return this.cdp('Fetch.continueRequest', { requestId: p.requestId, url: target })
    }
    const response = await respond(
      p.request.headers,
      p.request.hasPostData
        ? (p.request.postData ??
            (await this.cdp('Fetch.getRequestPostData', { requestId: p.requestId }).catch(() => ({ postData: '' })))
              .postData)
        : undefined,
    )
    if (response.type === 'error')
      return this.cdp('Fetch.failRequest', { requestId: p.requestId, errorReason: 'Failed' })
    const raw = [...response.headers].map(([name, value]) => ({ name, value }))
    const headers = await webRequest.headersReceived(base, response.status, raw)
    if (!headers) return this.cdp('Fetch.failRequest', { requestId: p.requestId, errorReason: 'BlockedByClient' })
    const body = Buffer.from(await response.arrayBuffer())
    return this.cdp('Fetch.fulfillRequest', {
      requestId: p.requestId,
      responseCode: response.status,
      ...(response.statusText ? { responsePhrase: response.statusText } : {}),
      body: body.toString('base64'),
      responseHeaders: [
        ...headers.map(h => (/^content-security-policy/i.test(h.name) ? { name: h.name, value: mapCsp(h.value) } : h)),
        ...popups,
      ],
    })
  }

  /** The strict proxy is what app code sees; set right after construction. */
  proxy: unknown = this
  async loadURL(url: string) {
    await this.attached
    const web = toWeb(url)
    if (web === url && !/^(https?|file|data|about|blob|chrome):/.test(url))
      throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}'`)
    this.loading = Promise.withResolvers<void>()
    this.expected = web.replace(/#.*$/, '')
    this.loadingNow = true
    this.emit('did-start-loading', makeEvent({}))
    const { errorText } = await this.cdp('Page.navigate', { url: web })
    if (errorText) {
      const error = new Error(`${errorText.replace('net::', '')} loading '${url}'`)
      this.emit('did-fail-load', makeEvent({}), -2, errorText.replace('net::', ''), url, true, 1, 1)
      throw error
    }
    await this.loading.promise
  }
  send(channel: string, ...args: unknown[]) {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
    const text = wire.encode({ op: 'message', channel, args }) // throws at once when not cloneable, as in Electron
    if (this.preloadContext !== undefined) this.post(this.preloadContext, text)
  }
  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) {
    this.windowOpenHandler = handler
  }
  getURL() {
    return this.url
  }
  getTitle() {
    return this.title
  }
  getType() {
    return 'window' as const
  }
  isDestroyed() {
    return this.destroyed
  }
  isLoading() {
    return this.loadingNow
  }
  isDevToolsOpened() {
    return false
  }
  openDevTools() {}
  closeDevTools() {}
  focus() {}
  reload() {
    const web = toWeb(this.url)
    this.expected = web.replace(/#.*$/, '')
    this.loadingNow = true
    // What crashed has no page to load again.
    void this.cdp(this.crashed ? 'Page.navigate' : 'Page.reload', this.crashed ? { url: web } : {})
    this.crashed = false
  }
  get zoomLevel() {
    return this.zoom
  }
  set zoomLevel(level: number) {
    this.zoom = level
  }
  get zoomFactor() {
    return 1.2 ** this.zoom
  }
  set zoomFactor(factor: number) {
    this.zoom = Math.log(factor) / Math.log(1.2)
  }
  getZoomLevel() {
    return this.zoom
  }
  setZoomLevel(level: number) {
    this.zoom = level
  }
  getLastWebPreferences() {
    return { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, ...this.webPreferences }
  }
  /** The stand-in's own: where files are that are dropped from now on. */
  async knowPaths(paths: readonly string[]) {
    this.droppedPaths = Object.fromEntries(paths.map(path => [basename(path), path]))
    await this.cdp('Runtime.evaluate', {
      expression: `globalThis[${JSON.stringify(pathsName)}] = ${JSON.stringify(this.droppedPaths)}`,
      contextId: this.preloadContext,
    })
  }
  async executeJavaScript(code: string) {
    const { result, exceptionDetails } = await this.cdp('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as unknown
  }
  close() {
    void this.attached
      .catch(() => {})
      .then(() => host.chromium!.send('Target.closeTarget', { targetId: this.targetId }).catch(() => {}))
      .then(() => this.gone())
  }
  forcefullyCrashRenderer() {
    void this.cdp('Page.crash').catch(() => {})
  }
  gone() {
    if (this.destroyed) return
    this.destroyed = true
    all.delete(this.id)
    this.emit('destroyed')
  }
}

export type { WebContents }
export function createWebContents(
  size: { width: number; height: number },
  preload: string | undefined,
  webPreferences: object,
): WebContents {
  const contents = new WebContents(size, preload, webPreferences)
  const proxy = strict('webContents', contents)
  contents.proxy = proxy
  all.set(contents.id, proxy)
  created(proxy)
  return proxy
}
export const webContents = strict('webContents', {
  getAllWebContents: () => [...all.values()],
  fromId: (id: number) => all.get(id),
  fromDevToolsTargetId: (targetId: string) => [...all.values()].find(c => c.targetId === targetId),
  getFocusedWebContents: () => [...all.values()].at(-1) ?? null,
})
export { fetchAny }
