import { app, dialog, nativeTheme, shell } from 'electron'
import { CallFailed } from '../../shared/contract.ts'
import type { Host } from '../../shared/host.ts'
import { isWebAddress } from './addresses.ts'
import type { StartAtLogin } from './login.ts'
import type { MainWindow } from './main-window.ts'
import type { ProgramState } from './program-state.ts'
import type { Updates } from './updates.ts'

export interface HostParts {
  state: ProgramState
  window: MainWindow
  startAtLogin: StartAtLogin
  updates: Updates
  /** Facts have changed. */
  changed(): void
}

/** What this program can do for its page. */
export function createHost({ state, window, startAtLogin, updates, changed }: HostParts): Host {
  return {
    facts: () => ({
      version: app.getVersion(),
      canChooseFolder: true,
      canShowInFolder: true,
      preferences: { ...state.preferences, startsAtLogin: startAtLogin.isOn() },
      update: updates.state,
    }),
    async chooseFolder(startIn) {
      const options = { defaultPath: startIn ?? app.getPath('pictures'), properties: ['openDirectory' as const] }
      const parent = window.current()
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options))
      return canceled ? null : (filePaths[0] ?? null)
    },
    showInFolder: path => shell.showItemInFolder(path),
    async openAddress(url) {
      if (!isWebAddress(url)) throw new CallFailed('not-allowed', 'This is no address of a web page.')
      await shell.openExternal(url)
    },
    setPreferences({ startsAtLogin, ...others }) {
      // The system's own to remember: it can be changed there as well.
      if (startsAtLogin !== undefined) startAtLogin.set(startsAtLogin)
      updates.setChannel(state.setPreferences(others).updateChannel)
      changed()
    },
    async installUpdate() {
      updates.install()
    },
    setTheme(theme) {
      state.set({ theme })
      nativeTheme.themeSource = theme
      window.repaint(theme)
    },
  }
}
