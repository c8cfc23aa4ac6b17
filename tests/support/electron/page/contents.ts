import { closeTarget, createTarget, type Size, type Target, watchTargets } from '../chromium/targets.ts'
import { KnownEvents, makeEvent } from '../events.ts'
import { watchPages } from '../module/permissions.ts'
import { defaultSession } from '../module/session.ts'
import { strict } from '../strict.ts'
import type { Owner, WindowOpenHandler } from './owner.ts'
import { Page } from './page.ts'
import { factorOf, levelOf } from './zoom.ts'

const emitted = [
  'did-start-loading',
  'did-stop-loading',
  'did-finish-load',
  'did-fail-load',
  'did-navigate',
  'did-navigate-in-page',
  'dom-ready',
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'did-create-window',
  'page-title-updated',
  'console-message',
  'ipc-message',
  'preload-error',
  'render-process-gone',
  'destroyed',
  // There is no <webview> and no system: these never come, or a test emits them.
  'will-attach-webview',
  'unresponsive',
  'responsive',
  'zoom-changed',
]

const all = new Map<number, WebContents>()
const byTarget = new Map<string, WebContents>()
let lastId = 0

export interface ContentsPlan {
  preferences: Electron.WebPreferences
  size: Size
  /** A page that has been opened by another. Undefined: a new one. */
  target?: Target
}

export class WebContents extends KnownEvents implements Owner {
  readonly id: number
  readonly session = defaultSession
  shown = this as unknown as Electron.WebContents
  windowOpenHandler: WindowOpenHandler | undefined
  private readonly plan: ContentsPlan
  private readonly attached: Promise<Page>
  private page: Page | undefined
  private title = ''
  private isGone = false
  private level: number

  constructor(plan: ContentsPlan) {
    super('webContents', emitted)
    lastId += 1
    this.id = lastId
    this.plan = plan
    this.level = levelOf(plan.preferences.zoomFactor ?? 1)
    this.attached = this.attach()
    this.attached.catch(error => this.isGone || console.error('[harness]', error))
  }

  private async attach(): Promise<Page> {
    const { target = await createTarget(this.plan.size), preferences, size } = this.plan
    byTarget.set(target.id, this)
    this.page = new Page({ target, owner: this, preferences, size })
    this.page.zoom.level = this.level
    await this.page.equip()
    if (this.isGone) await closeTarget(target.id)
    return this.page
  }

  async loadURL(url: string): Promise<void> {
    await (await this.attached).navigation.load(url)
  }
  reload(): void {
    this.page?.reload()
  }
  send(channel: string, ...args: unknown[]): void {
    this.page?.preload.send(channel, args)
  }
  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return (await this.attached).evaluate(code, userGesture)
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler
  }
  get mainFrame() {
    return this.page?.frames.main.shown ?? null
  }
  getURL(): string {
    return this.page?.frames.main.url ?? ''
  }
  getTitle(): string {
    return this.title
  }
  getType = () => 'window' as const
  isDestroyed(): boolean {
    return this.isGone
  }
  isLoading(): boolean {
    return this.page?.navigation.isLoading ?? false
  }
  isLoadingMainFrame(): boolean {
    return this.isLoading()
  }
  isCrashed(): boolean {
    return this.page?.isCrashed ?? false
  }
  forcefullyCrashRenderer(): void {
    this.page?.crash()
  }

  get zoomLevel(): number {
    return this.level
  }
  set zoomLevel(level: number) {
    this.level = level
    if (this.page) this.page.zoom.level = level
  }
  get zoomFactor(): number {
    return factorOf(this.level)
  }
  set zoomFactor(factor: number) {
    this.zoomLevel = levelOf(factor)
  }
  getZoomLevel(): number {
    return this.level
  }
  setZoomLevel(level: number): void {
    this.zoomLevel = level
  }
  getZoomFactor(): number {
    return this.zoomFactor
  }
  setZoomFactor(factor: number): void {
    this.zoomFactor = factor
  }

  /** Electron has it, and does not say so. */
  getLastWebPreferences(): Electron.WebPreferences {
    const { preferences } = this.plan
    return { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, ...preferences }
  }
  /** Nobody would look at them. */
  openDevTools(): void {}
  closeDevTools(): void {}
  toggleDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false
  }
  focus(): void {}
  close(): void {
    if (this.page) void closeTarget(this.page.target.id)
    this.gone()
  }

  /** The harness's own, below: what a window does with its page. */
  resize(size: Size): void {
    this.page?.zoom.resize(size)
  }
  whenAttached(): Promise<Target> {
    return this.attached.then(({ target }) => target)
  }
  gone(): void {
    if (this.isGone) return
    this.isGone = true
    all.delete(this.id)
    this.emit('destroyed')
  }
  titled(title: string): void {
    if (title === this.title) return
    this.title = title
    this.emit('page-title-updated', makeEvent({}), title, true)
  }
}

let created: (contents: WebContents) => void = () => {}
let opened: (opener: WebContents, target: Target) => void = () => {}

export const watchWebContents = (listener: typeof created): void => {
  created = listener
}
/** Pages that pages open by themselves. */
export const watchOpened = (listener: typeof opened): void => {
  opened = listener
}

export function createWebContents(plan: ContentsPlan): WebContents {
  const contents = new WebContents(plan)
  const shown = strict('webContents', contents)
  contents.shown = shown as unknown as Electron.WebContents
  all.set(contents.id, shown)
  created(shown)
  return shown
}

watchTargets({
  opened(openerId, target) {
    const opener = byTarget.get(openerId)
    if (opener) opened(opener, target)
  },
  gone: id => byTarget.get(id)?.gone(),
})

export const webContents = strict('webContents', {
  getAllWebContents: () => [...all.values()],
  fromId: (id: number) => all.get(id),
  fromDevToolsTargetId: (id: string) => all.get(byTarget.get(id)?.id ?? 0),
  getFocusedWebContents: () => [...all.values()].at(-1) ?? null,
})

watchPages(() => [...all.values()].map(({ shown }) => shown))
