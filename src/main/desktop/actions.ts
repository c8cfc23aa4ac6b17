import { app, dialog, shell } from 'electron'
import { CallFailed } from '../../shared/contract.ts'
import type { Core } from './core.ts'
import type { BrowserDoor } from './in-browser.ts'
import { logPath, report } from './log.ts'
import type { MainWindow } from './main-window.ts'
import type { MenuActions } from './menu-template.ts'
import { chooseLibraryFolder, startAnew } from './opening.ts'
import { libraryFolderOf, type ProgramState } from './program-state.ts'
import type { TrayActions } from './tray-template.ts'
import type { Updates } from './updates.ts'

export interface ActionParts {
  state: ProgramState
  window: MainWindow
  core: Promise<Core>
  browserDoor: BrowserDoor
  updates: Updates
}

/** What menus, tray and notifications do. */
export function createActions({ state, window, core, browserDoor, updates }: ActionParts): MenuActions & TrayActions {
  const call = (name: 'work.pause' | 'work.resume') =>
    void core.then(({ serverParts: { handlers } }) => handlers[name]({})).catch(tellFailure)

  async function chooseLibrary(): Promise<void> {
    const now = libraryFolderOf(state)
    const libraryFolder = await chooseLibraryFolder(now)
    if (libraryFolder === null || libraryFolder === now) return
    state.set({ libraryFolder })
    startAnew()
  }

  return {
    open: window.show,
    show(route) {
      window.show()
      window.tell({ name: 'page.show', data: { route } })
    },
    run(command) {
      window.show()
      window.tell({ name: 'page.run', data: { command } })
    },
    zoom: window.zoom,
    pauseWork: () => call('work.pause'),
    resumeWork: () => call('work.resume'),
    chooseLibrary: () => void chooseLibrary().catch(tellFailure),
    // How it goes is told where it is set, in the settings. A copy that does not update itself has no such item.
    ...(updates.state.kind !== 'off' && {
      checkForUpdates() {
        window.show()
        window.tell({ name: 'page.run', data: { command: 'go.settings' } })
        void updates.check()
      },
    }),
    revealLibrary: () => shell.showItemInFolder(libraryFolderOf(state)),
    revealLog: () => shell.showItemInFolder(logPath()),
    openInBrowser: () => void browserDoor.open().catch(tellFailure),
    quit: () => app.quit(),
  }
}

/** Says what could not be done, and what to do. */
export function explain(message: string): void {
  const question = dialog.showMessageBox({ type: 'warning', title: 'Burg Ink', message, noLink: true })
  question.catch(report)
}

function tellFailure(error: unknown): void {
  if (!(error instanceof CallFailed)) report(error)
  explain(error instanceof CallFailed ? error.message : 'Something went wrong inside Burg Ink. Its log says what.')
}
