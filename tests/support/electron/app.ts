import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowserWindow } from './browser-window.ts'
import { host } from './host.ts'
import { strict } from './strict.ts'
import { makeEvent, watchWebContents } from './web-contents.ts'

const paths = new Map<string, string>()
const emitter = new EventEmitter()
let badgeCount = 0
let opensAtLogin = false
const protocolClients = new Set<string>()
let quitting = false
export const isQuitting = () => quitting

function lockFile() {
  return join(app.getPath('userData'), 'SingletonLock.json')
}
function alive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
let holdsLock = false
let handover: Promise<unknown> | undefined

async function finish(code: number) {
  emitter.emit('quit', makeEvent({}), code)
  if (holdsLock) rmSync(lockFile(), { force: true })
  await handover
  const chromium = host.chromium
  if (chromium) {
    void chromium.send('Browser.close').catch(() => {})
    await Promise.race([chromium.exited, new Promise(r => setTimeout(r, 2000))])
  }
  process.exit(code)
}

export const app = strict(
  'app',
  Object.assign(emitter, {
    isPackaged: false,
    commandLine: strict('app.commandLine', {
      appendSwitch(name: string, value = '') {
        host.switches.set(name.replace(/^--/, ''), value)
      },
      hasSwitch: (name: string) => host.switches.has(name),
      getSwitchValue: (name: string) => host.switches.get(name) ?? '',
      appendArgument() {},
      removeSwitch(name: string) {
        host.switches.delete(name)
      },
    } satisfies Electron.CommandLine),
    whenReady: (): Promise<void> => host.ready.promise,
    isReady: () => host.isReady,
    getName: () => host.name,
    setName(name: string) {
      host.name = name
    },
    getVersion: () => host.version,
    getAppPath: () => host.appPath,
    getLocale: () => 'en-US',
    setAppUserModelId() {},
    enableSandbox() {},
    setAboutPanelOptions() {},
    showAboutPanel() {
      console.error('[harness] app.showAboutPanel')
    },
    setBadgeCount(count = 0) {
      badgeCount = count
      return true
    },
    getBadgeCount: () => badgeCount,
    setLoginItemSettings(settings: Electron.Settings) {
      opensAtLogin = settings.openAtLogin ?? false
    },
    getLoginItemSettings: () => ({ openAtLogin: opensAtLogin }) as Electron.LoginItemSettings,
    setAsDefaultProtocolClient(scheme: string) {
      protocolClients.add(scheme)
      return true
    },
    removeAsDefaultProtocolClient: (scheme: string) => protocolClients.delete(scheme),
    isDefaultProtocolClient: (scheme: string) => protocolClients.has(scheme),
    // There is a dock on macOS alone.
    dock: undefined,
    getPath(name: string): string {
      const set = paths.get(name)
      if (set) return set
      const config = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
      switch (name) {
        case 'home':
          return homedir()
        case 'appData':
          return config
        case 'userData':
        case 'sessionData':
          return host.switches.get('user-data-dir') ?? join(config, host.name)
        case 'temp':
          return tmpdir()
        case 'logs':
          return join(app.getPath('userData'), 'logs')
        case 'exe':
          return process.execPath
        case 'downloads':
        case 'documents':
        case 'pictures':
        case 'videos':
        case 'music':
        case 'desktop':
          return join(homedir(), name[0]!.toUpperCase() + name.slice(1))
        default:
          throw new Error(`Failed to get '${name}' path`)
      }
    },
    setPath(name: string, path: string) {
      paths.set(name, path)
    },
    /** A lock file answers at once, as Electron does; a socket carries the second instance's arguments over. */
    requestSingleInstanceLock(data?: Record<any, any>): boolean {
      if (holdsLock) return true
      mkdirSync(app.getPath('userData'), { recursive: true })
      const socket = join(tmpdir(), `electron-harness-${process.pid}.sock`)
      const mine = JSON.stringify({ pid: process.pid, socket })
      for (;;) {
        try {
          writeFileSync(lockFile(), mine, { flag: 'wx' })
          break
        } catch {
          const other = JSON.parse(existsSync(lockFile()) ? readFileSync(lockFile(), 'utf8') : '{"pid":0}') as {
            pid: number
            socket: string
          }
          if (!alive(other.pid) || other.pid === 0) {
            rmSync(lockFile(), { force: true })
            continue
          }
          const text = JSON.stringify({ argv: process.argv, cwd: process.cwd(), data: data ?? null })
          handover = new Promise(resolve =>
            createConnection(other.socket).on('error', resolve).on('close', resolve).end(text),
          )
          return false
        }
      }
      holdsLock = true
      const server = createServer(connection => {
        let text = ''
        connection
          .on('data', d => {
            text += d
          })
          .on('end', () => {
            const m = JSON.parse(text)
            emitter.emit('second-instance', makeEvent({}), m.argv, m.cwd, m.data)
          })
      }).listen(socket)
      server.unref()
      process.on('exit', () => {
        rmSync(socket, { force: true })
        rmSync(lockFile(), { force: true })
      })
      return true
    },
    hasSingleInstanceLock: () => holdsLock,
    releaseSingleInstanceLock() {
      if (holdsLock) {
        holdsLock = false
        rmSync(lockFile(), { force: true })
      }
    },
    focus() {},
    /** before-quit, then every window's close, then will-quit, then quit: each of the first three may prevent it. */
    quit() {
      const event = makeEvent({})
      emitter.emit('before-quit', event)
      if (event.defaultPrevented || quitting) return
      quitting = true
      void (async () => {
        for (const window of BrowserWindow.getAllWindows()) {
          const closed = new Promise<void>(resolve => window.once('closed', () => resolve()))
          if (!window.close()) {
            quitting = false
            return
          }
          await closed
        }
        const last = makeEvent({})
        emitter.emit('will-quit', last)
        if (last.defaultPrevented) {
          quitting = false
          return
        }
        await finish(0)
      })()
    },
    exit(code = 0) {
      quitting = true
      void finish(code)
    },
    /** It would be nobody's: a test reads that it was asked for. */
    relaunch() {
      console.error('[harness] app.relaunch')
    },
  } satisfies Partial<Electron.App>),
)
Object.defineProperty(app, 'name', {
  get: () => host.name,
  set(name: string) {
    host.name = name
  },
})

watchWebContents(contents => {
  emitter.emit('web-contents-created', makeEvent({}), contents)
})
BrowserWindow.onAllClosed = () => {
  if (quitting) return
  if (!emitter.emit('window-all-closed')) app.quit()
}
BrowserWindow.onCreated = window => {
  emitter.emit('browser-window-created', makeEvent({}), window)
}
