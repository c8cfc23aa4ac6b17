// What `import ... from 'electron'` gives a program here: what is proven, and errors for the rest.
import { webContents } from '../page/contents.ts'
import { strict } from '../strict.ts'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { dialog, shell } from './dialog.ts'
import { ipcMain as ipc } from './ipc-main.ts'
import { Menu, MenuItem } from './menu.ts'
import { nativeImage } from './native-image.ts'
import { net } from './net.ts'
import { Notification } from './notification.ts'
import { protocol } from './protocol.ts'
import { session } from './session.ts'
import { nativeTheme, powerMonitor, powerSaveBlocker, safeStorage, screen } from './system.ts'
import { Tray } from './tray.ts'

const ipcMain = strict('ipcMain', ipc)
/** Linux needs none, and no other system is stood in for. */
const utilityProcess = strict('utilityProcess', {})

/** A name that Electron does not have is a type error. */
const electron = {
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
  utilityProcess,
  webContents,
} satisfies { [K in keyof typeof import('electron')]?: unknown }

const shown = strict('electron', electron)

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
  utilityProcess,
  webContents,
}
export default shown
// `require('electron')` gives the same, and a test may change it.
export { shown as 'module.exports' }
