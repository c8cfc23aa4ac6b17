import { KnownEvents } from '../events.ts'
import { strict } from '../strict.ts'

type Theme = Electron.NativeTheme['themeSource']

class NativeTheme extends KnownEvents {
  /** What the system prefers: light. */
  private source: Theme = 'system'

  get themeSource(): Theme {
    return this.source
  }
  set themeSource(source: Theme) {
    if (source === this.source) return
    this.source = source
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'dark'
  }
}
export const nativeTheme = strict('nativeTheme', new NativeTheme('nativeTheme', ['updated']))

const whole = { x: 0, y: 0, width: 1920, height: 1080 }
const barHeight = 27
export const display = {
  id: 1,
  label: 'harness',
  bounds: whole,
  size: { width: whole.width, height: whole.height },
  workArea: { ...whole, y: barHeight, height: whole.height - barHeight },
  workAreaSize: { width: whole.width, height: whole.height - barHeight },
  scaleFactor: 1,
}

const screenEvents = new KnownEvents('screen', ['display-added', 'display-removed', 'display-metrics-changed'])
export const screen = strict(
  'screen',
  Object.assign(screenEvents, {
    getAllDisplays: () => [display],
    getPrimaryDisplay: () => display,
    getDisplayMatching: () => display,
    getDisplayNearestPoint: () => display,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  }),
)

/** Of the system: a test emits them. */
const powerEvents = ['suspend', 'resume', 'shutdown', 'lock-screen', 'unlock-screen', 'on-ac', 'on-battery']
export const powerMonitor = strict('powerMonitor', new KnownEvents('powerMonitor', powerEvents))

const blockers = new Set<number>()
let lastBlocker = 0
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep') {
    if (!/^prevent-(app-suspension|display-sleep)$/.test(type)) throw new TypeError(`Unknown type: ${type}`)
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
  getSelectedStorageBackend: () => 'basic_text' as const,
  encryptStringAsync: async (text: string) => Buffer.from(text),
  decryptStringAsync: async (bytes: Buffer) => ({ result: bytes.toString(), shouldReEncrypt: false }),
} satisfies Partial<Electron.SafeStorage>)
