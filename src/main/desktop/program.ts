import { join } from 'node:path'
import { app, safeStorage, session } from 'electron'
import type { Host } from '../../shared/host.ts'
import { openSecretStore } from '../accounts/index.ts'
import { type AppEvent, createCalls, type ServerParts } from '../server/index.ts'
import { developmentAddress, pageAddress } from './addresses.ts'
import { answerPage } from './bridge.ts'
import { guardPages, guardSession, openOutside } from './guards.ts'
import { createHost } from './host.ts'
import { report } from './log.ts'
import { createMainWindow } from './main-window.ts'
import { openPatiently } from './opening.ts'
import { libraryFolderOf, openProgramState } from './program-state.ts'
import { serveSchemes } from './protocols.ts'
import { endWell } from './quit.ts'

/** The program without its window, as app.ts makes it. */
export interface Core {
  serverParts: ServerParts
  subscribe: ServerParts['subscribe']
  /** Tells whoever listens. */
  say(event: AppEvent): void
  start(): Promise<void>
  stop(): Promise<void>
}

export interface CoreParts {
  libraryFolder: string
  /** There or not. */
  samplesFolder: string
  openBrowser(url: string): Promise<void>
  openSecrets: typeof openSecretStore
  host: Host
  report(error: unknown): void
}

export interface DesktopParts {
  /** With `out` and `resources` in it. */
  programFolder: string
  openCore(parts: CoreParts): Promise<Core>
  restoreLibrary(libraryFolder: string): Promise<void>
}

/**
 * Puts the window and the core together. The window is opened first and draws itself while the library is opened; what its
 * page asks until then waits.
 */
export function runProgram(
  { programFolder, openCore, restoreLibrary }: DesktopParts,
  fail: (error: unknown) => void,
): void {
  const state = openProgramState(join(app.getPath('userData'), 'program.json'), report)
  const address = pageAddress(app.isPackaged)
  const core = Promise.withResolvers<Core>()
  const served = core.promise.then(({ serverParts }) => serverParts)
  const calls = served.then(({ handlers }) => createCalls(handlers, report))
  let running: Core | null = null

  guardSession(session.defaultSession, developmentAddress(app.isPackaged) !== undefined)
  guardPages(address, report)
  serveSchemes({
    pageFolder: join(programFolder, 'out/renderer'),
    pictures: served.then(({ pictures }) => pictures),
    report,
  })
  answerPage(async (name, input) => (await calls)(name, input), address)

  const iconPath = join(programFolder, 'out/icons/256.png')
  const window = createMainWindow({ state, address, iconPath, report }, () => {})
  const host = createHost({ state, window })
  const { isEnding } = endWell({ hide: window.hide, stop: async () => running?.stop(), report })
  app.on('second-instance', window.show)
  app.on('activate', window.show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !isEnding()) app.quit()
  })
  window.show()

  const resources = app.isPackaged ? process.resourcesPath : join(programFolder, 'resources')
  const desktop = { encryption: safeStorage, path: join(app.getPath('userData'), 'secrets.json') }
  const fixed = {
    samplesFolder: join(resources, 'samples'),
    openBrowser: openOutside,
    openSecrets: (options = {}) => openSecretStore({ ...options, desktop }),
    host,
    report,
  }
  openPatiently({
    libraryFolder: () => libraryFolderOf(state),
    choose: libraryFolder => state.set({ libraryFolder }),
    restore: restoreLibrary,
    open: libraryFolder => openCore({ libraryFolder, ...fixed }),
    report,
  })
    .then(async opened => {
      if (!opened) return app.quit()
      running = opened
      opened.subscribe(window.tell)
      core.resolve(opened)
      await opened.start()
    })
    .catch(fail)
}
