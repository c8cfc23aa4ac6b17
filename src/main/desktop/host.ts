import { app, dialog } from 'electron'
import type { Host } from '../../shared/host.ts'
import type { MainWindow } from './main-window.ts'
import type { ProgramState } from './program-state.ts'

/** What this program can do for its page. */
export function createHost({ state, window }: { state: ProgramState; window: MainWindow }): Host {
  return {
    facts: () => ({ version: app.getVersion(), canChooseFolder: true, preferences: state.preferences, update: null }),
    async chooseFolder(startIn) {
      const options = { defaultPath: startIn ?? app.getPath('pictures'), properties: ['openDirectory' as const] }
      const parent = window.current()
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options))
      return canceled ? null : (filePaths[0] ?? null)
    },
    setPreferences: changes => void state.setPreferences(changes),
    setTheme(theme) {
      state.set({ theme })
      window.repaint(theme)
    },
  }
}
