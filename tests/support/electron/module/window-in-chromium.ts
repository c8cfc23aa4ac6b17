import { chromium } from '../host.ts'
import type { WebContents } from '../page/contents.ts'

/**
 * Makes Chromium's page as large as the window of the program is. Chromium's own window has a bar above the page, and is that
 * much higher; how much, it says itself.
 */
export class WindowInChromium {
  readonly #contents: WebContents
  #found: Promise<{ windowId: number; barHeight: number }> | undefined

  constructor(contents: WebContents) {
    this.#contents = contents
  }

  async resize({ x, y, width, height }: Electron.Rectangle): Promise<void> {
    this.#found ??= this.#find()
    const { windowId, barHeight } = await this.#found
    const bounds = { left: x, top: y, width, height: height + barHeight }
    await chromium().browser.send('Browser.setWindowBounds', { windowId, bounds })
    this.#contents.resize({ width, height })
  }

  async #find() {
    const { browser } = chromium()
    const { id: targetId, session } = await this.#contents.whenAttached()
    const { windowId, bounds } = await browser.send('Browser.getWindowForTarget', { targetId })
    const { cssLayoutViewport } = await session.send('Page.getLayoutMetrics')
    return { windowId, barHeight: (bounds.height ?? 0) - cssLayoutViewport.clientHeight }
  }
}
