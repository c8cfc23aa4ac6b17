// What `import ... from 'electron'` gets in the harness's main process: only what the app uses, and errors for the rest.
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { ipcMain as ipc } from './ipc-main.ts'
import { fetchAny, protocol, session } from './session.ts'
import { strict } from './strict.ts'
import {
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  Tray,
} from './system.ts'
import { webContents } from './web-contents.ts'

type Template = Electron.MenuItemConstructorOptions
class MenuItem {
  id: string
  label: string
  role: string | undefined
  type: string
  enabled: boolean
  checked: boolean
  visible: boolean
  accelerator: string | undefined
  submenu: Menu | undefined
  click: () => void
  constructor(options: Template) {
    this.id = options.id ?? ''
    this.role = options.role
    this.label = options.label ?? options.role ?? ''
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.accelerator = options.accelerator
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined
    this.click = () => {
      if (options.role === 'quit') app.quit()
      else options.click?.(this as never, BrowserWindow.getFocusedWindow() as never, {} as never)
    }
  }
}
class Menu {
  static application: Menu | null = null
  static buildFromTemplate(template: (Template | MenuItem)[]) {
    const menu = new Menu()
    for (const t of template) menu.append(t instanceof MenuItem ? t : new MenuItem(t))
    return menu
  }
  static setApplicationMenu(menu: Menu | null) {
    Menu.application = menu
  }
  static getApplicationMenu() {
    return Menu.application
  }
  items: MenuItem[] = []
  append(item: MenuItem) {
    this.items.push(item)
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
  popup() {}
}

// A test replaces these, as with real Electron: app.evaluate(({ dialog }) => { dialog.showOpenDialog = async () => ... })
const say = (what: string, ...args: unknown[]) => console.error(`[harness] ${what}`, ...args)
const dialog = strict('dialog', {
  async showOpenDialog(...args: unknown[]) {
    say('dialog.showOpenDialog: cancelled', args.at(-1))
    return { canceled: true, filePaths: [] }
  },
  async showSaveDialog(...args: unknown[]) {
    say('dialog.showSaveDialog: cancelled', args.at(-1))
    return { canceled: true, filePath: '' }
  },
  async showMessageBox(...args: unknown[]) {
    say('dialog.showMessageBox', args.at(-1))
    return { response: 0, checkboxChecked: false }
  },
  showErrorBox(title: string, content: string) {
    say('dialog.showErrorBox', title, content)
  },
} satisfies Partial<Electron.Dialog>)
const shell = strict('shell', {
  async openExternal(url: string) {
    say('shell.openExternal', url)
  },
  async openPath(path: string) {
    say('shell.openPath', path)
    return ''
  },
  showItemInFolder(path: string) {
    say('shell.showItemInFolder', path)
  },
} satisfies Partial<Electron.Shell>)
const net = strict('net', { fetch: fetchAny, isOnline: () => true })
const ipcMain = strict('ipcMain', ipc)

// `satisfies` rejects a name that the real module does not have.
const api = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  webContents,
} satisfies { [K in keyof typeof import('electron')]?: unknown }

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  webContents,
}
export default api
// require('electron') gives this same, changeable object.
export { api as 'module.exports' }
