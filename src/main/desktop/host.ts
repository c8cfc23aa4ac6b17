import { app, dialog, nativeTheme } from 'electron'
import type { Host } from '../../shared/host.ts'
import type { StartAtLogin } from './login.ts'
import type { MainWindow } from './main-window.ts'
import type { ProgramState } from './program-state.ts'

export interface HostParts {
  state: ProgramState
  window: MainWindow
  startAtLogin: StartAtLogin
  /** Facts have changed. */
  changed(): void
}

/** What this program can do for its page. */
export function createHost({ state, window, startAtLogin, changed }: HostParts): Host {
  return {
    facts: () => ({
      version: app.getVersion(),
      canChooseFolder: true,
      preferences: { ...state.preferences, startsAtLogin: startAtLogin.isOn() },
      update: null,
    }),
    async chooseFolder(startIn) {
      const options = { defaultPath: startIn ?? app.getPath('pictures'), properties: ['openDirectory' as const] }
      const parent = window.current()
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options))
      return canceled ? null : (filePaths[0] ?? null)
    },
    setPreferences({ startsAtLogin, ...others }) {
      // The system's own to remember: it can be changed there as well.
      if (startsAtLogin !== undefined) startAtLogin.set(startsAtLogin)
      state.setPreferences(others)
      changed()
    },
    setTheme(theme) {
      state.set({ theme })
      nativeTheme.themeSource = theme
      window.repaint(theme)
    },
  }
}
