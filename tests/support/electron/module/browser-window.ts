import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Target } from '../chromium/targets.ts'
import { KnownEvents, makeEvent } from '../events.ts'
import { host } from '../host.ts'
import { createWebContents, type WebContents, watchOpened, webContents } from '../page/contents.ts'
import { strict } from '../strict.ts'
import { followDownloads } from './downloads.ts'
import { WindowInChromium } from './window-in-chromium.ts'
import { checkOptions } from './window-options.ts'
import { type Mode, WindowState } from './window-state.ts'

type Options = Electron.BrowserWindowConstructorOptions

const emitted = [
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'minimize',
  'restore',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
  'resize',
  'resized',
  'move',
  'moved',
  'close',
  'closed',
  'page-title-updated',
  // Of the system: a test emits them.
  'unresponsive',
  'responsive',
  'session-end',
  'query-session-end',
]

interface Watch {
  created(window: BrowserWindow): void
  allClosed(): void
}

const windows = new Set<BrowserWindow>()
let lastId = 0
let watch: Watch | undefined

export class BrowserWindow extends KnownEvents {
  /** The harness's own: for `app`. */
  static watch(watcher: Watch): void {
    watch = watcher
  }
  static getAllWindows = () => [...windows]
  static getFocusedWindow = () => [...windows].find(window => window.isFocused()) ?? null
  static fromWebContents = (contents: unknown) => [...windows].find(each => each.webContents === contents) ?? null
  static fromId = (id: number) => [...windows].find(window => window.id === id) ?? null

  readonly id: number
  readonly webContents: WebContents
  private readonly state: WindowState
  private readonly inChromium: WindowInChromium
  private title: string
  private backgroundColor: string
  private shownAs: BrowserWindow = this
  /** The harness's own: what a test reads. */
  progress: { value: number; mode: string } | null = null
  isFlashing = false
  overlay: { image: unknown; description: string } | null = null

  constructor(options: Options = {}, target?: Target) {
    super('BrowserWindow', emitted)
    if (!host.isReady) throw new Error('Cannot create BrowserWindow before app is ready')
    checkOptions(options)
    lastId += 1
    this.id = lastId
    this.state = new WindowState(options)
    this.title = options.title ?? host.name
    this.backgroundColor = options.backgroundColor ?? '#FFFFFF'
    const size = this.state.bounds
    this.webContents = createWebContents({ preferences: options.webPreferences ?? {}, size, ...(target && { target }) })
    this.inChromium = new WindowInChromium(this.webContents)
    void this.inChromium.resize(size).catch(() => {})
    void followDownloads(webContents.fromDevToolsTargetId).catch(() => {})
    this.shownAs = strict('BrowserWindow', this)
    this.begin()
    // biome-ignore lint/correctness/noConstructorReturn: what is made with `new` is strict too.
    return this.shownAs
  }

  private begin(): void {
    windows.add(this.shownAs)
    if (this.state.isVisible) this.state.isFocused = true
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', makeEvent({})))
    this.webContents.once('destroyed', () => this.end())
    this.webContents.on('page-title-updated', (_event, title: string, isExplicit: boolean) => {
      const event = makeEvent({})
      this.emit('page-title-updated', event, title, isExplicit)
      if (!event.defaultPrevented) this.title = title
    })
    setImmediate(() => watch?.created(this.shownAs))
  }

  private end(): void {
    this.state.isDestroyed = true
    windows.delete(this.shownAs)
    this.emit('closed')
    if (windows.size === 0) setImmediate(() => watch?.allClosed())
  }

  loadURL(url: string): Promise<void> {
    const loaded = this.webContents.loadURL(url)
    // As in Electron, nobody has to wait for it.
    loaded.catch(() => {})
    return loaded
  }
  loadFile(path: string, { hash, query = {} }: Electron.LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(resolve(host.appPath, path))
    if (hash) url.hash = hash
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
    return this.loadURL(url.href)
  }
  reload(): void {
    this.webContents.reload()
  }

