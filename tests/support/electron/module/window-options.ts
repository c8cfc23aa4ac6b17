import { notSupported, refuseUnknown } from '../strict.ts'

const known = new Set([
  'width',
  'height',
  'x',
  'y',
  'center',
  'minWidth',
  'minHeight',
  'useContentSize',
  'show',
  'title',
  'icon',
  'backgroundColor',
  'autoHideMenuBar',
  'darkTheme',
  'titleBarStyle',
  'titleBarOverlay',
  'trafficLightPosition',
  'webPreferences',
])

const knownPreferences = new Set([
  'preload',
  'additionalArguments',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'webSecurity',
  'spellcheck',
  'devTools',
  'navigateOnDragDrop',
  'backgroundThrottling',
  'zoomFactor',
])

/** A page is as locked here as Electron can lock it: a window that asks for less is not this one. */
const locked: Electron.WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  // Chromium's default and Electron's; nothing else was tried.
  navigateOnDragDrop: false,
}

export function checkOptions(options: Electron.BrowserWindowConstructorOptions): void {
  const { webPreferences = {} } = options
  refuseUnknown('BrowserWindow', options, known)
  refuseUnknown('webPreferences', webPreferences, knownPreferences)
  for (const [name, value] of Object.entries(locked)) {
    const wanted = webPreferences[name as keyof typeof locked]
    if (wanted !== undefined && wanted !== value) throw notSupported(`webPreferences { ${name}: ${wanted} }`)
  }
}
