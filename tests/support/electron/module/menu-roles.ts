import { notSupported } from '../strict.ts'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'

const zoomStep = 0.5

/** What Electron itself does for an item. Those of editing press keys in the page: a test presses them there. */
const roles: Record<string, (window: BrowserWindow | null) => void> = {
  quit: () => app.quit(),
  about: () => app.showAboutPanel(),
  close: window => window?.close(),
  minimize: window => window?.minimize(),
  reload: window => window?.reload(),
  togglefullscreen: window => window?.setFullScreen(!window.isFullScreen()),
  toggleDevTools: window => window?.webContents.toggleDevTools(),
  resetZoom: window => zoom(window, level => level * 0),
  zoomIn: window => zoom(window, level => level + zoomStep),
  zoomOut: window => zoom(window, level => level - zoomStep),
}

function zoom(window: BrowserWindow | null, next: (level: number) => number): void {
  if (window) window.webContents.zoomLevel = next(window.webContents.zoomLevel)
}

export function pressRole(role: string): void {
  const press = roles[role]
  if (!press) throw notSupported(`a click on the menu's role '${role}'`)
  press(BrowserWindow.getFocusedWindow())
}
