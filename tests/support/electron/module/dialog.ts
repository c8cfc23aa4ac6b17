import { say } from '../host.ts'
import { strict } from '../strict.ts'

/** A test replaces these, as it does with Electron; until then a person closes every dialog. */
export const dialog = strict('dialog', {
  async showOpenDialog(...given: unknown[]) {
    say('dialog.showOpenDialog: cancelled', given.at(-1))
    return { canceled: true, filePaths: [] }
  },
  async showSaveDialog(...given: unknown[]) {
    say('dialog.showSaveDialog: cancelled', given.at(-1))
    return { canceled: true, filePath: '' }
  },
  async showMessageBox(...given: unknown[]) {
    const options = given.at(-1) as Electron.MessageBoxOptions
    const response = options.cancelId ?? 0
    say(`dialog.showMessageBox: ${options.buttons?.[response] ?? response}`, options)
    return { response, checkboxChecked: options.checkboxChecked ?? false }
  },
  showErrorBox: (title: string, content: string) => say('dialog.showErrorBox', title, content),
} satisfies Partial<Electron.Dialog>)

export const shell = strict('shell', {
  openExternal: async (url: string) => say('shell.openExternal', url),
  async openPath(path: string) {
    say('shell.openPath', path)
    return ''
  },
  showItemInFolder: (path: string) => say('shell.showItemInFolder', path),
  trashItem: async (path: string) => say('shell.trashItem', path),
  beep: () => say('shell.beep'),
} satisfies Partial<Electron.Shell>)
