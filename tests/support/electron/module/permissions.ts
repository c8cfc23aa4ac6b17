import type { Protocol } from '../chromium/protocol.ts'
import { chromium, host } from '../host.ts'

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]
type Permission = Parameters<NonNullable<RequestHandler>>[1]
type Descriptor = Protocol.Browser.PermissionDescriptor

let request: RequestHandler = null
let check: CheckHandler = null

interface Media {
  mediaType: 'video' | 'audio'
}

/** What Chromium calls it, and what Electron does. */
const permissions: [Descriptor, Permission, Media?][] = [
  [{ name: 'geolocation' }, 'geolocation'],
  [{ name: 'notifications' }, 'notifications'],
  [{ name: 'midi' }, 'midi'],
  [{ name: 'midi', sysex: true }, 'midiSysex'],
  [{ name: 'camera' }, 'media', { mediaType: 'video' }],
  [{ name: 'microphone' }, 'media', { mediaType: 'audio' }],
  [{ name: 'clipboard-read' }, 'clipboard-read'],
  [{ name: 'clipboard-write' }, 'clipboard-sanitized-write'],
  [{ name: 'display-capture' }, 'display-capture'],
  [{ name: 'idle-detection' }, 'idle-detection'],
  [{ name: 'local-fonts' }, 'local-fonts'],
  [{ name: 'persistent-storage' }, 'persistent-storage'],
  [{ name: 'screen-wake-lock' }, 'screen-wake-lock'],
  [{ name: 'storage-access' }, 'storage-access'],
  [{ name: 'window-management' }, 'window-management'],
]

/**
 * Electron asks the program when the page asks; Chromium has to know before. So the program is asked before each page, as if
 * the page asked for everything. Most of what a page can do is checked first, and only what the check refuses is requested: so
 * what either handler lets through is granted, and as in Electron a handler that is not there lets all through.
 */
export async function settlePermissions(contents: Electron.WebContents, url: string): Promise<void> {
  await Promise.all(permissions.map(permission => settle(permission, contents, url)))
}

type Asked = (typeof permissions)[number]
type Setting = Protocol.Browser.PermissionSetting

/** What Chromium was told last: of most pages that is what it is told again. */
const told = new Map<Descriptor, Setting>()

async function tell(permission: Descriptor, setting: Setting): Promise<void> {
  if (told.get(permission) === setting) return
  told.set(permission, setting)
  await chromium().browser.send('Browser.setPermission', { permission, setting })
}

async function settle([permission, ...asked]: Asked, contents: Electron.WebContents, url: string): Promise<void> {
  const set = (setting: Setting) => tell(permission, setting)
  const decision = decide(asked, contents, url)
  // It may think about it: until then Chromium asks a person, who is not there.
  const now = await Promise.race([decision, Promise.resolve('prompt' as const)])
  await set(now)
  if (now === 'prompt') decision.then(set).catch(() => {})
}

function decide([name, media]: [Permission, Media?], contents: Electron.WebContents, url: string): Promise<Setting> {
  const details = { requestingUrl: url, isMainFrame: true }
  const isChecked = check?.(contents, name, url, { ...details, ...media }) ?? true
  if (isChecked || !request) return Promise.resolve('granted')
  const ask = request
  const mediaTypes = media && { mediaTypes: [media.mediaType] }
  return new Promise(resolve => {
    ask(contents, name, isGranted => resolve(isGranted ? 'granted' : 'denied'), { ...details, ...mediaTypes })
  })
}

export const shownPermissions = {
  setPermissionRequestHandler(handler: RequestHandler) {
    request = handler
    settleAgain()
  },
  setPermissionCheckHandler(handler: CheckHandler) {
    check = handler
    settleAgain()
  },
}

/** Pages that are there already are asked for anew. */
let pagesOf: () => Electron.WebContents[] = () => []
export const watchPages = (pages: typeof pagesOf): void => {
  pagesOf = pages
}
function settleAgain(): void {
  if (!host.running) return
  for (const contents of pagesOf()) void settlePermissions(contents, contents.getURL()).catch(() => {})
}
