import { say } from '../host.ts'

/** What the program asks of the system: kept, and nothing is done to this computer. */
let badgeCount = 0
let login: Electron.Settings = {}
const protocolClients = new Set<string>()
const hasLoginItems = process.platform !== 'linux'

export const appSystem = {
  setBadgeCount(count = 0) {
    badgeCount = count
    return true
  },
  getBadgeCount: () => badgeCount,
  /** On Linux Electron does nothing, and says so. */
  setLoginItemSettings(settings: Electron.Settings) {
    if (hasLoginItems) login = settings
  },
  getLoginItemSettings: () => ({ openAtLogin: false, ...login }) as Electron.LoginItemSettings,
  setAsDefaultProtocolClient(scheme: string) {
    protocolClients.add(scheme)
    return true
  },
  removeAsDefaultProtocolClient: (scheme: string) => protocolClients.delete(scheme),
  isDefaultProtocolClient: (scheme: string) => protocolClients.has(scheme),
  setAppUserModelId() {},
  setAboutPanelOptions() {},
  showAboutPanel: () => say('app.showAboutPanel'),
  addRecentDocument: (path: string) => say('app.addRecentDocument', path),
  clearRecentDocuments() {},
} satisfies Partial<Electron.App>
