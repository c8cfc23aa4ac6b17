import { app, type Session, shell, type WebContents } from 'electron'
import { contentSecurityPolicy } from '../server/index.ts'
import { isOwnPage, mayOpenOutside, pictureScheme } from './addresses.ts'

/** Opens an address in the system's browser, if it is one that pages of ours lead to. */
export async function openOutside(url: string): Promise<void> {
  if (!mayOpenOutside(url)) throw new Error('An address that Burg Ink does not lead to was not opened.')
  await shell.openExternal(url)
}

/** Every page that is ever made, whoever makes it, stays where it is and opens nothing. */
export function guardPages(ownAddress: string, report: (error: unknown) => void): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, ownAddress, report))
}

function guard(contents: WebContents, ownAddress: string, report: (error: unknown) => void): void {
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isOwnPage(event.url, ownAddress)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', event => {
    // The page has no frames, and nothing may put one in.
    if (!event.isMainFrame) event.preventDefault()
    else stay(event)
  })
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void openOutside(url).catch(report)
    return { action: 'deny' }
  })
}

/** A picture may fill the screen, which Esc ends; and text may be copied, not read. */
const mayPage = (permission: string): boolean => ['fullscreen', 'clipboard-sanitized-write'].includes(permission)

/** No other permissions, no downloads, and a policy for whatever comes with none. */
export function guardSession(session: Session, isDeveloped: boolean): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(mayPage(permission)))
  session.setPermissionCheckHandler((_contents, permission) => mayPage(permission))
  session.on('will-download', event => event.preventDefault())
  // What Vite serves while the page is developed brings scripts of its own.
  if (isDeveloped) return
  const policy = contentSecurityPolicy(`${pictureScheme}:`)
  session.webRequest.onHeadersReceived(({ responseHeaders }, answer) => {
    const hasPolicy = Object.keys(responseHeaders ?? {}).some(name => name.toLowerCase() === 'content-security-policy')
    answer(hasPolicy ? {} : { responseHeaders: { ...responseHeaders, 'Content-Security-Policy': [policy] } })
  })
}
