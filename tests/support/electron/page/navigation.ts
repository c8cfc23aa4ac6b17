import { fromWeb, schemeOf, toWeb } from '../chromium/addresses.ts'
import type { Session } from '../chromium/pipe.ts'
import { makeEvent } from '../events.ts'
import { host } from '../host.ts'
import type { Frames } from './frames.ts'
import { loadError, netError } from './net-errors.ts'
import type { Owner } from './owner.ts'

const withoutHash = (url: string) => url.replace(/#.*$/, '')

/** Where the page goes: because the program says so, or by itself if the program lets it. */
export class Navigation {
  readonly #session: Session
  readonly #frames: Frames
  readonly #owner: Owner
  /** What the program loads: it is not asked about that. */
  #expected: string | undefined
  /** Chromium says it twice, to who asked and to who watches. */
  #failedUrl: string | undefined
  isLoading = false

  constructor(session: Session, frames: Frames, owner: Owner) {
    this.#session = session
    this.#frames = frames
    this.#owner = owner
  }

  async load(url: string): Promise<void> {
    const loaded = this.#nextLoad(url)
    // It may fail while something else is waited for.
    loaded.catch(() => {})
    this.#failedUrl = undefined
    const web = toWeb(url)
    if (web === url && !/^(https?|file|data|about|blob|chrome):/.test(url)) this.#fail('ERR_UNKNOWN_URL_SCHEME', url)
    else {
      this.#begin(web)
      const { errorText } = await this.#session.send('Page.navigate', { url: web })
      if (errorText) this.#fail(errorText, url)
    }
    await loaded
  }

  reload(isCrashed: boolean): void {
    const url = toWeb(this.#frames.main.url)
    this.#begin(url)
    // What has crashed has nothing to load again.
    const reloaded = isCrashed ? this.#session.send('Page.navigate', { url }) : this.#session.send('Page.reload')
    reloaded.catch(() => {})
  }

  /** Asks the program, as the page would go there by itself. */
  mayGo(url: string, frameId: string): boolean {
    const isMainFrame = this.#frames.isMain(frameId)
    if (isMainFrame) this.#failedUrl = undefined
    if (isMainFrame && this.#expected === toWeb(url)) {
      this.#expected = undefined
      return true
    }
    return this.#ask('will-frame-navigate', url, frameId) && (!isMainFrame || this.#ask('will-navigate', url, frameId))
  }

  mayBeRedirected = (url: string, frameId: string): boolean => this.#ask('will-redirect', url, frameId)

  follow(): void {
    const session = this.#session
    // Not when the page asks for it: then Chromium's own attempt would come after ours, and end it.
    session.on('Page.frameStartedNavigating', ({ frameId, url }) => {
      if (toWeb(url) !== url) void this.#goOn(url, frameId)
    })
    session.on('Page.frameStartedLoading', ({ frameId }) => this.#frames.isMain(frameId) && this.#setLoading(true))
    session.on('Page.frameStoppedLoading', ({ frameId }) => this.#frames.isMain(frameId) && this.#setLoading(false))
    session.on('Page.frameNavigated', ({ frame }) => {
      if (!frame.parentId && !frame.unreachableUrl) this.#emit('did-navigate', this.#frames.main.url, 200, 'OK')
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) =>
      this.#emit('did-navigate-in-page', fromWeb(url), this.#frames.isMain(frameId), 1, 1),
    )
    session.on('Page.domContentEventFired', () => this.#emit('dom-ready'))
    session.on('Page.loadEventFired', () => this.#finished())
  }

  /** A document did not come. */
  failed(errorText: string, url: string, frameId: string): void {
    this.#fail(errorText, url, this.#frames.isMain(frameId))
  }

  /** Chromium would ask the system who knows the scheme; in Electron it is the program's own. */
  async #goOn(url: string, frameId: string): Promise<void> {
    if (!host.answers.has(schemeOf(url)) || !this.mayGo(url, frameId)) return
    if (this.#frames.isMain(frameId)) this.#begin(toWeb(url))
    await this.#session.send('Page.navigate', { url: toWeb(url), frameId }).catch(() => {})
  }

  #begin(web: string): void {
    this.#expected = withoutHash(web)
    this.#setLoading(true)
  }

  #setLoading(isLoading: boolean): void {
    if (this.isLoading === isLoading) return
    this.isLoading = isLoading
    this.#emit(isLoading ? 'did-start-loading' : 'did-stop-loading')
  }

  #finished(): void {
    if (this.#frames.main.url === 'about:blank' || this.#frames.main.url === '') return
    this.#setLoading(false)
    this.#emit('did-finish-load')
  }

  #fail(errorText: string, url: string, isMainFrame = true): void {
    if (isMainFrame && this.#failedUrl === url) return
    if (isMainFrame) this.#failedUrl = url
    const { name, number } = netError(errorText)
    this.#emit('did-fail-load', number, name, url, isMainFrame, 1, 1)
  }

  #nextLoad(url: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    // The page before this one may finish meanwhile.
    let hasCome = false
    const come = () => {
      hasCome = true
    }
    const finish = () => hasCome && end(resolve)
    const within = () => end(resolve)
    const fail = (_event: unknown, number: number, name: string, failedUrl: string, isMainFrame: boolean) => {
      if (isMainFrame) end(() => reject(loadError({ name, number }, failedUrl || url)))
    }
    const gone = () => end(() => reject(loadError(netError('ERR_FAILED'), url)))
    const end = (settle: () => void) => {
      for (const [name, listener] of listeners) this.#owner.off(name, listener)
      settle()
    }
    const listeners = [
      ['did-navigate', come],
      ['did-navigate-in-page', within],
      ['did-finish-load', finish],
      ['did-fail-load', fail],
      ['destroyed', gone],
    ] as const
    for (const [name, listener] of listeners) this.#owner.on(name, listener)
    return promise
  }

  #ask(name: string, url: string, frameId: string): boolean {
    const isMainFrame = this.#frames.isMain(frameId)
    const [frame, initiator] = [this.#frames.shown(frameId), this.#frames.main.shown]
    const event = makeEvent({ url, isSameDocument: false, isMainFrame, frame, initiator })
    this.#owner.emit(name, event, url, false, isMainFrame, 1, 1)
    return !event.defaultPrevented
  }

  #emit(name: string, ...details: unknown[]): void {
    this.#owner.emit(name, makeEvent({}), ...details)
  }
}
