import { KnownEvents, makeEvent } from '../events.ts'
import { host, say } from '../host.ts'
import { watchWebContents } from '../page/contents.ts'
import { strict } from '../strict.ts'
import { getPath, setPath } from './app-paths.ts'
import { appSystem } from './app-system.ts'
import { BrowserWindow } from './browser-window.ts'
import { isQuitting, leave, setQuitting } from './quitting.ts'
import { SingleInstance } from './single-instance.ts'

const events = new KnownEvents('app', [
  'ready',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'second-instance',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'web-contents-created',
  'render-process-gone',
  // Of the system: a test emits them.
  'activate',
  'open-file',
  'open-url',
  'child-process-gone',
])

const singleInstance = new SingleInstance(
  () => getPath('userData'),
  ({ argv, workingFolder, data }) => events.emit('second-instance', makeEvent({}), argv, workingFolder, data),
)

const commandLine = strict('app.commandLine', {
  appendSwitch: (name: string, value = '') => void host.switches.set(name.replace(/^--/, ''), value),
  hasSwitch: (name: string) => host.switches.has(name),
  getSwitchValue: (name: string) => host.switches.get(name) ?? '',
  removeSwitch: (name: string) => void host.switches.delete(name),
  appendArgument: (word: string) => say('app.commandLine.appendArgument: left out', word),
})

/** One after the other, as Electron does. @returns false when one of them stays. */
async function closeWindows(): Promise<boolean> {
  for (const window of BrowserWindow.getAllWindows()) {
    const closed = new Promise<void>(resolve => window.once('closed', () => resolve()))
    if (!window.closeUnlessPrevented()) return false
    await closed
  }
  return true
}

function isPrevented(event: 'before-quit' | 'will-quit'): boolean {
  const asked = makeEvent({})
  events.emit(event, asked)
  return asked.defaultPrevented
}

async function quit(): Promise<void> {
  if (isPrevented('before-quit') || isQuitting()) return
  setQuitting(true)
  if ((await closeWindows()) && !isPrevented('will-quit')) exit(0)
  else setQuitting(false)
}

function exit(code = 0): void {
  setQuitting(true)
  events.emit('quit', makeEvent({}), code)
  singleInstance.release()
  void leave(code)
}

const own = {
  ...appSystem,
  commandLine,
  getPath,
  setPath,
  isPackaged: false,
  whenReady: () => host.ready.promise,
  isReady: () => host.isReady,
  getName: () => host.name,
  setName(name: string) {
    host.name = name
  },
  getVersion: () => host.version,
  getAppPath: () => host.appPath,
  getLocale: () => 'en-US',
  getPreferredSystemLanguages: () => ['en-US'],
  /** Every page has the sandbox here: other windows are refused. */
  enableSandbox() {},
  requestSingleInstanceLock: (data?: unknown) => singleInstance.request(data),
  hasSingleInstanceLock: () => singleInstance.isHeld,
  releaseSingleInstanceLock: () => singleInstance.release(),
  focus() {},
  hide() {},
  quit: () => void quit(),
  exit,
  /** What would be started is nobody's: it is said, and a test reads it. */
  relaunch: (options?: Electron.RelaunchOptions) =>
    say('app.relaunch', JSON.stringify(options?.args ?? process.argv.slice(1))),
} satisfies Partial<Electron.App>

export const app = strict('app', Object.assign(events, own), process.platform === 'darwin' ? [] : ['dock'])
Object.defineProperty(app, 'name', { get: own.getName, set: own.setName })

watchWebContents(contents => {
  events.emit('web-contents-created', makeEvent({}), contents)
  contents.on('render-process-gone', (_event, details) =>
    events.emit('render-process-gone', makeEvent({}), contents, details),
  )
})
BrowserWindow.watch({
  created(window) {
    events.emit('browser-window-created', makeEvent({}), window)
    window.on('focus', () => events.emit('browser-window-focus', makeEvent({}), window))
    window.on('blur', () => events.emit('browser-window-blur', makeEvent({}), window))
  },
  allClosed() {
    if (!isQuitting() && !events.emit('window-all-closed')) app.quit()
  },
})
