/** Schemes of the window: the page, and its pictures and videos. */
export const pageScheme = 'app'
export const pictureScheme = 'media'

/** Vite's address, while the page is developed; a packaged program never looks at it. */
export const developmentAddress = (isPackaged: boolean): string | undefined =>
  isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL || undefined

export const pageAddress = (isPackaged: boolean): string => developmentAddress(isPackaged) ?? 'app://burg-ink/'

/** Whether an address is the page's own: nothing else may be shown, or ask. */
export function isOwnPage(url: string | undefined, ownAddress: string): boolean {
  if (!url || !URL.canParse(url)) return false
  const [given, own] = [new URL(url), new URL(ownAddress)]
  return given.protocol === own.protocol && given.host === own.host
}

/** Where pages of ours lead people: consoles in which keys are made. Sign-in of Google is opened by the core. */
const outsideHosts = new Set([
  'console.cloud.google.com',
  'platform.openai.com',
  'drive.google.com',
  'accounts.google.com',
])

/** Whether the system's browser may be told to open it. Anything but https could start a program. */
export function mayOpenOutside(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  return protocol === 'https:' && outsideHosts.has(hostname) && username === '' && password === ''
}

/** Whether it is the address of a web page, for one that a person has set: their own Inngest. */
export function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === ''
}

/** The page that this program serves on this computer, with the token that lets a browser in. */
export function isOwnServer(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, port, hash } = new URL(url)
  return protocol === 'http:' && hostname === '127.0.0.1' && port !== '' && hash.startsWith('#token=')
}
