import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { app, nativeTheme, safeStorage, session, utilityProcess } from 'electron'
import { openSecretStore } from '../accounts/index.ts'
import { createCalls, type ServerParts } from '../server/index.ts'
import { createActions, explain } from './actions.ts'
import { developmentAddress, pageAddress } from './addresses.ts'
import { answerPage } from './bridge.ts'
import { isTrayShown } from './closing.ts'
import type { Core, CoreParts } from './core.ts'
import { createCoreLife } from './core-life.ts'
import { decodingBeside } from './decoding.ts'
import { createFollower } from './follow.ts'
import { guardPages, guardSession, openOutside } from './guards.ts'
import { createHost } from './host.ts'
import { createBrowserDoor } from './in-browser.ts'
import { linkScheme } from './links.ts'
import { report } from './log.ts'
import { createStartAtLogin } from './login.ts'
import { createMainWindow } from './main-window.ts'
import { setMenu } from './menu.ts'
import type { Opened } from './opened.ts'
import { createPresence } from './presence.ts'
import { libraryFolderOf, openProgramState } from './program-state.ts'
import { serveSchemes } from './protocols.ts'
import { endWell } from './quit.ts'
import { createUpdates } from './updates.ts'
import { decideOnClose } from './window-closing.ts'

export interface DesktopParts {
  /** With `out` and `resources` in it. */
  programFolder: string
  openCore(parts: CoreParts): Promise<Core>
  restoreLibrary(libraryFolder: string): Promise<void>
}

/**
 * Puts the window, its place in the system and the core together. The window is opened first and draws itself while the
 * library is opened; what its page asks until then waits.
 */
export function runProgram(
  { programFolder, openCore, restoreLibrary }: DesktopParts,
  opened: Opened,
  fail: (error: unknown) => void,
): void {
  const state = openProgramState(join(app.getPath('userData'), 'program.json'), report)
  const address = pageAddress(app.isPackaged)
  const iconsFolder = join(programFolder, 'out/icons')
  const iconPath = join(iconsFolder, '256.png')
  const resources = app.isPackaged ? process.resourcesPath : join(programFolder, 'resources')
  const imaging = decodingBeside({
    platform: process.platform,
    resourcesFolder: app.isPackaged ? process.resourcesPath : null,
    forkUtility: (...given) => utilityProcess.fork(...given),
  })
  const desktop = { encryption: safeStorage, path: join(app.getPath('userData'), 'secrets.json') }

  // What the program is made of.
  const life = createCoreLife({
    libraryFolder: () => libraryFolderOf(state),
    choose: libraryFolder => state.set({ libraryFolder }),
    restore: restoreLibrary,
    open: libraryFolder =>
      openCore({
        libraryFolder,
        samplesFolder: join(resources, 'samples'),
        openBrowser: openOutside,
        openSecrets: (options = {}) => openSecretStore({ ...options, desktop }),
        imaging,
        host,
        report,
      }),
    opened(core) {
      core.subscribe(window.tell)
      return presence.follow(core)
    },
    isEnding: () => ending.isEnding(),
    report,
  })
  const served = life.open.then(({ serverParts }) => serverParts)
  const browserDoor = createBrowserDoor(served)
  const window = createMainWindow({ state, address, iconPath, report }, shown => {
    decideOnClose(shown, {
      state,
      workUnderWay: presence.workUnderWay,
      isEnding: ending.isEnding,
      hide() {
        window.hide()
        // One that was not seen yet says nothing of it.
        presence.rearrange()
      },
      quit: () => app.quit(),
      changed: preferencesChanged,
      report,
    })
    presence.dress(shown)
    shown.on('show', presence.rearrange).on('hide', presence.rearrange).on('closed', presence.rearrange)
  })
  const updates = createUpdates({
    channel: state.preferences.updateChannel,
    isPackaged: app.isPackaged,
    resourcesFolder: process.resourcesPath,
    say: preferencesChanged,
    report,
    quit: () => app.quit(),
    onQuit: handler => app.once('quit', (_event, exitCode) => handler(exitCode)),
  })
  const actions = createActions({ state, window, core: life.open, browserDoor, updates })
  const presence = createPresence({
    iconsFolder,
    // What the environment says goes before what is chosen.
    menu: setMenu(actions, !process.env.BURG_INK_LIBRARY, iconPath),
    window: window.current,
    isWatched: window.isFocused,
    needsTray: () => isTrayShown(state.preferences.goesOnInBackground, window.isSeen()),
    actions,
    report,
  })
  const ending = endWell({
    hide() {
      presence.end()
      window.hide()
    },
    async stop() {
      updates.close()
      await browserDoor.close().catch(report)
      await life.stop()
    },
    report,
  })
  const host = createHost({ state, window, startAtLogin: createStartAtLogin(), updates, changed: preferencesChanged })

  function preferencesChanged(): void {
    presence.rearrange()
    void life.open.then(core => core.say({ name: 'host.changed', data: {} }))
  }

  answerWindow(address, join(programFolder, 'out/renderer'), served)
  app.on('activate', window.show)
  app.on('window-all-closed', () => {
    const goesOn = process.platform === 'darwin' || state.preferences.goesOnInBackground === true
    if (!goesOn && !ending.isEnding()) app.quit()
  })

  // What it begins with.
  nativeTheme.themeSource = state.theme
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
  if (opened.isInBackground()) presence.rearrange()
  else window.show()
  // The end of Electron is none at which Node would write it down.
  void life.started.then(() => flushCompileCache())
  const begun = life.started.then(({ serverParts }) => serverParts.handlers)
  opened.listen(createFollower({ showWindow: window.show, tellPage: window.tell, handlers: begun, explain, report }))
  // Loading it keeps the main process from answering, and the window's page is what has to be answered first.
  window
    .drawn()
    .then(life.begin)
    .then(isOpen => isOpen || app.quit())
    .catch(error => ending.isEnding() || fail(error))
}

/** The page's files, its pictures, and what it asks; and nothing else that a page could want. */
function answerWindow(address: string, pageFolder: string, served: Promise<ServerParts>): void {
  guardSession(session.defaultSession, developmentAddress(app.isPackaged) !== undefined)
  guardPages(address, report)
  serveSchemes({ pageFolder, pictures: served.then(({ pictures }) => pictures), report })
  const calls = served.then(({ handlers }) => createCalls(handlers, report))
  answerPage(async (name, input) => (await calls)(name, input), address)
}
