// What of the system the program shows itself in: kept in memory, so that a test can look at it and press it.
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { strict } from './strict.ts'

class NativeImage {
  readonly bytes: Buffer
  isTemplateImage = false
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
  isEmpty() {
    return this.bytes.length === 0
  }
  setTemplateImage(isTemplate: boolean) {
    this.isTemplateImage = isTemplate
  }
  resize() {
    return this
  }
  toPNG() {
    return this.bytes
  }
}

/** As in Electron, a file that is not there makes an empty image and no error. */
export const nativeImage = strict('nativeImage', {
  createEmpty: () => new NativeImage(Buffer.alloc(0)),
  createFromPath: (path: string) => new NativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => new NativeImage(bytes),
})

/** `Tray.all` is the stand-in's own: those that are in the bar now. */
export class Tray extends EventEmitter {
  static readonly all: Tray[] = []
  image: unknown
  toolTip = ''
  menu: unknown = null
  #isDestroyed = false
  constructor(image: unknown) {
    super()
    this.image = image
    Tray.all.push(this)
  }
  setImage(image: unknown) {
    this.image = image
  }
  setToolTip(text: string) {
    this.toolTip = text
  }
  setContextMenu(menu: unknown) {
    this.menu = menu
  }
  popUpContextMenu() {}
  setIgnoreDoubleClickEvents() {}
  isDestroyed() {
    return this.#isDestroyed
  }
  destroy() {
    this.#isDestroyed = true
    const at = Tray.all.indexOf(this)
    if (at >= 0) Tray.all.splice(at, 1)
  }
}

/** `Notification.shown` is the stand-in's own: all that ever were, the last one last. */
export class Notification extends EventEmitter {
  static readonly shown: Notification[] = []
  static isSupported = () => true
  readonly title: string
  readonly body: string
  isClosed = false
  constructor(options: { title?: string; body?: string } = {}) {
    super()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
  }
  show() {
    Notification.shown.push(this)
    this.emit('show')
  }
  close() {
    this.isClosed = true
    this.emit('close')
  }
}

class NativeTheme extends EventEmitter {
  // A private name cannot be written through the proxy of `strict`.
  private source: 'system' | 'light' | 'dark' = 'system'
  get themeSource() {
    return this.source
  }
  set themeSource(source) {
    this.source = source
    this.emit('updated')
  }
  get shouldUseDarkColors() {
    return this.source === 'dark'
  }
}
export const nativeTheme = strict('nativeTheme', new NativeTheme())

const area = { x: 0, y: 0, width: 1920, height: 1080 }
const display = { id: 1, bounds: area, workArea: { ...area, y: 27, height: 1053 }, scaleFactor: 1 }
export const screen = strict(
  'screen',
  Object.assign(new EventEmitter(), {
    getAllDisplays: () => [display],
    getPrimaryDisplay: () => display,
    getDisplayMatching: () => display,
  }),
)

export const powerMonitor = strict('powerMonitor', new EventEmitter())

const blockers = new Set<number>()
let lastBlocker = 0
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start() {
    lastBlocker += 1
    blockers.add(lastBlocker)
    return lastBlocker
  },
  stop: (id: number) => blockers.delete(id),
  isStarted: (id: number) => blockers.has(id),
})

/** It hides nothing, and says so as Electron on Linux does without a keychain: a program may not rely on it. */
export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => true,
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'basic_text',
  encryptStringAsync: async (text: string) => Buffer.from(text),
  decryptStringAsync: async (bytes: Buffer) => ({ result: bytes.toString(), shouldReEncrypt: false }),
})