  close(): void {
    this.closeUnlessPrevented()
  }
  /** @returns false when the program keeps it. */
  closeUnlessPrevented(): boolean {
    const event = makeEvent({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
    return !event.defaultPrevented
  }
  destroy(): void {
    this.webContents.close()
  }
  isDestroyed(): boolean {
    return this.state.isDestroyed
  }

  show(): void {
    this.showInactive()
    this.focus()
  }
  showInactive(): void {
    if (this.state.isVisible) return
    this.state.isVisible = true
    this.emit('show')
  }
  hide(): void {
    if (!this.state.isVisible) return
    this.blur()
    this.state.isVisible = false
    this.emit('hide')
  }
  isVisible(): boolean {
    return this.state.isVisible
  }
  focus(): void {
    if (this.state.isFocused || !this.state.isVisible) return
    BrowserWindow.getFocusedWindow()?.blur()
    this.state.isFocused = true
    this.emit('focus', makeEvent({}))
  }
  blur(): void {
    if (!this.state.isFocused) return
    this.state.isFocused = false
    this.emit('blur', makeEvent({}))
  }
  isFocused(): boolean {
    return this.state.isFocused
  }

  minimize(): void {
    if (this.state.isMinimized) return
    this.blur()
    this.state.isMinimized = true
    this.emit('minimize')
  }
  restore(): void {
    if (!this.state.isMinimized) return
    this.state.isMinimized = false
    this.emit('restore')
    this.focus()
  }
  isMinimized(): boolean {
    return this.state.isMinimized
  }
  maximize(): void {
    this.showInactive()
    this.change('maximized', 'maximize')
  }
  unmaximize(): void {
    if (this.isMaximized()) this.change('normal', 'unmaximize')
  }
  isMaximized(): boolean {
    return this.state.mode === 'maximized'
  }
  setFullScreen(isFull: boolean): void {
    if (isFull) this.change('full-screen', 'enter-full-screen')
    else if (this.isFullScreen()) this.change('normal', 'leave-full-screen')
  }
  isFullScreen(): boolean {
    return this.state.mode === 'full-screen'
  }
  private change(mode: Mode, event: string): void {
    if (this.state.mode === mode) return
    const before = this.state.bounds
    this.state.mode = mode
    this.emit(event)
    this.moved(before)
  }

  getBounds(): Electron.Rectangle {
    return this.state.bounds
  }
  getNormalBounds(): Electron.Rectangle {
    return this.state.normal
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const before = this.state.bounds
    this.state.bounds = bounds
    this.moved(before)
  }
  getSize(): number[] {
    const { width, height } = this.state.bounds
    return [width, height]
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  private moved(before: Electron.Rectangle): void {
    const now = this.state.bounds
    if (now.width !== before.width || now.height !== before.height) this.emit('resize')
    if (now.x !== before.x || now.y !== before.y) this.emit('move')
    void this.inChromium.resize(now).catch(() => {})
  }

  getTitle(): string {
    return this.title
  }
  setTitle(title: string): void {
    this.title = title
  }
  getBackgroundColor(): string {
    return this.backgroundColor
  }
  setBackgroundColor(color: string): void {
    this.backgroundColor = color
  }
  setProgressBar(value: number, { mode = 'normal' }: Partial<Electron.ProgressBarOptions> = {}): void {
    this.progress = value < 0 ? null : { value, mode: value > 1 ? 'indeterminate' : mode }
  }
  setOverlayIcon(image: unknown, description: string): void {
    this.overlay = image === null ? null : { image, description }
  }
  flashFrame(isFlashing: boolean): void {
    this.isFlashing = isFlashing
  }
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setIcon(): void {}
}

/** It has what its opener has. */
watchOpened((opener, target) => {
  const webPreferences = opener.getLastWebPreferences()
  const window = new BrowserWindow({ webPreferences }, target)
  opener.emit('did-create-window', window, { url: '', frameName: '', options: {}, disposition: 'new-window' })
})
