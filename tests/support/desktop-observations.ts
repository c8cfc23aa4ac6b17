/** What can be seen of a locked window, and of one whose lock was broken on purpose: the same eyes for both. */
import type { Bridge } from '../../src/shared/bridge.ts'
import type { Desktop } from './electron-app.ts'

declare global {
  interface Window {
    burgInk?: Bridge
  }
}

/** The address of the window as Electron has it. */
export const addressOf = ({ app }: Desktop): Promise<string | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())

export function hasBridge({ page }: Desktop): Promise<boolean> {
  return page.evaluate(() => window.burgInk !== undefined)
}

export function runsInlineScript({ page }: Desktop): Promise<boolean> {
  return page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.wasInjected = true'
    document.head.append(script)
    script.remove()
    return (window as { wasInjected?: boolean }).wasInjected === true
  })
}

/** Follows a link of the page, as a click does. */
export async function followLink(desktop: Desktop, url: string): Promise<void> {
  await desktop.page.evaluate(target => {
    const link = document.createElement('a')
    link.href = target
    document.body.append(link)
    link.click()
    link.remove()
  }, url)
}

/** Follows a link that should lead nowhere. Nothing tells of a navigation that does not come: one is under way after this. */
export async function staysDespite(desktop: Desktop, url: string): Promise<boolean> {
  await followLink(desktop, url)
  await desktop.page.waitForTimeout(400)
  return (await addressOf(desktop))?.startsWith('app://burg-ink/') ?? false
}

export function grantedPermissions({ page }: Desktop): Promise<string[]> {
  return page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'clipboard-write']
    const states = await Promise.all(
      names.map(async name => (await navigator.permissions.query({ name: name as PermissionName })).state),
    )
    return names.filter((_, i) => states[i] === 'granted')
  })
}

/** What a call answers to a frame that is not the page's own, by the handler that Electron would call. */
export function answerToFrame({ app }: Desktop, frame: { url: string; isTop: boolean } | null): Promise<string> {
  return app.evaluate(async ({ ipcMain }, asked) => {
    // Electron keeps its handlers here, and says so nowhere.
    const { _invokeHandlers: handlers } = ipcMain as unknown as {
      _invokeHandlers: Map<string, (...given: unknown[]) => unknown>
    }
    const senderFrame = asked && { url: asked.url, parent: asked.isTop ? null : {} }
    try {
      return JSON.stringify(await handlers.get('burg-ink')?.({ senderFrame }, 'library.overview', {})).slice(0, 10)
    } catch (error) {
      return (error as Error).message
    }
  }, frame)
}
