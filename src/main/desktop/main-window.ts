import type { BrowserWindow } from 'electron'
import { channel } from '../../shared/bridge.ts'
import type { AppEvent } from '../server/index.ts'
import { openWindow, repaintBehind, showAsLeft, type WindowParts, zoomWindow } from './window.ts'

const longestDrawingMs = 3000

export interface MainWindow {
  /** Opens it, or brings it to the front. */
  show(): void
  hide(): void
  /** Its page has drawn something, or never will; at once where there is none. */
  drawn(): Promise<void>
  /** Tells the page, if there is one. */
  tell(event: AppEvent): void
  repaint(theme: 'dark' | 'light'): void
  /** @param direction 0: the size as designed. */
  zoom(direction: -1 | 0 | 1): void
  /** Null: it is closed. */
  current(): BrowserWindow | null
  /** It is somewhere on a screen, or in the dock. */
  isSeen(): boolean
  /** A person looks at it. */
  isFocused(): boolean
}

/**
 * The one window there is at most.
 * @param opened is called with each, before its page is loaded.
 */
export function createMainWindow(parts: WindowParts, opened: (window: BrowserWindow) => void): MainWindow {
  let window: BrowserWindow | null = null
  /** Whoever puts it away before it has drawn itself does not see it come. */
  let isWanted = false
  let isDrawn = false
  let wasShown = false
  let isLoaded = false
  let drawn = Promise.resolve()
  const waiting: AppEvent[] = []
  const current = () => (window?.isDestroyed() ? null : window)

  function open(): void {
    const made = openWindow(parts)
    window = made
    isDrawn = wasShown = isLoaded = false
    drawn = untilDrawn(made)
    opened(made)
    made.once('ready-to-show', () => {
      isDrawn = true
      if (isWanted) reveal(made)
    })
    made.webContents.on('did-finish-load', () => {
      isLoaded = true
      for (const event of waiting.splice(0)) made.webContents.send(channel, event)
    })
    made.on('closed', () => {
      window = null
    })
  }

  function reveal(shown: BrowserWindow): void {
    if (!wasShown) showAsLeft(shown, parts.state)
    wasShown = true
    if (shown.isMinimized()) shown.restore()
    shown.show()
    shown.focus()
  }

  return {
    current,
    drawn: () => drawn,
    show() {
      isWanted = true
      const shown = current()
      if (!shown) open()
      // It shows itself when it has drawn something.
      else if (isDrawn) reveal(shown)
    },
    hide() {
      isWanted = false
      const shown = current()
      if (shown) hide(shown)
    },
    tell(event) {
      const contents = current()?.webContents
      if (!contents) return
      if (isLoaded && !contents.isLoading()) return contents.send(channel, event)
      // What changes while a page is loaded it asks for itself; where it shall go it would miss.
      if (event.name === 'page.show' || event.name === 'page.run') waiting.push(event)
    },
    repaint(theme) {
      const shown = current()
      if (shown) repaintBehind(shown, theme)
    },
    zoom: direction => zoomWindow(current(), parts.state, direction),
    isSeen: () => (current()?.isVisible() ?? false) || (current()?.isMinimized() ?? false),
    isFocused: () => current()?.isFocused() ?? false,
  }
}

/** Nobody waits long for a page that cannot be loaded, or takes for ever. */
function untilDrawn(window: BrowserWindow): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, longestDrawingMs)
    const stopWaiting = () => {
      clearTimeout(timer)
      resolve()
    }
    window.once('ready-to-show', stopWaiting)
    window.once('closed', stopWaiting)
    window.webContents.once('did-fail-load', stopWaiting)
    window.webContents.once('render-process-gone', stopWaiting)
  })
}

/** macOS leaves a black screen behind where a window is hidden that fills it. */
function hide(window: BrowserWindow): void {
  if (process.platform === 'darwin' && window.isFullScreen()) {
    window.once('leave-full-screen', () => window.hide())
    window.setFullScreen(false)
  } else window.hide()
}
