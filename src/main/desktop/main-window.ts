import type { BrowserWindow } from 'electron'
import { channel } from '../../shared/bridge.ts'
import type { AppEvent } from '../server/index.ts'
import { openWindow, repaintBehind, type WindowParts } from './window.ts'

export interface MainWindow {
  /** Opens it, or brings it to the front. */
  show(): void
  hide(): void
  /** Tells the page, if there is one; a page that is being loaded hears it then. */
  tell(event: AppEvent): void
  repaint(theme: 'dark' | 'light'): void
  /** Null: it is closed. */
  current(): BrowserWindow | null
  /** A person looks at it. */
  isFocused(): boolean
}

/**
 * The one window there is at most.
 * @param opened is called with each, before its page is loaded.
 */
export function createMainWindow(parts: WindowParts, opened: (window: BrowserWindow) => void): MainWindow {
  let window: BrowserWindow | null = null
  const current = () => (window?.isDestroyed() ? null : window)

  function open(): void {
    window = openWindow(parts)
    opened(window)
    window.on('closed', () => {
      window = null
    })
  }

  return {
    current,
    show() {
      const shown = current()
      if (!shown) return open()
      if (shown.isMinimized()) shown.restore()
      shown.show()
      shown.focus()
    },
    hide: () => current()?.hide(),
    tell(event) {
      const contents = current()?.webContents
      if (!contents) return
      // What changes while a page is loaded it asks for itself; where it shall go it would miss.
      if (contents.isLoading()) contents.once('did-finish-load', () => contents.send(channel, event))
      else contents.send(channel, event)
    },
    repaint(theme) {
      const shown = current()
      if (shown) repaintBehind(shown, theme)
    },
    isFocused: () => current()?.isFocused() ?? false,
  }
}
