import { join } from 'node:path'
import { app, BrowserWindow, screen } from 'electron'
import type { ProgramState } from './program-state.ts'
import { recoverPage } from './recovery.ts'
import { boundsToOpenWith } from './window-bounds.ts'
import { nextZoom } from './zoom.ts'

/** Behind the page until it has drawn itself: `--pane` of its tokens, so that nothing flashes. */
const backgrounds = { dark: '#0f0f0f', light: '#eeeeee' }
const savedAfterMs = 500

export interface WindowParts {
  state: ProgramState
  /** With the place to begin with after `#`. */
  address: string
  iconPath: string
  report(error: unknown): void
}

/** The one window, as locked as Electron can lock it. Nothing is seen of it yet. */
export function openWindow({ state, address, iconPath, report }: WindowParts): BrowserWindow {
  const window = new BrowserWindow({
    ...boundsToOpenWith(
      state.window,
      screen.getAllDisplays().map(display => display.workArea),
    ),
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Burg Ink',
    backgroundColor: backgrounds[state.theme],
    // macOS takes the icon of its bundle.
    ...(process.platform !== 'darwin' && { icon: iconPath }),
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      // The sandbox has no disk: words for a person come by the bridge.
      devTools: !app.isPackaged,
    },
  })
  window.webContents.on('did-finish-load', () => {
    window.webContents.zoomLevel = state.zoomLevel
  })
  window.webContents.on('zoom-changed', (_event, direction) => zoomWindow(window, state, direction === 'in' ? 1 : -1))
  recoverPage(window, report)
  // A page that cannot be loaded says so itself; `did-fail-load` is reported by the recovery.
  window.loadURL(address).catch(report)
  return window
}

/** For the first time, as the last one was left; how it is left from here on is kept. */
export function showAsLeft(window: BrowserWindow, state: ProgramState): void {
  if (state.window?.isMaximized) window.maximize()
  if (state.window?.isFullScreen) window.setFullScreen(true)
  window.show()
  rememberBounds(window, state)
}

export function repaintBehind(window: BrowserWindow, theme: keyof typeof backgrounds): void {
  window.setBackgroundColor(backgrounds[theme])
}

/** Kept, also where no window is open: the next one has it. */
export function zoomWindow(window: BrowserWindow | null, state: ProgramState, direction: -1 | 0 | 1): void {
  const zoomLevel = nextZoom(state.zoomLevel, direction)
  state.set({ zoomLevel })
  if (window) window.webContents.zoomLevel = zoomLevel
}

/** Kept while it is moved and not only at the end: a program can be killed. */
function rememberBounds(window: BrowserWindow, state: ProgramState): void {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized()) return
    const [isMaximized, isFullScreen] = [window.isMaximized(), window.isFullScreen()]
    state.set({ window: { ...window.getNormalBounds(), isMaximized, isFullScreen } })
  }
  const saveSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, savedAfterMs)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('maximize', saveSoon)
  window.on('unmaximize', saveSoon)
  window.on('enter-full-screen', saveSoon)
  window.on('leave-full-screen', saveSoon)
  window.on('close', save)
  // Whoever quits has not closed it.
  window.on('hide', save)
}
