import { EventEmitter } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { host } from './host.ts'
import { strict } from './strict.ts'
import { createWebContents, makeEvent, type WebContents } from './web-contents.ts'

const windows = new Set<BrowserWindow>()
let lastId = 0

export class BrowserWindow extends EventEmitter {
  static onAllClosed = () => {}
  static onCreated = (_window: BrowserWindow) => {}
  static getAllWindows = () => [...windows]
  static getFocusedWindow = () => [...windows].at(-1) ?? null
  static fromWebContents = (contents: unknown) => [...windows].find(w => w.webContents === contents) ?? null
  static fromId = (id: number) => [...windows].find(w => w.id === id) ?? null

  readonly id = ++lastId
  readonly webContents!: WebContents
  private bounds = { x: 0, y: 0, width: 800, height: 600 }
  private state = {
    visible: true,
    focused: true,
    minimized: false,
    maximized: false,
    fullScreen: false,
    destroyed: false,
    title: host.name,
  }

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (!host.isReady) throw new Error('Cannot create BrowserWindow before app is ready')
    const {
      contextIsolation = true,
      sandbox = true,
      nodeIntegration = false,
      preload,
      ...rest
    } = options.webPreferences ?? {}
    if (!contextIsolation || !sandbox || nodeIntegration)
      throw new Error('electron harness: only contextIsolation + sandbox without nodeIntegration is supported')
    if (
      Object.keys(rest).some(
        key => !['devTools', 'spellcheck', 'webSecurity', 'backgroundThrottling', 'navigateOnDragDrop'].includes(key),
      )
    )
      throw new Error(`electron harness: webPreferences not supported: ${Object.keys(rest)}`)
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.bounds = { x, y, width, height }
    this.state.visible = options.show !== false
    const self = strict('BrowserWindow', this)
    this.webContents = createWebContents({ width, height }, preload, options.webPreferences ?? {})
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', makeEvent({})))
    this.webContents.once('destroyed', () => {
      this.state.destroyed = true
      windows.delete(self)
      this.emit('closed')
      if (windows.size === 0) setImmediate(() => BrowserWindow.onAllClosed())
    })
    windows.add(self)
    setImmediate(() => BrowserWindow.onCreated(self))
    return self
  }
  loadURL(url: string) {
    return this.webContents.loadURL(url)
  }
  loadFile(path: string, options: Electron.LoadFileOptions = {}) {
    const url = pathToFileURL(resolve(host.appPath, path))
    if (options.hash) url.hash = options.hash
    for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value)
    return this.webContents.loadURL(url.href)
  }
  reload() {
    this.webContents.reload()
  }
  /** False when a 'close' listener prevented it. */
  close(): boolean {
    const event = makeEvent({})
    this.emit('close', event)
    if (event.defaultPrevented) return false
    this.webContents.close()
    return true
  }
  destroy() {
    this.webContents.close()
  }
  isDestroyed() {
    return this.state.destroyed
  }
  show() {
    this.state.visible = true
    this.emit('show')
    this.focus()
  }
  showInactive() {
    this.state.visible = true
    this.emit('show')
  }
  hide() {
    this.state.visible = false
    this.emit('hide')
    this.blur()
  }
  isVisible() {
    return this.state.visible
  }
  focus() {
    this.state.focused = true
    this.emit('focus')
  }
  blur() {
    this.state.focused = false
    this.emit('blur')
  }
  isFocused() {
    return this.state.visible && this.state.focused
  }
  minimize() {
    this.state.minimized = true
    this.emit('minimize')
  }
  isMinimized() {
    return this.state.minimized
  }
  maximize() {
    this.state.maximized = true
    this.emit('maximize')
  }
  unmaximize() {
    this.state.maximized = false
    this.emit('unmaximize')
  }
  isMaximized() {
    return this.state.maximized
  }
  isFullScreen() {
    return this.state.fullScreen
  }
  setFullScreen(isFull: boolean) {
    this.state.fullScreen = isFull
    this.emit(isFull ? 'enter-full-screen' : 'leave-full-screen')
  }
  getNormalBounds() {
    return this.getBounds()
  }
  setBackgroundColor() {}
  setProgressBar() {}
  setOverlayIcon() {}
  flashFrame() {}
  setAutoHideMenuBar() {}
  restore() {
    this.state.minimized = false
    this.emit('restore')
  }
  getBounds() {
    return { ...this.bounds }
  }
  setBounds(bounds: Partial<Electron.Rectangle>) {
    const before = this.bounds
    this.bounds = { ...before, ...bounds }
    if (this.bounds.width !== before.width || this.bounds.height !== before.height) this.emit('resize')
    if (this.bounds.x !== before.x || this.bounds.y !== before.y) this.emit('move')
  }
  getTitle() {
    return this.state.title
  }
  setTitle(title: string) {
    this.state.title = title
  }
  setMenuBarVisibility() {}
  removeMenu() {}
}
